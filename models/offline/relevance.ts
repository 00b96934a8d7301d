import type { Sentence } from "./read-prompt.js";
import { contentStems, kinStems } from "./words.js";

/** A sentence with its score for a question; `support` is the share of the question's weight that it holds, 0-1. */
export interface Scored {
  sentence: Sentence;
  score: number;
  support: number;
}

/** Beginnings that need the sentence before them. */
const leansBack =
  /^(?:she|he|they|it|this|that|these|those|but|and|so|then|there|his|her|their|its|nor|or|yet|which)\b/i;

/** Whether a sentence ends or begins inside another's words. */
const halfQuoted = (text: string): boolean =>
  (text.match(/"/g)?.length ?? 0) % 2 === 1 || text.split("“").length !== text.split("”").length;

/** How much a sentence is the person's own: "I" before facts, facts before "my", "my" before others' doings and words. */
function nearness({ text, firstPerson, labelled }: Sentence): number {
  if (/^["“‘]/.test(text) || !firstPerson) return -0.4;
  if (labelled) return 0.2;
  return /\bI\b/.test(text) ? 0.25 : 0.1;
}

/** Scores sentences by the rarity, within the prompt, of the words they share with a question. */
export class Relevance {
  readonly #sentences: readonly Sentence[];
  readonly #frequency = new Map<string, number>();

  constructor(sentences: readonly Sentence[]) {
    this.#sentences = sentences;
    for (const { stems } of sentences) {
      for (const stem of new Set(stems)) this.#frequency.set(stem, (this.#frequency.get(stem) ?? 0) + 1);
    }
  }

  /** Inverse document frequency (as in BM25) over the prompt's sentences. */
  weight(stem: string): number {
    const held = this.#frequency.get(stem) ?? 0;
    return Math.log(1 + (this.#sentences.length - held + 0.5) / (held + 0.5));
  }

  /** Share of the words' weight found in the given stems; a kindred word counts half. */
  share(asked: readonly string[], stems: ReadonlySet<string>): number {
    let whole = 0;
    let found = 0;
    for (const stem of new Set(asked)) {
      const weight = this.weight(stem);
      whole += weight;
      if (stems.has(stem)) found += weight;
      else if ([...kinStems(stem)].some((kin) => stems.has(kin))) found += weight * 0.45;
    }
    return whole === 0 ? 0 : found / whole;
  }

  /**
   * Sentences by score, best first. A sentence also gains a little from its neighbours in the paragraph.
   * @param prefersI first-person sentences before others
   */
  rank(question: string, options: { prefersI: boolean; also?: string }): Scored[] {
    const asked = contentStems(question);
    const also = options.also ? contentStems(options.also) : [];
    const own = this.#sentences.map(({ stems }) => {
      const set = new Set(stems);
      return this.share(asked, set) + 0.3 * this.share(also, set);
    });
    return this.#sentences
      .map((sentence, index) => {
        const previous = this.#sentences[index - 1];
        const next = this.#sentences[index + 1];
        const around =
          (previous?.paragraph === sentence.paragraph ? (own[index - 1] ?? 0) : 0) * 0.25 +
          (next?.paragraph === sentence.paragraph ? (own[index + 1] ?? 0) : 0) * 0.15;
        const support = own[index] ?? 0;
        const personal = !options.prefersI || support === 0 ? 0 : nearness(sentence);
        const leaning = leansBack.test(sentence.text) ? 0.35 : 0;
        const tooLong = Math.max(0, sentence.text.length - 220) / 1000;
        const cut = halfQuoted(sentence.text) ? 0.3 : 0;
        return { sentence, support, score: support + around + personal - leaning - tooLong - cut };
      })
      .sort((a, b) => b.score - a.score);
  }
}
