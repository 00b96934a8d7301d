import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import { Bm25 } from "./bm25.js";
import type { Conversation } from "./locomo.js";

/** Constant of reciprocal rank fusion (Cormack, Clarke & Büttcher 2009). */
const fusionConstant = 60;
const k = 20;

/** What one builds first: BM25 over "Speaker: text", and its rank fusion with the encoder's cosine to the same. */
export class RecallBaselines {
  private constructor(
    private readonly ids: readonly string[],
    private readonly words: Bm25,
    private readonly vectors: readonly number[][] | undefined,
  ) {}

  static async of(
    conversation: Conversation,
    encoder: EmbeddingsInterface | undefined,
  ): Promise<RecallBaselines> {
    const texts = conversation.turns.map(({ speaker, text }) => `${speaker}: ${text}`);
    const ids = conversation.turns.map((turn) => turn.id);
    return new RecallBaselines(ids, new Bm25(texts), await encoder?.embedDocuments(texts));
  }

  bm25(question: string): string[] {
    return this.named(this.words.rank(question).slice(0, k));
  }

  /** Undefined without an encoder. */
  naive(question: string, vector: readonly number[]): string[] | undefined {
    if (!this.vectors) return undefined;
    const cosines = this.vectors.map((other) => dot(other, vector));
    const byMeaning = cosines
      .map((_, index) => index)
      .sort((a, b) => (cosines[b] ?? 0) - (cosines[a] ?? 0) || a - b);
    const fused = new Array<number>(this.ids.length).fill(0);
    for (const order of [this.words.rank(question), byMeaning]) {
      for (const [place, index] of order.entries())
        fused[index] = (fused[index] ?? 0) + 1 / (fusionConstant + place + 1);
    }
    const best = fused.map((_, index) => index).sort((a, b) => (fused[b] ?? 0) - (fused[a] ?? 0) || a - b);
    return this.named(best.slice(0, k));
  }

  private named(indices: readonly number[]): string[] {
    return indices.map((index) => this.ids[index] ?? "");
  }
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
