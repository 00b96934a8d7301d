import { Embeddings, type EmbeddingsInterface } from "@langchain/core/embeddings";

/** Embeddings that never compute the same text twice; kept in memory for the length of a benchmark. */
export class RememberingEmbeddings extends Embeddings {
  private readonly known = new Map<string, number[]>();

  constructor(private readonly inner: EmbeddingsInterface) {
    super({});
  }

  override async embedDocuments(texts: string[]): Promise<number[][]> {
    const missing = [...new Set(texts.filter((text) => !this.known.has(text)))];
    const vectors = missing.length > 0 ? await this.inner.embedDocuments(missing) : [];
    for (const [index, text] of missing.entries()) this.known.set(text, vectors[index] ?? []);
    return texts.map((text) => this.known.get(text) ?? []);
  }

  override async embedQuery(text: string): Promise<number[]> {
    const known = this.known.get(text);
    if (known) return known;
    const vector = await this.inner.embedQuery(text);
    this.known.set(text, vector);
    return vector;
  }
}
