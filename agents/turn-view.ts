import type { BaseMessage } from "@langchain/core/messages";
import { type Exchange, exchangesOf, textOf } from "./conversation.js";
import type { Interlocutor, MindState } from "./mind.js";
import { type CountTokens, clipped, fenced, lastLines } from "./section.js";
import { type AgentDependencies, peopleIn } from "./turn.js";

/** What a turn is about, read from the state once and used by every prompt. */
export interface TurnView {
  stimulus: BaseMessage[];
  /** The stimulus as text, a message a line; where several speak each begins with the speaker's name. */
  said: string;
  exchanges: Exchange[];
  /** The scene, within its budget: what was told last is kept. */
  scene: string;
  /** Who is in the room; where nobody was named, the several who speak. */
  people: Interlocutor[];
  /** Whether more than one speaks, or is there to speak. */
  several: boolean;
}

/** Reads the turn from the state. */
export function viewOf(state: MindState, deps: AgentDependencies): TurnView {
  const { before = [], stimulus = [], scenes = [] } = state.talk ?? {};
  const exchanges = exchangesOf(before, deps.character.id);
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
    scene: lastLines(scenes.map(fenced), deps.budget.scene, deps.countTokens),
  };
}

function speakerOf(message: BaseMessage, people: readonly Interlocutor[]): string | undefined {
  // Where one person is there, words without a name are theirs.
  const [only, ...others] = people;
  const name = message.name ?? (message.type === "human" && others.length === 0 ? only?.id : undefined);
  const speaker = people.find((person) => person.id === name || person.name === name)?.name ?? name;
  return speaker === undefined ? undefined : onOneLine(speaker);
}

/** Names come from hosts, and stand among our own words. */
export const onOneLine = (name: string): string => fenced(name.replace(/\s+/gu, " "));

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

/** "Ben (a stranger)", or what can be said when no name is known. */
export function describePeople(
  people: readonly Interlocutor[],
  { budget, countTokens }: AgentDependencies,
): string {
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
