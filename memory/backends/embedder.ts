import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import { SimulacraError } from "../../data/errors.js";
import { modelError } from "../../models/model-errors.js";
import { secretsOf } from "../../models/secrets.js";
import { unitVector } from "./unit-vector.js";

/** Characters of a text that are embedded: what fits every usual model. All of it is found by words. */
const embeddedCharacters = 8_000;

/** Whether embeddings of this name are hashed word vectors: `lexical`, or the class's name. */
export const isHashedModel = (model: string): boolean => /^(lexical|hash)/i.test(model);

/** An embedding model under the name by which a store records it. */
export class Embedder {
  readonly model: string;

  constructor(
    private readonly embeddings: EmbeddingsInterface,
    model?: string,
  ) {
    this.model = model ?? nameOf(embeddings);
  }

  /** True for hashed word vectors, whose neighbourhoods are harder to search. */
  get isHashed(): boolean {
    return isHashedModel(this.model);
  }

  /**
   * Vectors of length 1 for texts, in their order.
   * @throws SimulacraError model_failed; errors of this package pass unchanged
   */
  async documents(texts: readonly string[]): Promise<Float32Array[]> {
    if (texts.length === 0) return [];
    const given = await this.asking(() =>
      this.embeddings.embedDocuments(texts.map((text) => text.slice(0, embeddedCharacters))),
    );
    if (given.length !== texts.length)
      throw this.failed(`gave ${given.length} vectors for ${texts.length} texts`);
    const vectors = given.map((vector) => this.usable(vector));
    const sizes = new Set(vectors.map((vector) => vector.length));
    if (sizes.size > 1) throw this.failed("gave vectors of different sizes");
    return vectors;
  }

  /**
   * Vector of length 1 for a question.
   * @throws SimulacraError model_failed; errors of this package pass unchanged
   */
  async question(text: string): Promise<Float32Array> {
    return this.usable(
      await this.asking(() => this.embeddings.embedQuery(text.slice(0, embeddedCharacters))),
    );
  }

  private usable(vector: readonly number[]): Float32Array {
    const unit = unitVector(vector);
    if (unit === null || unit.length === 0) throw this.failed("gave a vector without usable numbers");
    return unit;
  }

  private async asking<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof SimulacraError) throw error;
      const { model, embeddings } = this;
      const secrets = secretsOf(embeddings);
      throw this.failed("failed", modelError(error, { model, attempts: 1, midStream: false, secrets }));
    }
  }

  private failed(how: string, cause?: unknown): SimulacraError {
    return new SimulacraError(
      "model_failed",
      `The embedding model ${this.model} ${how}. Memories are kept and found by words; they are embedded once it works again.`,
      "model",
      { model: this.model },
      { cause },
    );
  }
}

function nameOf(embeddings: EmbeddingsInterface): string {
  const named = embeddings as { id?: unknown; model?: unknown; modelName?: unknown };
  const name = [named.id, named.model, named.modelName].find(
    (value) => typeof value === "string" && value !== "",
  );
  return typeof name === "string" ? name : embeddings.constructor.name;
}

/** The embedding model of a store's vectors; undefined while it has none. */
export interface EmbeddingSpace {
  model: string;
  dimensions: number;
}

/** @throws SimulacraError embedding_mismatch where the model or the size of its vectors is another */
export function checkSpace(stored: EmbeddingSpace | undefined, used: Partial<EmbeddingSpace>): void {
  if (stored === undefined) return;
  const sameModel = used.model === undefined || used.model === stored.model;
  const sameSize = used.dimensions === undefined || used.dimensions === stored.dimensions;
  if (sameModel && sameSize) return;
  const name = (space: Partial<EmbeddingSpace>) =>
    [space.model, space.dimensions === undefined ? undefined : `${space.dimensions} dimensions`]
      .filter((part) => part !== undefined)
      .join(", ");
  throw new SimulacraError(
    "embedding_mismatch",
    `The memory was embedded with ${name(stored)}, but is used with ${name(used)}; their vectors cannot be compared. Use the embedding model it was made with, or open it with reembed: true to embed it again.`,
    "user",
    {
      storedModel: stored.model,
      storedDimensions: stored.dimensions,
      usedModel: used.model,
      usedDimensions: used.dimensions,
    },
  );
}
