import { z } from "zod";
import { type Interlocutor, interlocutorSchema } from "../agents/mind.js";
import { checkOptions, milliseconds, someText, wholeNumber } from "../data/checked-options.js";
import { SimulacraError } from "../data/errors.js";
import { personId } from "../data/person-id.js";
import { audienceOf } from "../memory/ownership.js";

/** Who speaks to the simulacrum, or everyone who is present (the speaker first). */
export interface Room {
  interlocutor?: Interlocutor;
  present?: readonly Interlocutor[];
}

/**
 * Whose memories a tool may read: the id of the interlocutor, or of everyone who is present. Given when the tool is
 * made and never by a model, so that no prompt can ask for another person's confidences.
 */
export type Owner = string | readonly string[];

/**
 * Ids of the people present; none where no owner is given, and then only the life story is read.
 * @throws SimulacraError `invalid_option` for an empty id
 */
export function peoplePresent(owner: Owner | undefined): string[] {
  const ids = owner === undefined ? [] : typeof owner === "string" ? [owner] : [...owner];
  if (ids.some((id) => personId(id) === "")) {
    throw new SimulacraError(
      "invalid_option",
      "The option owner holds an empty id. Give the id of the interlocutor, or leave owner out: then only the life story is read.",
      "user",
    );
  }
  return audienceOf(ids);
}

/** Options that say who is there, as every turn, tool and subagent takes them. */
export const roomOptions = z.object({
  interlocutor: interlocutorSchema.nullish(),
  present: z.array(interlocutorSchema, { error: "a list of people" }).nullish(),
});

const memoryOptions = z.object({ k: wholeNumber(1, 1_000).optional() });
const talkOptions = roomOptions.extend({
  thread: someText().nullish(),
  timeoutMs: milliseconds().optional(),
});

/** @throws SimulacraError `invalid_option` */
export const checkMemoryOptions = (options: { k?: number }): void => checkOptions(memoryOptions, options);

/** @throws SimulacraError `invalid_option` */
export const checkTalkOptions = (options: Room & { thread?: string | null; timeoutMs?: number }): void =>
  checkOptions(talkOptions, options);

/** A name that every model provider takes for a tool: letters, digits, `_` and `-`, at most 64. */
export const toolName = (verb: string, id: string): string =>
  `${verb}_${id}`.replace(/[^A-Za-z0-9_-]/gu, "_").slice(0, 64);
