import type { ReadPrompt } from "./read-prompt.js";
import { clipped } from "./sentences.js";
import { contentWords, wordsOf } from "./words.js";

/** One to three search phrases from the question's own words. */
export function queriesFor(prompt: ReadPrompt): string[] {
  const words = contentWords(prompt.question);
  const earlier = words.length < 2 ? contentWords(prompt.before).slice(0, 4) : [];
  const all = [...words, ...earlier];
  const own = clipped(asOwnThought(prompt.question), 120);
  if (all.length === 0) return [own || "who I am"];
  return [...new Set([all.slice(0, 8).join(" "), own])];
}

/** A question as the one asked would think it: "Where did you grow up?" becomes "Where did I grow up". */
function asOwnThought(question: string): string {
  const asked = question.split(/(?<=[.!?])\s+/).findLast((part) => part.includes("?")) ?? question;
  return asked
    .replace(/\bare you\b/gi, "am I")
    .replace(/\b(?:do|would|could|can|will) you (?:remember|recall)\b/gi, "")
    .replace(/\byourself\b/gi, "myself")
    .replace(/\byours\b/gi, "mine")
    .replace(/\byour\b/gi, "my")
    .replace(
      /\b(are|were|was|do|did|does|have|had|has|will|would|can|could|should|if|when|that|what|where|why|how) you\b/gi,
      "$1 I",
    )
    .replace(/^you\b/i, "I")
    .replace(/\byou\b/gi, "me")
    .replace(/[?!.\s]+$/, "")
    .trim();
}

/** The question's content words, those that stand together joined. */
export function keyPhrases(question: string): string[] {
  const wanted = new Set(contentWords(question));
  const phrases: string[][] = [];
  let open = false;
  for (const word of wordsOf(question)) {
    if (!wanted.has(word)) open = false;
    else if (open) phrases.at(-1)?.push(word);
    else {
      phrases.push([word]);
      open = true;
    }
  }
  return [...new Set(phrases.map((phrase) => phrase.slice(0, 4).join(" ")))];
}
