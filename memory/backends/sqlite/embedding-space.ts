import { randomUUID } from "node:crypto";
import { checkSpace, type EmbeddingSpace } from "../embedder.js";
import type { Connection } from "./connection.js";
import { readMeta, writeMeta } from "./meta.js";

export function readSpace(connection: Connection): EmbeddingSpace | undefined {
  const model = readMeta(connection, "embedding_model");
  const dimensions = readMeta(connection, "embedding_dimensions");
  return model === undefined || dimensions === undefined
    ? undefined
    : { model, dimensions: Number(dimensions) };
}

/**
 * Records the model of the first vectors, or makes sure that new ones are of the same. Inside the transaction that
 * writes them: another process may have embedded the store again since it was opened.
 * @throws SimulacraError embedding_mismatch
 */
export function claimSpace(connection: Connection, space: EmbeddingSpace): void {
  const stored = readSpace(connection);
  if (stored === undefined) setSpace(connection, space);
  else checkSpace(stored, space);
}

/** Makes a set of vectors of one model the store's. */
export function setSpace(connection: Connection, { model, dimensions }: EmbeddingSpace): void {
  writeMeta(connection, "embedding_model", model);
  writeMeta(connection, "embedding_dimensions", String(dimensions));
  writeMeta(connection, "vectors", randomUUID());
}

/** Forgets the model of a store that has no vectors. */
export function clearSpace(connection: Connection): void {
  writeMeta(connection, "embedding_model", null);
  writeMeta(connection, "embedding_dimensions", null);
  writeMeta(connection, "vectors", null);
}
