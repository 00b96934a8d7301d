import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import { modelError } from "./model-errors.js";
import { secretsOf } from "./secrets.js";

/** Embeddings by a server whose failures are errors of this package, without keys, headers or texts. */
export class CarefulEmbeddings implements EmbeddingsInterface {
  constructor(
    readonly name: string,
    readonly inner: EmbeddingsInterface,
  ) {}

  embedQuery(text: string): Promise<number[]> {
    return this.inner.embedQuery(text).catch((error) => this.#fail(error));
  }

  embedDocuments(texts: string[]): Promise<number[][]> {
    return this.inner.embedDocuments(texts).catch((error) => this.#fail(error));
  }

  #fail(error: unknown): never {
    throw modelError(error, {
      model: this.name,
      attempts: 1,
      midStream: false,
      secrets: secretsOf(this.inner),
    });
  }
}
