import { inWords } from "../data/words.js";
import { type Relationship, UNNAMED } from "./relationship.js";
import { ageInWords, sinceInWords } from "./when.js";

/** Warmth from which it is said, and how. Nothing is said of what lies between. */
const terms: readonly [from: number, words: string][] = [
  [0.45, "you are very fond of each other"],
  [0.15, "you are on warm terms"],
];
const coldTerms: readonly [upTo: number, words: string][] = [
  [-0.45, "you are on bad terms"],
  [-0.15, "you are on cool terms"],
];
/** Turns before which nothing is said of how warm it is. */
const TURNS_TO_KNOW = 4;
/** So many open matters are told, the latest. */
const OPEN_TOLD = 2;

/**
 * Who somebody is to the character, in a line for prompts and people: "Ben, whom you have met three times, last about
 * three weeks ago; you are on warm terms. Still open: “I'll fix the chain on Saturday.” (Ben said so about three weeks
 * ago, on Monday, 9 November)". It stays the same through a talk, unless something new is learned.
 */
export function describeRelationship(relationship: Relationship, now: Date, timeZone: string): string {
  const { open, warmth, turns, name } = relationship;
  const warm = turns < TURNS_TO_KNOW ? undefined : termsOf(warmth);
  const who = [whoItIs(relationship, now, timeZone), ...(warm === undefined ? [] : [warm])].join("; ");
  const told = open.slice(-OPEN_TOLD).map(({ text, by, at }) => {
    const age = ageInWords(new Date(at), now, timeZone);
    return `“${shortened(text)}” (${by === "self" ? "you" : (name ?? "they")} said so ${age})`;
  });
  return told.length === 0 ? who : `${who}. Still open: ${told.join("; ")}`;
}

/** Characters of an open matter that are told: enough to ask after it. */
const MATTER_LENGTH = 100;
const shortened = (text: string): string =>
  text.length <= MATTER_LENGTH ? text : `${text.slice(0, MATTER_LENGTH).replace(/\s+\S*$/u, "")} …`;

/** How warm it is between them; undefined where it is neither warm nor cold. */
export const termsOf = (warmth: number): string | undefined =>
  (terms.find(([from]) => warmth >= from) ?? coldTerms.find(([upTo]) => warmth <= upTo))?.[1];

function whoItIs(relationship: Relationship, now: Date, timeZone: string): string {
  const { name, relationship: knownAs, earlierTalks, lastMet, inGroup } = relationship;
  const who = name ?? UNNAMED;
  const called = knownAs === undefined ? who : `${who} (${knownAs})`;
  const nameless = name === undefined && knownAs === undefined ? "whose name you do not know" : undefined;
  const last = lastMet === undefined ? "" : `, last ${sinceInWords(new Date(lastMet), now, timeZone)} ago`;
  const met =
    earlierTalks === null || (earlierTalks === 0 && knownAs !== undefined)
      ? undefined
      : earlierTalks === 0
        ? "whom you meet for the first time"
        : inGroup
          ? "whom you have met"
          : `whom you have met ${times(earlierTalks)}${last}`;
  const clauses = [met, nameless].filter((clause) => clause !== undefined);
  return clauses.length === 0 ? called : `${called}, ${clauses.join(" and ")}`;
}

const times = (count: number): string =>
  count === 1 ? "once" : count === 2 ? "twice" : `${inWords(count)} times`;
