import { z } from "zod";
import { checkedGuard } from "../../agents/guard/guard.js";
import {
  aFunction,
  checkOptions,
  milliseconds,
  numberFrom,
  oneOf,
  someText,
  wholeNumber,
} from "../../data/checked-options.js";
import { isTimeZone } from "../../memory/local-time.js";
import { rankingOptions } from "../../memory/ranking/options.js";
import { roomOptions } from "../../tools/tool-options.js";
import { methodIds, wirings } from "../methods.js";
import type { SimulacrumOptions, TurnOptions } from "./options.js";

/** An object that has these parts, whatever it is otherwise. */
const having = (error: string, ...parts: readonly string[]) =>
  z.custom<object>(
    (value) => typeof value === "object" && value !== null && parts.every((part) => part in value),
    { error },
  );

const objectOfOptions = { error: "an object of options" };
const ofSimulacrum = z.object({
  character: having("a character, as findCharacter gives it", "id", "name", "personality"),
  method: oneOf([...methodIds] as [string, ...string[]]).optional(),
  wiring: oneOf([...wirings] as [string, ...string[]]).optional(),
  memoryMode: oneOf(["persist", "overlay", "off"]).optional(),
  home: someText().optional(),
  embeddingModel: someText().optional(),
  store: having("a memory store", "batch", "transact").optional(),
  checkpointer: z.preprocess(
    (value) => (value === false ? undefined : value),
    having("a checkpointer of LangGraph, or false", "getTuple", "put").optional(),
  ),
  agents: z
    .object(
      {
        add: z.array(z.unknown(), { error: "a list of agents" }).optional(),
        without: z.array(z.string({ error: "an agent's id" }), { error: "a list of agents' ids" }).optional(),
      },
      objectOfOptions,
    )
    .optional(),
  timeLimits: z
    .object(
      {
        firstTokenTimeoutMs: milliseconds().optional(),
        idleTimeoutMs: milliseconds().optional(),
        replyTimeoutMs: milliseconds().optional(),
      },
      objectOfOptions,
    )
    .optional(),
  recallLimit: wholeNumber(1, 100).optional(),
  // Below this the wording alone fills a prompt.
  contextTokens: wholeNumber(1_000, 10_000_000).optional(),
  memory: z
    .object(
      {
        rehearsals: wholeNumber(1, 1_000).optional(),
        capacity: wholeNumber(1, 1_000_000).optional(),
        dynamics: z
          .object(
            {
              keptPerTurn: numberFrom(0, 1),
              pull: numberFrom(0, 1),
              halfLifeMinutes: numberFrom(0.001, Number.MAX_SAFE_INTEGER),
            },
            objectOfOptions,
          )
          .optional(),
      },
      objectOfOptions,
    )
    .optional(),
  onProgress: aFunction().optional(),
  clock: aFunction().optional(),
  timeZone: z
    .custom<string>((value) => typeof value === "string" && isTimeZone(value), {
      error: 'the IANA name of a time zone, such as "Europe/Vienna" or "UTC"',
    })
    .optional(),
});

const ofTurn = roomOptions.extend({ thread: someText().optional(), timeoutMs: milliseconds().optional() });
const ofConsolidation = z.object({ forMs: milliseconds({ orNone: true }).optional() });

/** Checks all at once, before anything is opened. @throws SimulacraError `invalid_option` */
export function checkSimulacrumOptions(options: SimulacrumOptions): void {
  checkOptions(ofSimulacrum, options);
  rankingOptions(options.ranking);
  checkedGuard(options.guard);
}

/** @throws SimulacraError `invalid_option` */
export const checkTurnOptions = (options: TurnOptions): void => checkOptions(ofTurn, options);

/** @throws SimulacraError `invalid_option` */
export const checkConsolidationOptions = (options: { forMs?: number }): void =>
  checkOptions(ofConsolidation, options);
