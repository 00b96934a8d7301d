import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import { modelError } from "./model-errors.js";
import { secretsOf } from "./secrets.js";

/** Embeddings under the name of their model, whose failures are errors of this package, without keys, headers or texts. */
export class NamedEmbeddings implements EmbeddingsInterface {
  constructor(
    readonly name: string,
    readonly inner: EmbeddingsInterface,
  ) {}

  async embedQuery(text: string): Promise<number[]> {
    try {
      return await this.inner.embedQuery(text);
    } catch (error) {
      return this.#fail(error);
    }
  }

  async embedDocuments(texts: string[]): Promise<number[][]> {
    try {
      return await this.inner.embedDocuments(texts);
    } catch (error) {
      return this.#fail(error);
    }
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
