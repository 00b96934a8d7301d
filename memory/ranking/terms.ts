import { stemmer } from "stemmer";
import { baseForms, numberWords, stopWords } from "./word-lists.js";

/** A run of letters and digits of any script, with an inner apostrophe ("don't", "Mary's"). */
const run = /[\p{L}\p{N}\p{M}]+(?:'[\p{L}\p{M}]+)*/gu;
/** Scripts written without spaces between words. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー]/u;
const ideograph = /\p{Script=Han}/gu;

let segmenter: Intl.Segmenter | undefined;

/** Words of a text as written, lower case, NFKC; possessive endings gone, nothing else changed. */
export function words(text: string): string[] {
  const found: string[] = [];
  const plain = text.normalize("NFKC").toLowerCase().replaceAll("’", "'");
  for (const [word] of plain.matchAll(run)) {
    if (unspaced.test(word)) found.push(...segmented(word));
    else found.push(word.endsWith("'s") ? word.slice(0, -2) : word);
  }
  return found;
}

/**
 * Normalised index terms of a text, in order, with repeats: stop words gone, irregular forms to their base, number
 * words to digits, then Porter's stem. Chinese and Japanese words also give their single characters, so that a
 * compound is found by its parts. The store's index and every question share this one function; a store that keeps
 * terms must be rebuilt when `TERMS_VERSION` changes.
 */
export function terms(text: string): string[] {
  const found: string[] = [];
  for (const word of words(text)) {
    const term = termOf(word);
    if (term === undefined) continue;
    found.push(term);
    if (word.length > 1) for (const [character] of word.matchAll(ideograph)) found.push(character);
  }
  return found;
}

/** Raised with every change of what `terms` returns. */
export const TERMS_VERSION = 2;

const cache = new Map<string, string | undefined>();

/** The term of one lower-case word; undefined for a stop word. */
export function termOf(word: string): string | undefined {
  if (cache.has(word)) return cache.get(word);
  const bare = word.replaceAll("'", "");
  const base = baseForms.get(bare) ?? bare;
  const term = stopWords.has(bare) ? undefined : (numberWords.get(base) ?? stemmer(base));
  if (cache.size > 50_000) cache.clear();
  cache.set(word, term);
  return term;
}

function segmented(text: string): string[] {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: "word" });
  return [...segmenter.segment(text)].flatMap(({ segment, isWordLike }) => (isWordLike ? [segment] : []));
}
