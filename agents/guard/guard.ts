import { z } from "zod";
import { SimulacraError } from "../../data/errors.js";
import type { Interlocutor } from "../mind.js";

/** What a check says of a text: it passes, other words take its place, or the turn stops here. */
export type Verdict =
  | { action: "allow" }
  | { action: "replace"; text: string; reason: string }
  /** `text` is what is said in place of an answer. @default `STOPPED` */
  | { action: "stop"; reason: string; text?: string };

/** What a check is told beside the text. */
export interface GuardAbout {
  on: "stimulus" | "answer";
  character: { id: string; name: string };
  method: string;
  /** Undefined for a turn that belongs to no conversation. */
  thread: string | undefined;
  /** Who is in the room. */
  people: readonly Interlocutor[];
  /** On a stimulus: the name its message carries. */
  speaker?: string;
  /** On an answer: the words it replies to, as the simulacrum heard them. */
  stimulus?: string;
  /** Aborts with the turn and at the guard's time limit. */
  signal: AbortSignal;
}

export type GuardCheck = (text: string, about: GuardAbout) => Verdict | Promise<Verdict>;

/**
 * The host's check on what reaches the simulacrum and on what it says. It fails closed: a check that throws, gives no
 * verdict in time or gives something else ends the turn with `guard_failed`, and nothing passes.
 *
 * - `stimulus` sees each message of the turn before any agent does. Replaced: agents, memory and the conversation know the
 *   new words only. Stopped: no model is called, nothing of the turn is kept, the answer is the guard's text.
 * - `answer` sees the whole answer before anybody else does: nothing of it is streamed, traced or stored before the
 *   verdict, so a host's first token comes with the last. Replaced or stopped, the guard's text is what is said and kept;
 *   it stands as it is, also where somebody asked in earnest whether they talk to a human being.
 *
 * A tracer that a host has attached, LangSmith's among them, is told by LangChain what the turn was called with: words that
 * are not to reach it must be kept from it (`LANGSMITH_HIDE_INPUTS`). Files of `--trace` hold them nowhere.
 *
 * Not checked: the scene (a host's system messages), what a host says was said before, and the mind, which is no part of
 * the answer: `updates`, `mind` and traces hold thoughts and feelings as they were.
 */
export interface Guard {
  stimulus?: GuardCheck;
  answer?: GuardCheck;
  /** Limit of one check in milliseconds. @default 10_000 */
  timeoutMs?: number;
}

/** What a guard did in a turn. The words that it kept out are no part of it. */
export interface GuardNote {
  on: "stimulus" | "answer";
  action: "replace" | "stop";
  reason: string;
}

/** Limit of one check where none is given, in milliseconds. */
export const GUARD_TIMEOUT_MS = 10_000;

/** Said where a guard stops a turn and gives no words of its own. */
export const STOPPED =
  "The rules of this service stopped the conversation here. These words are not the character's.";

const words = z.string().trim().min(1).max(20_000);
const reason = z.string().trim().min(1).max(500);
export const verdictSchema = z.discriminatedUnion("action", [
  z.object({ action: z.literal("allow") }),
  z.object({ action: z.literal("replace"), text: words, reason }),
  z.object({ action: z.literal("stop"), reason, text: words.optional() }),
]);

/**
 * Refuses an option that is no guard.
 * @throws SimulacraError `invalid_option`
 */
export function checkedGuard(guard: Guard | undefined): Guard | undefined {
  if (guard === undefined) return undefined;
  const { stimulus, answer, timeoutMs } = guard;
  const refuse = (expected: string): never => {
    throw new SimulacraError("invalid_option", `Option guard: ${expected}.`, "user", { option: "guard" });
  };
  // A check under another name would never be asked, and let everything through.
  const other = Object.keys(guard).find((name) => !["stimulus", "answer", "timeoutMs"].includes(name));
  if (other !== undefined) refuse(`it knows stimulus, answer and timeoutMs, but not ${other}`);
  if (stimulus === undefined && answer === undefined)
    refuse("give a check on the stimulus, the answer or both");
  for (const [name, check] of Object.entries({ stimulus, answer }))
    if (check !== undefined && typeof check !== "function")
      refuse(`${name} must be a function, but is ${typeof check}`);
  if (timeoutMs !== undefined && !(timeoutMs > 0 && timeoutMs <= 2 ** 31 - 1))
    refuse(`timeoutMs must be a number of milliseconds above 0, but is ${timeoutMs}`);
  return guard;
}
