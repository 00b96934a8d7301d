import type { EmbeddingsInterface } from "@langchain/core/embeddings";

/** How a store in one SQLite file is opened. */
export interface SqliteMemoryStoreOptions {
  /** File of the store, made where it is missing; ":memory:" for one that ends with the process. */
  path: string;
  /** Embeds texts and questions. Without it the store is searched by words, and by vectors that a caller brings. */
  embeddings?: EmbeddingsInterface;
  /** Id of the embedding model, recorded in the file. @default the embeddings' `id` or `model`, else their class name */
  embeddingModel?: string;
  /** Replace the vectors of another embedding model by new ones; continues where it was cut short. @default false */
  reembed?: boolean;
  /** Told how far embedding again has come. */
  onProgress?: (done: number, total: number) => void;
  /** Source of createdAt and updatedAt. @default () => new Date() */
  clock?: () => Date;
  /** Below this many vectors in the searched namespaces all are compared; above, an HNSW index is. @default 20000 */
  exactBelow?: number;
  /** Width of the HNSW search: more finds more, slower. @default 100; 200 for hashed vectors */
  ef?: number;
}

export const defaultExactBelow = 20_000;
export const defaultEf = 100;
export const hashedEf = 200;
