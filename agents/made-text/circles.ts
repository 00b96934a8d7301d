import { findCircle } from "../../models/circles.js";

/** A run of so many words that comes back so often is a circle. */
const RUN_WORDS = 4;
const RUN_TIMES = 3;
/** Fewest words of a sentence that says something when it is said twice. */
const SENTENCE_WORDS = 5;
/** Of so many words at least this share must be different ones. */
const COUNTED_FROM = 30;
const LEAST_DIFFERENT = 0.35;

/**
 * Whether a short text, a thought or a summary, runs in circles: as any reply may (models/circles.ts), and stricter: it says
 * a sentence twice, four words in a row three times, one word three times in a row, or hardly a new word in many.
 */
export function runsInCircles(text: string): boolean {
  if (findCircle(text)) return true;
  const words = text.toLowerCase().match(/[\p{L}\p{N}’']+/gu) ?? [];
  if (words.some((word, at) => word === words[at + 1] && word === words[at + 2])) return true;
  if (words.length >= COUNTED_FROM && new Set(words).size / words.length < LEAST_DIFFERENT) return true;
  const seen = new Map<string, number>();
  for (let at = 0; at + RUN_WORDS <= words.length; at++) {
    const run = words.slice(at, at + RUN_WORDS).join(" ");
    const times = (seen.get(run) ?? 0) + 1;
    if (times >= RUN_TIMES) return true;
    seen.set(run, times);
  }
  const sentences = sentencesIn(text)
    .map((sentence) => sentence.toLowerCase())
    .filter((sentence) => sentence.split(/\s+/u).length >= SENTENCE_WORDS);
  return new Set(sentences).size < sentences.length;
}

/** The sentences of a text, with their marks. */
export const sentencesIn = (text: string): string[] =>
  text
    .split(/(?<=[.!?]["”’»)]?)\s+|(?<=[。！？]["”』」]?)|\n+/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== "");
