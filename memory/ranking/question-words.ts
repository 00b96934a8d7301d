import type { RankedSearch } from "../backends/memory-store.js";
import { isCommonWord } from "./common-words.js";
import type { RankingOptions } from "./contract.js";
import type { WeightedTerm } from "./lexical.js";
import type { ReadQuestion } from "./question.js";
import { synonymsOf } from "./synonyms.js";
import { termOf } from "./terms.js";

/** Words shorter than this have too many near ones; a swap of two letters is surer, and is undone from three on. */
const shortestNear = 5;
const shortestSwap = 3;
/** At most so many unknown words are corrected: a text in another language is not one of typing errors. */
const mostMended = 8;

/**
 * The question's terms, most telling (rarest) first, with what may stand for each: synonyms, and for a word that the
 * store has never seen a known one that it may be a misspelling of. An alternative counts only where it matches better
 * than the word itself.
 */
export async function questionWords(
  question: ReadQuestion,
  store: RankedSearch,
  namespaces: readonly string[][],
  options: RankingOptions,
): Promise<WeightedTerm[]> {
  const frequency = await frequencies(question.terms, store, namespaces);
  const unknown = question.terms.filter((term) => !frequency.get(term));
  const corrected =
    options.nearestWordWeight > 0
      ? await correctSpelling(unknown, question.written, store, namespaces)
      : new Map<string, string>();
  const rarest = [...question.terms].sort((a, b) => (frequency.get(a) ?? 0) - (frequency.get(b) ?? 0));
  return rarest.map((term) => {
    const near = corrected.get(term);
    const synonyms = options.synonymWeight > 0 ? synonymsOf(near ?? term) : [];
    return {
      term,
      alternatives: [
        ...(near === undefined ? [] : [{ term: near, weight: options.nearestWordWeight }]),
        ...synonyms.map((other) => ({ term: other, weight: options.synonymWeight, isSynonym: true })),
      ],
    };
  });
}

/** In how many records each term occurs, without asking for any record. */
async function frequencies(terms: readonly string[], store: RankedSearch, namespaces: readonly string[][]) {
  if (terms.length === 0) return new Map<string, number>();
  const { documentFrequency } = await store.candidates({ namespaces, terms, lexicalLimit: 0, denseLimit: 0 });
  return documentFrequency;
}

async function correctSpelling(
  unknown: readonly string[],
  written: ReadonlyMap<string, string>,
  store: RankedSearch,
  namespaces: readonly string[][],
): Promise<Map<string, string>> {
  const doubtful = unknown
    .filter((term) => {
      const word = written.get(term) ?? "";
      return /^\p{L}{3,}$/u.test(word) && !isCommonWord(word);
    })
    .slice(0, mostMended);
  const unswapped = new Map(doubtful.map((term) => [term, swapsUndone(written.get(term) ?? "")]));
  const frequency = await frequencies([...new Set([...unswapped.values()].flat())], store, namespaces);
  const corrected = new Map<string, string>();
  for (const [term, candidates] of unswapped) {
    const best = candidates.reduce<string | undefined>((known, candidate) => {
      const count = frequency.get(candidate) ?? 0;
      return count > 0 && count > (known === undefined ? 0 : (frequency.get(known) ?? 0)) ? candidate : known;
    }, undefined);
    if (best !== undefined) corrected.set(term, best);
  }
  const left = doubtful.filter(
    (term) => !corrected.has(term) && (written.get(term) ?? "").length >= shortestNear,
  );
  if (left.length > 0)
    for (const [term, near] of await store.nearestTerms(left, namespaces)) corrected.set(term, near);
  return corrected;
}

/**
 * Terms of the word with each pair of neighbouring letters swapped. Undone in the word, not in its stem: a swap near the
 * end hides the ending from the stemmer ("runinng").
 */
function swapsUndone(word: string): string[] {
  const letters = [...word];
  if (letters.length < shortestSwap) return [];
  const swaps = letters.slice(1).map((letter, at) => {
    const swapped = [...letters.slice(0, at), letter, letters[at] ?? "", ...letters.slice(at + 2)].join("");
    return swapped === word ? undefined : termOf(swapped);
  });
  return [...new Set(swaps.flatMap((term) => term ?? []))];
}
