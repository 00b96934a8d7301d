import { stemmer } from "stemmer";
import { foldLetters, foldSpelling } from "../../data/spelling/fold-spelling.js";
import { baseForms, modalNouns, numberWords, stopWords } from "./word-lists.js";

/** A run of letters and digits of any script, with an inner apostrophe ("don't", "Mary's"). */
const run = /[\p{L}\p{N}\p{M}]+(?:'[\p{L}\p{M}]+)*/gu;
/** Scripts written without spaces between words. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー]/u;
const ideograph = /\p{Script=Han}/gu;

let segmenter: Intl.Segmenter | undefined;

/** Words of a text as written, in one spelling (`foldSpelling`); possessive endings gone, nothing else changed. */
export const words = (text: string): string[] => [...written(foldLetters(text))].map(({ word }) => word);

/** The words of a text whose letters are folded, with the place where each was found. */
function* written(text: string): Generator<{ word: string; at: number }> {
  for (const { 0: found, index: at } of text.matchAll(run)) {
    if (unspaced.test(found)) {
      for (const part of segmented(found)) yield { word: foldSpelling(part), at };
      continue;
    }
    const word = foldSpelling(found);
    if (word !== "") yield { word: word.endsWith("'s") ? word.slice(0, -2) : word, at };
  }
}

/**
 * Auxiliary verbs that are nouns where they stand: "in his will", "down the well"; and the month of May. For texts with single
 * spaces (`squeezed`): a look behind of any length takes time in the square of a run of spaces.
 */
const asNoun = new RegExp(
  [
    `(?<=\\b(?:the|an?|my|your|his|her|its|our|their|whose|no)\\s)(?:${modalNouns})(?:'s)?\\b(?![-\\w])`,
    "(?<=\\b(?:in|of|during|since|until|till|by|around|early|late|mid|last|every|before|after)[\\s-]{1,3})may\\b",
    "\\bmay(?=,?\\s(?:of\\s)?\\d)|(?<=\\d(?:st|nd|rd|th)?\\s)may\\b",
  ].join("|"),
  "gi",
);
/** With its capital inside a sentence it is the month (or a name) wherever it stands. */
const capitalMay = /(?<=[\p{L}\p{N},]\s)May\b/gu;
/** Of a run of white space, its first sign. */
const squeezed = (text: string): string => text.replace(/(\s)\s+/gu, "$1");

const nounsAmong = (text: string): ReadonlySet<number> =>
  new Set([...text.matchAll(asNoun), ...text.matchAll(capitalMay)].map(({ index }) => index));

/**
 * Normalised index terms of a text, in order, with repeats: one spelling (`foldSpelling`), stop words gone, irregular forms
 * to their base, number words to digits, then Porter's stem. Chinese and Japanese words also give their single characters,
 * so that a compound is found by its parts. The store's index and every question share this one function; a store that
 * keeps terms must be rebuilt when `TERMS_VERSION` changes.
 */
export function terms(text: string): string[] {
  const found: string[] = [];
  const plain = squeezed(foldLetters(text));
  const nouns = nounsAmong(plain);
  for (const { word, at } of written(plain)) {
    const term = nouns.has(at) ? word : termOf(word);
    if (term === undefined) continue;
    found.push(term);
    if (word.length > 1) for (const [character] of word.matchAll(ideograph)) found.push(character);
  }
  return found;
}

/** Raised with every change of what `terms` returns. */
export const TERMS_VERSION = 3;

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

/** A sentence is shorter; of more at once without a stop between, the segmenter takes time in the square of its length. */
const piece = /.{1,500}/gsu;

function segmented(text: string): string[] {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: "word" });
  const words = segmenter;
  return (text.match(piece) ?? []).flatMap((part) =>
    [...words.segment(part)].flatMap(({ segment, isWordLike }) => (isWordLike ? [segment] : [])),
  );
}
