import { stemmer } from "stemmer";
import { mean } from "../../../evals/core/statistics/moments.js";

/**
 * Plain BM25 (Robertson & Zaragoza 2009; k1 1.2, b 0.75) over words, lower case, Porter's stem, no stop words: the
 * usual baseline, written apart from the ranking so that it shares none of its ideas.
 */
export class Bm25 {
  private readonly documents: Map<string, number>[] = [];
  private readonly lengths: number[] = [];
  private readonly frequency = new Map<string, number>();
  private readonly meanLength: number;

  constructor(texts: readonly string[]) {
    for (const text of texts) {
      const words = stems(text);
      const counts = new Map<string, number>();
      for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
      for (const word of counts.keys()) this.frequency.set(word, (this.frequency.get(word) ?? 0) + 1);
      this.documents.push(counts);
      this.lengths.push(words.length);
    }
    this.meanLength = mean(this.lengths);
  }

  /** Indices of all documents, best first; ties in the order given. */
  rank(question: string): number[] {
    const words = new Set(stems(question));
    const scores = this.documents.map((counts, index) => {
      let score = 0;
      for (const word of words) {
        const count = counts.get(word) ?? 0;
        if (count === 0) continue;
        const containing = this.frequency.get(word) ?? 0;
        const idf = Math.log(1 + (this.documents.length - containing + 0.5) / (containing + 0.5));
        const length = (this.lengths[index] ?? 0) / this.meanLength;
        score += (idf * count * 2.2) / (count + 1.2 * (0.25 + 0.75 * length));
      }
      return score;
    });
    return scores.map((_, index) => index).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);
  }
}

const stems = (text: string): string[] =>
  (text.toLowerCase().match(/[a-z0-9]+/g) ?? []).map((word) => stemmer(word));
