import type { Candidate } from "../backends/memory-store.js";

/** A question's word and the words that may stand for it. */
export interface WeightedTerm {
  term: string;
  /** Other terms that count as this one, at less than full weight (a synonym, the nearest known word). */
  alternatives: readonly { term: string; weight: number; isSynonym?: boolean }[];
}

/** Weight of a neighbouring turn's words, by its offset in the conversation: an answer often leaves out what was asked. */
const neighbourWeights = new Map([
  [-3, 0.2],
  [-2, 0.4],
  [-1, 0.5],
  [1, 0.3],
  [2, 0.2],
  [3, 0.1],
]);

/** Saturation of term frequency, BM25's k1; no length term, for turns are short and their length says little. */
const saturationPoint = 0.6;
const saturated = (frequency: number): number =>
  (frequency * (1 + saturationPoint)) / (frequency + saturationPoint);

/** Inverse document frequency as in BM25 (Robertson & Zaragoza 2009), never below 0; an unseen word counts in full. */
export function inverseDocumentFrequency(frequency: number, documents: number): number {
  return Math.log(1 + (documents - frequency + 0.5) / (frequency + 0.5));
}

/** How often each asked term stands in the record's own text. */
export const ownFrequencies = (candidate: Candidate, asked: ReadonlySet<string>): Map<string, number> =>
  countTerms(candidate.terms, asked, 1, new Map());

/** Adds the neighbouring turns' terms, at their weight, to a record's own frequencies. */
export function addNeighbours(
  frequencies: Map<string, number>,
  candidate: Candidate,
  asked: ReadonlySet<string>,
): void {
  for (const { offset, terms } of candidate.neighbours) {
    const weight = neighbourWeights.get(offset);
    if (weight !== undefined) countTerms(terms, asked, weight, frequencies);
  }
}

function countTerms(
  terms: readonly string[],
  asked: ReadonlySet<string>,
  weight: number,
  into: Map<string, number>,
) {
  const counts = countsOf(terms);
  for (const term of asked) {
    const count = counts.get(term);
    if (count !== undefined) into.set(term, (into.get(term) ?? 0) + weight * count);
  }
  return into;
}

const counted = new WeakMap<readonly string[], ReadonlyMap<string, number>>();

/** How often each term stands in a list; a store that gives the same list again has it counted once. */
function countsOf(terms: readonly string[]): ReadonlyMap<string, number> {
  const known = counted.get(terms);
  if (known) return known;
  const counts = new Map<string, number>();
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  counted.set(terms, counts);
  return counts;
}

/** How much more a word weighs, where evidence is asked for, that no memory holds. */
const neverHeard = 1.3;
/** Synonyms lead to a memory, but a sister is no evidence for a brother: there they count less again. */
const synonymEvidence = 0.5;

/** The words of one question, weighed by how telling they are in this store. */
export class LexicalQuestion {
  readonly asked: ReadonlySet<string>;
  private readonly weighed: readonly {
    term: string;
    idf: number;
    ways: readonly { term: string; value: number; evidence: number }[];
  }[];
  /** Idf of the question's rarest words (at most `rarest`): what a perfect match could find. */
  private readonly whole: number;
  /** The same for evidence, to which a word that was never heard is missing more than one that stands elsewhere. */
  private readonly wanted: number;

  constructor(
    terms: readonly WeightedTerm[],
    documents: number,
    frequency: ReadonlyMap<string, number>,
    rarest = 6,
  ) {
    const idf = (term: string) => inverseDocumentFrequency(frequency.get(term) ?? 0, documents);
    this.asked = new Set(
      terms.flatMap(({ term, alternatives }) => [term, ...alternatives.map((other) => other.term)]),
    );
    this.weighed = terms.map(({ term, alternatives }) => ({
      term,
      idf: idf(term),
      ways: [
        { term, value: idf(term), evidence: idf(term) },
        ...alternatives.map((other) => {
          // A frequent word standing in for a rare one tells no more than it does itself.
          const value = other.weight * Math.min(idf(term), idf(other.term));
          return { term: other.term, value, evidence: value * (other.isSynonym ? synonymEvidence : 1) };
        }),
      ],
    }));
    const sumOfRarest = (values: readonly number[]) =>
      [...values]
        .sort((a, b) => b - a)
        .slice(0, rarest)
        .reduce((sum, value) => sum + value, 0);
    this.whole = sumOfRarest(this.weighed.map((word) => word.idf));
    this.wanted = sumOfRarest(
      this.weighed.map((word) => (frequency.get(word.term) ? word.idf : neverHeard * word.idf)),
    );
  }

  /** Saturated, idf-weighted match divided by the question's idf: [0, 1.6], comparable between questions. */
  score(frequencies: ReadonlyMap<string, number>): number {
    return this.whole === 0
      ? 0
      : this.found(frequencies, ({ value }, frequency) => value * saturated(frequency)) / this.whole;
  }

  /** Share of the question's idf that is found, each word at most once: [0, 1]. */
  support(frequencies: ReadonlyMap<string, number>): number {
    if (this.wanted === 0) return 0;
    const found = this.found(frequencies, ({ evidence }, frequency) => evidence * Math.min(1, frequency));
    return Math.min(1, found / this.wanted);
  }

  private found(
    frequencies: ReadonlyMap<string, number>,
    worth: (way: { value: number; evidence: number }, frequency: number) => number,
  ): number {
    let sum = 0;
    for (const { ways } of this.weighed) {
      let best = 0;
      for (const way of ways) {
        const frequency = frequencies.get(way.term);
        if (frequency !== undefined) best = Math.max(best, worth(way, frequency));
      }
      sum += best;
    }
    return sum;
  }
}
