import { type LangGraphRunnableConfig, StateSchema } from "@langchain/langgraph";
import { z } from "zod";
import { SimulacraError } from "../../data/errors.js";
import type { Instrument, InstrumentPlan, Item, Parsed, Sample, SessionPlan } from "./contract.js";
import type { SessionScope } from "./session-scope.js";
import type { Spoken, Subject, SubjectReply } from "./subject.js";

/** Everything that one session runs on; the context of the session graph. */
export interface SessionParts {
  instrument: Instrument;
  plan: InstrumentPlan<unknown>;
  session: SessionPlan;
  /** Key of the session; begins the keys of its samples. */
  key: string;
  subject: Subject;
  /** Others in the room who are played by simulacra, by seat. */
  parties: Readonly<Record<string, Subject>>;
  scope: SessionScope;
  /** Told of every sample as soon as it is scored; the next item is put when it has ended. */
  record: (sample: Sample) => Promise<void> | void;
}

/** How putting an item ended: with a reply, or with what went wrong. */
export interface Outcome {
  reply: SubjectReply | null;
  /** What went wrong, as the researcher reads it. */
  error: string | null;
  /** Milliseconds until the reply. */
  ms: number;
}

/** Made by our own nodes, or checked where it came in. */
const trusted = <T>() => z.custom<T>(() => true);

/** What the nodes of a session pass on. */
export const SessionState = new StateSchema({
  thread: z.string(),
  /** The item under way, from 0; `score` counts on. */
  position: z.number().int().default(0),
  /** Everything said in the room so far, the subject's answers included; written by `present` and `simulate`. */
  room: trusted<readonly Spoken[]>().default(() => []),
  /** How much of it each simulacrum in the room has heard, by seat (the subject's is its own). */
  heard: trusted<Readonly<Record<string, number>>>().default(() => ({})),
  /** The item as it is put; written by `present`. */
  item: trusted<Item<unknown> | null>().default(null),
  /** Written by `present` where somebody in the room failed, else by `simulate`. */
  outcome: trusted<Outcome | null>().default(null),
  /** Written by `parse`; null where no reply came. */
  parsed: trusted<Parsed<unknown> | null>().default(null),
  /** Written by `score`, one an item. */
  samples: trusted<readonly Sample[]>().default(() => []),
});
export type SessionState = typeof SessionState.State;
export type SessionUpdate = typeof SessionState.Update;

/** What a session runs on comes as the graph's context: one compiled graph serves all sessions. */
export const SessionContext = z.object({ parts: trusted<SessionParts>() });
export type SessionRuntime = LangGraphRunnableConfig<z.infer<typeof SessionContext>>;

/** What this session runs on. */
export function partsOf({ context }: SessionRuntime): SessionParts {
  if (!context) throw new SimulacraError("internal", "A session was started without its parts.", "internal");
  return context.parts;
}

/** Seat of the subject. */
export const SUBJECT = "subject";
