import type { BaseMessage } from "@langchain/core/messages";
import { describeRelationship } from "../memory/describe-relationship.js";
import { type Relationship, UNNAMED, unmet } from "../memory/relationship.js";
import { type Exchange, exchangesOf, textOf } from "./conversation.js";
import type { Interlocutor, MindState } from "./mind.js";
import { type CountTokens, clipped, fenced, lastLines } from "./section.js";
import { type AgentDependencies, peopleIn } from "./turn.js";

/** Somebody in the room, and what is known of them. */
export interface PersonPresent extends Interlocutor {
  known?: Relationship | undefined;
}

/** What a turn is about, read from the state once and used by every prompt. */
export interface TurnView {
  stimulus: BaseMessage[];
  /** The stimulus as text, a message a line; where several speak each begins with the speaker's name. */
  said: string;
  exchanges: Exchange[];
  /** The scene, within its budget: what was told last is kept. */
  scene: string;
  /** Who is in the room; where nobody was named, the several who speak, or who said their name. */
  people: PersonPresent[];
  /** Whether more than one speaks, or is there to speak. */
  several: boolean;
}

/** Reads the turn from the state. */
export function viewOf(state: MindState, deps: AgentDependencies): TurnView {
  const { before = [], stimulus = [], scenes = [] } = state.talk ?? {};
  const exchanges = exchangesOf(before, deps.character.id);
  const present = presentIn(state);
  const heard = [...exchanges.flatMap(({ said }) => said), ...stimulus];
  const names = new Set(heard.map((message) => speakerOf(message, peopleIn(state))));
  const several = present.length > 1 || names.size > 1;
  const unannounced = [...names].flatMap((name) => (name === undefined ? [] : [{ id: name, name }]));
  const people = peopleIn(state).length === 0 && several ? unannounced : present;
  const room = { people, several };
  return {
    ...room,
    stimulus,
    said: stimulus.map((message) => spoken(message, room)).join("\n"),
    exchanges,
    scene: lastLines(scenes.map(fenced), deps.budget.scene, deps.countTokens),
  };
}

/** Who was named as being there, each with what is known of them; else of whom the thread belongs to. */
function presentIn(state: MindState): PersonPresent[] {
  const { relationships = [] } = state.talk ?? {};
  const people = peopleIn(state);
  if (people.length > 0) return people.map((person, place) => ({ ...person, known: relationships[place] }));
  return relationships.map((known) => ({
    id: known.person,
    ...(known.name !== undefined && { name: known.name }),
    known,
  }));
}

function speakerOf(message: BaseMessage, people: readonly Interlocutor[]): string | undefined {
  // Where one person is there, words without a name are theirs.
  const [only, ...others] = people;
  const name = message.name ?? (message.type === "human" && others.length === 0 ? only?.id : undefined);
  const known = people.find((person) => person.id === name || person.name === name);
  // An id is no name; but several of whom no name is known are told apart by it.
  const unnamed = people.filter((person) => person.name === undefined).length === 1 ? UNNAMED : name;
  const speaker = known ? (known.name ?? unnamed) : name;
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

/** Who is there, and how the character stands with them: see `describeRelationship`. */
export function describePeople(
  people: readonly PersonPresent[],
  { budget, countTokens, clock, timeZone }: AgentDependencies,
): string {
  if (people.length === 0) return "somebody you have not been introduced to";
  const words = people.map(({ id, name = UNNAMED, known = { ...unmet(id), name } }) =>
    describeRelationship(known, clock(), timeZone),
  );
  return clipped(onOneLine(words.join("; ")), budget.people, countTokens);
}
