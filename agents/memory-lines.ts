import { ageAt } from "../data/age.js";
import type { Character } from "../data/character.js";
import { sentencesOf } from "../memory/ranking/question-share.js";
import { terms } from "../memory/ranking/terms.js";
import type { RecalledMemory } from "../memory/recalled-memory.js";
import { ageInWords } from "../memory/when.js";
import { type CountTokens, clipped } from "./section.js";

/** Tokens from which a thought or a feeling says something. */
const LEAST_INNER = 10;
/** The most that each of them takes: what happened goes first. */
const MOST_INNER = 30;

export interface ShownMemories {
  memories: readonly RecalledMemory[];
  /** What was said and looked for: of a long memory the sentences about it are shown. */
  asked: string;
  character: Character;
  /** The thread of the talk. */
  thread: string | undefined;
  now: Date;
  timeZone: string;
  /** For all of them together. */
  tokens: number;
  countTokens: CountTokens;
}

/**
 * Recalled memories as lines for a prompt, within the budget: when it was, what happened, and as far as there is room
 * what the person felt and thought. Every agent sees the same lines (paper, section 3.2.1). Empty where nothing was
 * recalled.
 */
export function memoryLines(shown: ShownMemories): string {
  const asked = new Set(terms(shown.asked));
  let left = shown.tokens;
  return shown.memories
    .map((memory, place) => {
      // What one leaves the next ones may take.
      const room = Math.floor(left / (shown.memories.length - place));
      const when = whenOf(memory, shown);
      const line = `${when === undefined ? "" : `[${when}] `}${told(memory, asked, room, shown.countTokens)}`;
      left -= Math.min(room, shown.countTokens(line));
      return `- ${line}`;
    })
    .join("\n");
}

/** A talk's age in words, so that a later word can be told from an earlier one; of the life, how old the person was where the text tells the year. */
function whenOf(
  { at, kind, text, source }: RecalledMemory,
  { character, thread, now, timeZone }: ShownMemories,
): string | undefined {
  if (kind === "life") return ageInLife(text, character);
  if (source.kind === "thread" && source.thread === thread) return "from earlier in this talk";
  return at === undefined ? undefined : `from a talk ${ageInWords(new Date(at), now, timeZone)}`;
}

const saysAge =
  /\b(?:aged|years? old|I was (?:about |nearly )?(?:\d{1,2}|[a-z]+teen|[a-z]+ty(?:-[a-z]+)?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b)/iu;

/** "1990, aged about 18": of a text that tells one year of the person's life and no age. */
function ageInLife(text: string, { profile }: Character): string | undefined {
  if (profile.dateOfBirth === undefined || saysAge.test(text)) return undefined;
  const years = new Set([...text.matchAll(/\b(?:1[89]|20)\d\d\b/gu)].map(([year]) => Number(year)));
  const [year, another] = years;
  if (year === undefined || another !== undefined) return undefined;
  // In the middle of that year: it alone does not say whether the birthday was past.
  const age = ageAt({ ...profile, age: undefined }, new Date(Date.UTC(year, 6, 1)));
  return age !== undefined && age >= 1 && age <= 110 ? `${year}, aged about ${age}` : undefined;
}

/** What happened, and behind it what was felt and thought. */
function told(
  { text, thinking, emotion }: RecalledMemory,
  asked: ReadonlySet<string>,
  tokens: number,
  count: CountTokens,
): string {
  const what = aboutIt(onOneLine(text), asked, tokens, count);
  let left = tokens - count(what);
  const inner = [
    ["I felt", emotion],
    ["I thought", thinking],
  ] as const;
  const behind = inner.flatMap(([label, words]) => {
    // Whoever wrote it began as the label does.
    const bare = onOneLine(words ?? "").replace(/^I (?:felt|thought)(?: that)? /u, "");
    const [first = ""] = sentencesOf(bare);
    const size = count(first) + 4;
    if (first === "" || size > Math.min(MOST_INNER, left) || left < LEAST_INNER) return [];
    left -= size;
    return [`${label}: ${first.trim()}`];
  });
  return behind.length === 0 ? what : `${what} (${behind.join(" / ")})`;
}

/** As much of a text as fits: of one that is too long the sentences that share most with what was asked, in their order. */
function aboutIt(text: string, asked: ReadonlySet<string>, tokens: number, count: CountTokens): string {
  if (count(text) <= tokens) return text;
  const sentences = sentencesOf(text).map((sentence, place) => {
    const own = new Set(terms(sentence));
    return { sentence: sentence.trim(), place, shared: [...own].filter((term) => asked.has(term)).length };
  });
  const best = [...sentences].sort((a, b) => b.shared - a.shared || a.place - b.place);
  const kept = new Set<number>();
  let left = tokens;
  for (const { sentence, place } of best) {
    const size = count(sentence) + 2;
    if (size > left) continue;
    left -= size;
    kept.add(place);
  }
  if (kept.size === 0) return clipped(best[0]?.sentence ?? text, tokens, count);
  const parts = sentences.flatMap(({ sentence, place }) =>
    kept.has(place) ? [sentence] : kept.has(place - 1) || place === 0 ? ["…"] : [],
  );
  return parts.join(" ");
}

const onOneLine = (text: string): string => text.trim().replace(/\s*\n\s*/gu, " ");
