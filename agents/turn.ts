import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import type { RunnableConfig } from "@langchain/core/runnables";
import type { Character } from "../data/character.js";
import { isSimulacraError, reasonOf, SimulacraError } from "../data/errors.js";
import { audienceFor } from "../memory/ownership.js";
import type { SimulacrumMemory } from "../memory/simulacrum-memory.js";
import type { Transcript } from "../memory/transcript.js";
import { UsageMeter } from "../models/index.js";
import { redact } from "../models/secrets.js";
import type { AgentDescriptor } from "./agent.js";
import type { Guard } from "./guard/guard.js";
import type { Faults, Interlocutor, MindState } from "./mind.js";
import type { PromptBudget } from "./prompt-budget.js";
import type { CountTokens } from "./section.js";

/** What agents need to know of the method; the methods themselves stand in `graphs/`. */
export interface MethodFacts {
  readonly id: string;
  /** Whether somebody in particular is played. */
  readonly playsCharacter: boolean;
  /** Whether there is a mind: mood, recall, memory of what was said. */
  readonly remembers: boolean;
}

/** What every agent is given when a graph is built: the person, the models, the memory. Nothing is read from the environment. */
export interface AgentDependencies {
  character: Character;
  method: MethodFacts;
  /** The agents at work; of a method without a mind those that might fail. */
  agents: readonly AgentDescriptor[];
  /** Speaks the answer. */
  voice: BaseChatModel;
  /** Serves the agents. */
  agentModel: BaseChatModel;
  /** The memory that serves a thread; null where memory is off. */
  memory(thread: string | undefined): SimulacrumMemory | null;
  /** What was said in a thread, in every memory mode. */
  transcript(thread: string): Transcript;
  /** Facts, traits and biography as every prompt has them (`personaBlock`); and the traits alone. */
  persona: string;
  traits: string;
  budget: PromptBudget;
  countTokens: CountTokens;
  clock: () => Date;
  /** IANA name of the time zone in which the talk takes place. */
  timeZone: string;
  /** How many memories a turn may recall. */
  recallLimit: number;
  /** The host's check on stimulus and answer. */
  guard?: Guard;
}

/** Key in `configurable` under which the door passes the meter of a turn; never checkpointed, never traced. */
export const METER_KEY = "__simulacra_meter";

/** The meter of this turn, where somebody counts. */
export function meterOf(config: RunnableConfig): UsageMeter | undefined {
  const meter: unknown = config.configurable?.[METER_KEY];
  return meter instanceof UsageMeter ? meter : undefined;
}

/** The thread of a run; undefined for a stateless turn. */
export function threadOf(config: RunnableConfig): string | undefined {
  const thread: unknown = config.configurable?.thread_id ?? "";
  if (typeof thread !== "string")
    throw new SimulacraError(
      "invalid_option",
      `The thread_id is a ${typeof thread}. Give it as text.`,
      "user",
    );
  return thread === "" ? undefined : thread;
}

/** Whether the graph runs inside a host's graph: the namespaces of nested runs are joined by "|". */
export const isNested = ({ configurable }: RunnableConfig): boolean =>
  String(configurable?.checkpoint_ns ?? "").includes("|");

/** Everyone in the room but the simulacrum. */
export const peopleIn = ({ talk }: MindState): Interlocutor[] => talk?.people ?? [];

/** Ids to whom this turn's memories belong; empty for a stateless turn with nobody named. */
export const audienceIn = (state: MindState, thread: string | undefined): string[] =>
  audienceFor(peopleIn(state), thread);

/** Who was named as being in the room: all who are present, else the one who speaks. */
export const peopleNamed = <Person>({
  present,
  interlocutor,
}: {
  present?: readonly Person[] | null | undefined;
  interlocutor?: Person | null | undefined;
}): readonly Person[] => present ?? (interlocutor ? [interlocutor] : []);

/** A failure of one agent as a mark in the state; a cancelled run is not a failure and goes on up. */
export function faultOf(agent: string, error: unknown, signal?: AbortSignal): Faults {
  if (signal?.aborted || isSimulacraError(error, "cancelled")) throw error;
  return { [agent]: redact(reasonOf(error)).slice(0, 300) };
}
