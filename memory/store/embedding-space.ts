import { randomUUID } from "node:crypto";
import { SimulacraError } from "../../data/errors.js";
import type { Prepared } from "./prepared.js";
import { readMeta, writeMeta } from "./schema.js";

/** The embedding model of a store's vectors; undefined while it has none. */
export interface EmbeddingSpace {
  model: string;
  dimensions: number;
}

export function readSpace(prepared: Prepared): EmbeddingSpace | undefined {
  const model = readMeta(prepared, "embedding_model");
  const dimensions = readMeta(prepared, "embedding_dimensions");
  return model === undefined || dimensions === undefined
    ? undefined
    : { model, dimensions: Number(dimensions) };
}

/**
 * Records the model of the first vectors, or makes sure that new ones are of the same. Inside the transaction that
 * writes them: another process may have embedded the store anew since it was opened.
 * @throws SimulacraError embedding_mismatch
 */
export function claimSpace(prepared: Prepared, space: EmbeddingSpace): void {
  const stored = readSpace(prepared);
  if (stored === undefined) setSpace(prepared, space);
  else checkSpace(stored, space);
}

/** Makes a set of vectors of one model the store's. */
export function setSpace(prepared: Prepared, { model, dimensions }: EmbeddingSpace): void {
  writeMeta(prepared, "embedding_model", model);
  writeMeta(prepared, "embedding_dimensions", String(dimensions));
  writeMeta(prepared, "vectors", randomUUID());
}

/** Forgets the model of a store that has no vectors. */
export function clearSpace(prepared: Prepared): void {
  writeMeta(prepared, "embedding_model", null);
  writeMeta(prepared, "embedding_dimensions", null);
  writeMeta(prepared, "vectors", null);
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
    `The memory was embedded with ${name(stored)}, but is used with ${name(used)}; their vectors cannot be compared. Use the embedding model it was made with, or open it with reembed: true to embed it anew.`,
    "user",
    {
      storedModel: stored.model,
      storedDimensions: stored.dimensions,
      usedModel: used.model,
      usedDimensions: used.dimensions,
    },
  );
}
