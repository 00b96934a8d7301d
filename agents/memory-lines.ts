import { ageAt } from "../data/age.js";
import type { Character } from "../data/character.js";
import type { RecalledMemory } from "../memory/recalled-memory.js";
import { ageInWords } from "../memory/when.js";
import type { MindState } from "./mind.js";
import { type CountTokens, clipped } from "./section.js";
import type { AgentDependencies } from "./turn.js";

/** Shares of a memory's room: what happened, what was thought of it, how it felt. */
const SHARES = { text: 0.72, thinking: 0.12, emotion: 0.16 };

/**
 * Recalled memories as lines for a prompt, within the budget: when it was, what happened, what the person thought and
 * felt. Every agent sees the same lines (paper, section 3.2.1). Empty where nothing was recalled.
 */
export function memoryLines(
  recollection: MindState["recollection"],
  deps: Pick<AgentDependencies, "budget" | "countTokens" | "character" | "clock" | "timeZone">,
): string {
  const memories = recollection?.memories ?? [];
  const now = deps.clock();
  const each = Math.floor(deps.budget.memories / Math.max(1, memories.length));
  return memories
    .map((memory) => {
      const when = whenOf(memory, now, deps);
      return `- ${when === undefined ? "" : `[${when}] `}${told(memory, each, deps.countTokens)}`;
    })
    .join("\n");
}

/** A talk's age in words, so that a later word can be told from an earlier one; of the life, how old the person was where the text tells the year. */
function whenOf(
  { at, kind, text }: RecalledMemory,
  now: Date,
  { timeZone, character }: Pick<AgentDependencies, "character" | "timeZone">,
): string | undefined {
  if (kind === "life") return ageInLife(text, character);
  return at === undefined ? undefined : `from a talk ${ageInWords(new Date(at), now, timeZone)}`;
}

/** "aged 18", by the first year in the text that falls into the person's life. */
function ageInLife(text: string, { profile }: Character): string | undefined {
  const { dateOfBirth } = profile;
  if (dateOfBirth === undefined) return undefined;
  for (const [year] of text.matchAll(/\b(?:1[89]|20)\d\d\b/gu)) {
    // By the end of that year: a year alone does not say whether the birthday was past.
    const age = ageAt({ ...profile, age: undefined }, new Date(Date.UTC(Number(year), 11, 31)));
    if (age !== undefined && age >= 1 && age <= 110) return `${year}, aged about ${age}`;
  }
  return undefined;
}

/** What happened, and behind it what was thought and felt, each within its share. */
function told({ text, thinking, emotion }: RecalledMemory, tokens: number, count: CountTokens): string {
  const inner = [
    ["I thought", thinking, SHARES.thinking],
    ["I felt", emotion, SHARES.emotion],
  ] as const;
  const behind = inner.flatMap(([label, words, share]) => {
    // Whoever wrote it began as the label does.
    const bare = onOneLine(words ?? "").replace(/^I (?:felt|thought)(?: that)? /u, "");
    return bare === "" ? [] : [`${label}: ${clipped(bare, Math.floor(tokens * share), count)}`];
  });
  const what = clipped(onOneLine(text), Math.floor(tokens * (behind.length === 0 ? 1 : SHARES.text)), count);
  return behind.length === 0 ? what : `${what} (${behind.join(" / ")})`;
}

const onOneLine = (text: string): string => text.trim().replace(/\s*\n\s*/gu, " ");
