import { several } from "../../data/words.js";
import { scoreParts } from "../../evals/page/score-parts.js";
import { printable } from "../../graphs/simulacrum/message-text.js";
import type { Simulacrum } from "../../graphs/simulacrum/simulacrum.js";
import { termsOf } from "../../memory/describe-relationship.js";
import type { RecalledMemory } from "../../memory/recalled-memory.js";
import type { MemorySource } from "../../memory/record.js";
import type { RelationshipRecord } from "../../memory/relationship.js";
import type { Paint } from "./output.js";

/** A found memory in two lines: what it says, and why it was found and where it comes from. */
export function describeMemory(memory: RecalledMemory, paint: Paint): string[] {
  const parts = Object.entries(scoreParts).flatMap(([part, [name]]) => {
    const value = memory.parts[part as keyof typeof scoreParts];
    // A correction of nothing is not worth a word; a zero of the others says that they were looked for.
    const silent = value === undefined || (value === 0 && (part === "priors" || part === "whose"));
    return silent ? [] : [`${name.toLowerCase()} ${value.toFixed(2)}`];
  });
  return [
    `• ${clip(memory.text, 240)}`,
    paint.dim(
      `  score ${memory.score.toFixed(2)}: ${parts.join(", ")}; from ${describeSource(memory.source)}`,
    ),
  ];
}

/** What forgetting removed. */
export const describeForgotten = (removed: Awaited<ReturnType<Simulacrum["forget"]>>): string =>
  [
    several(removed.memories, "memory", "memories"),
    `${several(removed.turns, "turn")} in ${several(removed.threads, "conversation")}`,
    several(removed.moods, "mood"),
    `what was known of ${several(removed.relationships, "person", "people")}`,
  ].join(", ");

/** What a character knows of an interlocutor as a person, in a line. */
export function describeKnown(record: RelationshipRecord): string {
  const { person, name, relationship, talks, turns, lastMet, warmth, open } = record;
  const parts = [
    relationship,
    `${several(talks, "talk")}, ${several(turns, "turn")}`,
    lastMet === undefined ? undefined : `last ${lastMet.slice(0, 10)}`,
    termsOf(warmth)?.replace(/^you are /u, ""),
    ...open.map(
      ({ text, by }) => `still open${by === "self" ? " (the character's own words)" : ""}: “${text}”`,
    ),
  ].filter((part) => part !== undefined);
  const who = name === undefined ? person : `${name.text} (${person})`;
  return `• ${clip(`${who}: ${parts.join("; ")}`, 600)}`;
}

/** Where a memory comes from. */
export function describeSource(source: MemorySource): string {
  if (source.kind === "thread") return `the conversation ${source.thread}, ${range("turn", source.turns)}`;
  const key = source.kind === "import" ? ` (${source.key})` : "";
  const paragraphs = source.paragraphs ? `, ${range("paragraph", source.paragraphs)}` : "";
  return `the life story${key}${paragraphs}`;
}

/** One line of at most `length` characters. */
export function clip(text: string, length: number): string {
  const line = printable(text).replace(/\s+/g, " ").trim();
  return line.length <= length ? line : `${line.slice(0, length - 1).trimEnd()}…`;
}

const range = (what: string, [first, last]: readonly [number, number]): string =>
  first === last ? `${what} ${first}` : `${what}s ${first}–${last}`;
