import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import type { BaseMessage } from "@langchain/core/messages";
import type { RunnableConfig } from "@langchain/core/runnables";
import type { Character, Method } from "../data/character.js";
import { isSimulacraError } from "../data/errors.js";
import { audienceOf, threadAudience } from "../memory/ownership.js";
import type { KnownPerson } from "../memory/ranking/contract.js";
import type { SimulacrumMemory } from "../memory/simulacrum-memory.js";
import { UsageMeter } from "../models/index.js";
import { type Exchange, exchangesOf, lastExchanges, sceneOf, stimulusOf, textOf } from "./conversation.js";
import type { Agent, Faults, MindState } from "./mind.js";
import type { PromptBudget } from "./prompt-budget.js";
import type { CountTokens } from "./section.js";

/** What every agent is given when a graph is built: the person, the models, the memory. Nothing is read from the environment. */
export interface AgentDependencies {
  character: Character;
  method: Method;
  /** Speaks the answer. */
  voice: BaseChatModel;
  /** Serves every other act. */
  agents: BaseChatModel;
  /** The memory that serves a thread; null where memory is off. */
  memory(thread: string | undefined): SimulacrumMemory | null;
  budget: PromptBudget;
  countTokens: CountTokens;
  /** How many memories a turn may recall. */
  recallLimit: number;
}

/** Key in `configurable` under which the door passes the meter of a turn; never checkpointed, never traced. */
export const METER_KEY = "__simulacra_meter";

/** The meter of this turn, where somebody counts. */
export function meterOf(config: RunnableConfig): UsageMeter | undefined {
  const meter: unknown = config.configurable?.[METER_KEY];
  return meter instanceof UsageMeter ? meter : undefined;
}

/** Begins the thread id of a turn that belongs to no conversation: a checkpointer wants one, the memory does not. */
export const STATELESS = "stateless:";

/** The thread of a run; undefined for a stateless turn. */
export function threadOf(config: RunnableConfig): string | undefined {
  const thread: unknown = config.configurable?.thread_id;
  return typeof thread === "string" && thread !== "" && !thread.startsWith(STATELESS) ? thread : undefined;
}

/** Somebody in the room. */
export type Person = NonNullable<MindState["interlocutor"]>;

/** Everyone in the room but the simulacrum. */
export const peopleIn = (state: MindState): Person[] =>
  state.present ?? (state.interlocutor ? [state.interlocutor] : []);

/** Ids to whom this turn's memories belong; empty for a stateless turn with nobody named. */
export function audienceIn(state: MindState, thread: string | undefined): string[] {
  const people = peopleIn(state);
  if (people.length > 0) return audienceOf(people.map(({ id }) => id));
  return thread === undefined ? [] : threadAudience(thread);
}

/** Names by which the people in the room may be asked about. */
export const knownPeople = (state: MindState): KnownPerson[] =>
  peopleIn(state).flatMap(({ name }) => (name === undefined ? [] : [{ name }]));

/** What a turn is about, read from the state once and used by every prompt. */
export interface TurnView {
  stimulus: BaseMessage[];
  /** The stimulus as text, clipped for prompts; in a group each line begins with the speaker's name. */
  said: string;
  exchanges: Exchange[];
  scene: string;
  people: Person[];
}

/** Reads the turn from the state. */
export function viewOf(state: MindState, deps: AgentDependencies): TurnView {
  const id = deps.character.id;
  const stimulus = stimulusOf(state.messages, id);
  const people = peopleIn(state);
  return {
    stimulus,
    said: stimulus.map((message) => spoken(message, people)).join("\n"),
    exchanges: exchangesOf(state.messages, id),
    scene: sceneOf(state.messages),
    people,
  };
}

/** A message as text; with several people in the room it says who spoke. */
export function spoken(message: BaseMessage, people: readonly Person[]): string {
  const speaker = people.find((person) => person.id === message.name || person.name === message.name);
  const name = speaker?.name ?? message.name;
  return people.length > 1 && name !== undefined ? `${name}: ${textOf(message)}` : textOf(message);
}

/** The last part of the conversation as lines "Name: words", for the agents that do not speak. */
export function recentLines(view: TurnView, deps: AgentDependencies, tokens: number): string {
  const only = view.people.length === 1 ? view.people[0]?.name : undefined;
  return lastExchanges(view.exchanges, tokens, deps.countTokens)
    .flatMap(({ said, answer }) => [
      ...said.map((message) =>
        view.people.length > 1 ? spoken(message, view.people) : `${only ?? "The other"}: ${textOf(message)}`,
      ),
      `${deps.character.name}: ${textOf(answer)}`,
    ])
    .join("\n");
}

/** "Ben (a stranger)", or what can be said when no name is known. */
export function peopleInWords(people: readonly Person[]): string {
  if (people.length === 0) return "somebody you have not been introduced to";
  return people
    .map(({ name, relationship }) =>
      name === undefined
        ? (relationship ?? "somebody whose name you do not know")
        : relationship === undefined
          ? name
          : `${name} (${relationship})`,
    )
    .join(", ");
}

/** A failure of one agent as a mark in the state; a cancelled run is not a failure and goes on up. */
export function faultOf(agent: Agent, error: unknown, signal?: AbortSignal): Faults {
  if (signal?.aborted || isSimulacraError(error, "cancelled")) throw error;
  return { [agent]: error instanceof Error ? error.message.slice(0, 300) : "unknown failure" };
}
