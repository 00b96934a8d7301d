import type { Connection } from "./connection.js";

/** Facts about the whole store, one a name. */
export type MetaName =
  | "schema"
  /** A random id of the file, so that an index of another file is not taken for its own. */
  | "store"
  | "terms_version"
  | "embedding_model"
  | "embedding_dimensions"
  /** A random id of the present set of vectors: another after the store was embedded again. */
  | "vectors"
  /** The model for which `memory_vectors_next` is being filled. */
  | "reembedding"
  /** SHA-256 of the HNSW file that was saved last. */
  | "graph";

export function readMeta(connection: Connection, name: MetaName): string | undefined {
  return connection.value<string>("SELECT value FROM memory_meta WHERE name = ?", name);
}

/** Sets a fact; null removes it. */
export function writeMeta(connection: Connection, name: MetaName, value: string | null): void {
  if (value === null) connection.sql("DELETE FROM memory_meta WHERE name = ?").run(name);
  else connection.sql("INSERT OR REPLACE INTO memory_meta(name, value) VALUES (?, ?)").run(name, value);
}
