import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import type { BaseMessage } from "@langchain/core/messages";
import type { RunnableConfig } from "@langchain/core/runnables";
import type { Character, Method } from "../data/character.js";
import { isSimulacraError } from "../data/errors.js";
import { audienceOf, threadAudience } from "../memory/ownership.js";
import type { SimulacrumMemory } from "../memory/simulacrum-memory.js";
import { UsageMeter } from "../models/index.js";
import { redact } from "../models/secrets.js";
import { type Exchange, exchangesOf, sceneOf, stimulusOf, textOf } from "./conversation.js";
import type { Guard } from "./guard/guard.js";
import type { Agent, Faults, MindState } from "./mind.js";
import type { PromptBudget } from "./prompt-budget.js";
import { type CountTokens, clipped, fenced, lastLines } from "./section.js";

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

/** What a turn is about, read from the state once and used by every prompt. */
export interface TurnView {
  stimulus: BaseMessage[];
  /** The stimulus as text, a message a line; where several speak each begins with the speaker's name. */
  said: string;
  exchanges: Exchange[];
  /** The scene, within its budget: what was told last is kept. */
  scene: string;
  /** Who is in the room; where nobody was named, the several who speak. */
  people: Person[];
  /** Whether more than one speaks, or is there to speak. */
  several: boolean;
}

/** Reads the turn from the state. */
export function viewOf(state: MindState, deps: AgentDependencies): TurnView {
  const id = deps.character.id;
  const conversation = conversationOf(state);
  const stimulus = stimulusOf(conversation, id);
  const exchanges = exchangesOf(conversation, id);
  const present = peopleIn(state);
  const heard = [...exchanges.flatMap(({ said }) => said), ...stimulus];
  const names = new Set(heard.map((message) => speakerOf(message, present)));
  const several = present.length > 1 || names.size > 1;
  const unannounced = [...names].flatMap((name) => (name === undefined ? [] : [{ id: name, name }]));
  const people = present.length === 0 && several ? unannounced : present;
  const room = { people, several };
  return {
    ...room,
    stimulus,
    said: stimulus.map((message) => spoken(message, room)).join("\n"),
    exchanges,
    scene: lastLines(sceneOf(conversation).map(fenced), deps.budget.scene, deps.countTokens),
  };
}

/** The whole conversation as far as it is at hand. */
export const conversationOf = ({ earlier, messages }: MindState): BaseMessage[] => [...earlier, ...messages];

function speakerOf({ name }: BaseMessage, people: readonly Person[]): string | undefined {
  const speaker = people.find((person) => person.id === name || person.name === name)?.name ?? name;
  return speaker === undefined ? undefined : onOneLine(speaker);
}

/** Names come from hosts, and stand among our own words. */
const onOneLine = (name: string): string => fenced(name.replace(/\s+/gu, " "));

/** A message as text for a prompt; where several speak it says who did. */
export function spoken(
  message: BaseMessage,
  { people, several }: Pick<TurnView, "people" | "several">,
): string {
  const name = speakerOf(message, people);
  return fenced(several && name !== undefined ? `${name}: ${textOf(message)}` : textOf(message));
}

/**
 * What was just said, within these tokens. Where words of turns that failed are still unanswered, they yield to those
 * said last.
 */
export const saidWithin = (view: TurnView, tokens: number, count: CountTokens): string =>
  lastLines(
    view.stimulus.map((message) => spoken(message, view)),
    tokens,
    count,
  );

/** An exchange as a prompt shows it. */
export interface ShownExchange {
  heard: string;
  answered: string;
}

/** Tokens that the frame of an exchange takes: two messages, or two lines. */
const FRAME = 12;

/**
 * The last exchanges within these tokens, as `read` words them, each message that was heard a line. Of the newest, as
 * much of both sides as fits is always shown.
 */
export function shownExchanges(
  { exchanges }: TurnView,
  tokens: number,
  count: CountTokens,
  read: (exchange: Exchange) => { heard: readonly string[]; answered: string },
): ShownExchange[] {
  const shown: ShownExchange[] = [];
  let left = tokens;
  for (const exchange of [...exchanges].reverse()) {
    left -= FRAME;
    const lines = read(exchange);
    let heard = lines.heard.join("\n");
    let { answered } = lines;
    if (shown.length === 0) {
      answered = clipped(answered, Math.floor(Math.max(left / 2, left - count(heard))), count);
      heard = lastLines(lines.heard, left - count(answered), count);
    }
    left -= count(heard) + count(answered);
    if (left < 0) break;
    shown.unshift({ heard, answered });
  }
  return shown;
}

/** The last part of the conversation as lines "Name: words", for the agents that do not speak. */
export function recentLines(view: TurnView, deps: AgentDependencies, tokens: number): string {
  const other = onOneLine(view.people[0]?.name ?? "The other");
  return shownExchanges(view, tokens, deps.countTokens, ({ said, answer }) => ({
    heard: said.map((message) => (view.several ? "" : `${other}: `) + spoken(message, view)),
    answered: fenced(`${deps.character.name}: ${textOf(answer)}`),
  }))
    .flatMap(({ heard, answered }) => (heard === "" ? [answered] : [heard, answered]))
    .join("\n");
}

/** "Ben (a stranger)", or what can be said when no name is known. */
export function peopleInWords(people: readonly Person[], { budget, countTokens }: AgentDependencies): string {
  if (people.length === 0) return "somebody you have not been introduced to";
  const words = people.map(({ name, relationship }) =>
    name === undefined
      ? (relationship ?? "somebody whose name you do not know")
      : relationship === undefined
        ? name
        : `${name} (${relationship})`,
  );
  return clipped(onOneLine(words.join(", ")), budget.people, countTokens);
}

/** A failure of one agent as a mark in the state; a cancelled run is not a failure and goes on up. */
export function faultOf(agent: Agent, error: unknown, signal?: AbortSignal): Faults {
  if (signal?.aborted || isSimulacraError(error, "cancelled")) throw error;
  return { [agent]: error instanceof Error ? redact(error.message).slice(0, 300) : "unknown failure" };
}
