import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import { SimulacraError } from "../../data/errors.js";
import { unitVector } from "./unit-vector.js";

/** An embedding model with the name under which a store records it. */
export class Embedder {
  readonly model: string;

  constructor(
    private readonly embeddings: EmbeddingsInterface,
    model?: string,
  ) {
    this.model = model ?? nameOf(embeddings);
  }

  /**
   * Vectors of length 1 for texts; null where the model failed or gave no usable numbers.
   * @throws SimulacraError embedding_mismatch where their size differs from the store's
   */
  async documents(texts: readonly string[], dimensions: number | undefined): Promise<Float32Array[] | null> {
    if (texts.length === 0) return [];
    let given: number[][];
    try {
      given = await this.embeddings.embedDocuments([...texts]);
    } catch {
      return null;
    }
    if (given.length !== texts.length) return null;
    const vectors: Float32Array[] = [];
    for (const vector of given) {
      const unit = unitVector(vector);
      if (unit === null || unit.length === 0) return null;
      checkDimensions(unit.length, dimensions, this.model);
      vectors.push(unit);
    }
    return vectors;
  }

  /** Vector of length 1 for a question; null where the model failed. */
  async question(text: string): Promise<Float32Array | null> {
    try {
      return unitVector(await this.embeddings.embedQuery(text));
    } catch {
      return null;
    }
  }
}

/** @throws SimulacraError embedding_mismatch where the sizes differ */
export function checkDimensions(found: number, stored: number | undefined, model: string): void {
  if (stored === undefined || found === stored) return;
  throw new SimulacraError(
    "embedding_mismatch",
    `The store holds vectors of ${stored} dimensions, but got one of ${found} (${model}). Use the embedding model that the store was made with, or open it with reembed: true.`,
    "user",
    { stored, found, model },
  );
}

function nameOf(embeddings: EmbeddingsInterface): string {
  const named = embeddings as { model?: unknown; modelName?: unknown };
  if (typeof named.model === "string") return named.model;
  if (typeof named.modelName === "string") return named.modelName;
  return embeddings.constructor.name;
}
