import type { BaseStore, Item, SearchItem } from "@langchain/langgraph-checkpoint";
import type { NamedLocks } from "./named-locks.js";

/**
 * What a memory lives in: LangGraph's store, ranked search, transactions, named locks, layers. Every capability is in
 * the type, and `storeConformance` tests every one of them.
 *
 * `search` without a query lists by namespace and key, so that its pages (`limit`, `offset`) fit together; the reads of
 * a `batch` see the store as it was before the batch's writes, which are written all or none.
 */
export interface MemoryStore extends BaseStore, RankedSearch {
  /**
   * Reads and writes as one unit that no other run or process can come between: all of it is kept or, where `work`
   * throws, nothing. Everything else that uses the store waits meanwhile, so `work` does nothing but read and write
   * through `transaction`: no model calls, no waiting for anything else, no other method of this store.
   *
   * What it puts is embedded right after it was committed; where the embedding model fails the words are kept.
   */
  transact<T>(work: (transaction: MemoryTransaction) => Promise<T>): Promise<T>;
  /** Named locks between runs and processes, for where waiting is wanted: a thread's turns, one consolidation at a time. */
  readonly locks: NamedLocks;
  /** A store that reads through to this one, writes to itself, and ends (`stop`) without a trace. */
  layer(options?: { clock?: () => Date }): MemoryStore;
  /** Gives vectors to what was stored while the embedding model was missing or failed. */
  embedPending(): Promise<PendingReport>;
  /** Leaves no bytes of what was deleted. */
  purge(): Promise<void>;
  /** Lets go of files and timers; the store cannot be used afterwards. A second call does nothing. */
  stop(): Promise<void>;
}

/** What can be done inside `transact`. Reads see what the same transaction wrote before. */
export interface MemoryTransaction {
  /** The item under a key, or null. */
  get(namespace: string[], key: string): Promise<Item | null>;
  /** @throws InvalidNamespaceError */
  put(namespace: string[], key: string, value: Record<string, unknown>, index?: false): Promise<void>;
  delete(namespace: string[], key: string): Promise<void>;
  /** Items under a namespace prefix, by namespace and key. @default limit 10, as LangGraph's search */
  search(prefix: string[], page?: { limit?: number; offset?: number }): Promise<SearchItem[]>;
}

/** What became of the records that had no vector. */
export interface PendingReport {
  embedded: number;
  /** Still without vector: the model failed, or there is none. */
  waiting: number;
}

/**
 * Everything the ranking needs to know about the records that might answer a question.
 *
 * Records take part when their value has a `text` string; `denseText`, `conversation`, `position`, `speaker`
 * and `supersededBy` are read where present (see memory/record.ts).
 */
export interface RankedSearch {
  /** Best records of the given namespaces, by words and by meaning, with what is needed to score them again. */
  candidates(request: CandidateRequest): Promise<CandidateSet>;
  /**
   * For each word that the store has never seen, the nearest one that it has (small edit distance), for typing errors.
   * Words that are known, or have no near one, are absent.
   */
  nearestTerms(terms: readonly string[], namespaces: readonly string[][]): Promise<Map<string, string>>;
}

export interface CandidateRequest {
  /** Exact namespace prefixes, compared label by label. */
  namespaces: readonly string[][];
  /** Normalised terms (memory/ranking/terms.ts), most telling first. */
  terms: readonly string[];
  /** Vector of the question, of the store's embedding model; without it only words count. */
  vector?: readonly number[];
  /** How many by words and how many by meaning. @default 200 and 100 */
  lexicalLimit?: number;
  denseLimit?: number;
  /**
   * Also records by when they were told (`at` in the value): those within any of the spans (all that know it where none
   * are given), the first or the last ones, at most so many.
   */
  told?: {
    /** From and up to (not including) moments in milliseconds. */
    spans?: readonly { from: number; to: number }[];
    order: "first" | "last";
    limit: number;
  };
  /** Whether superseded records take part. @default false */
  superseded?: boolean;
}

export interface Candidate {
  namespace: string[];
  key: string;
  value: Record<string, unknown>;
  createdAt: Date;
  updatedAt: Date;
  /** Normalised terms of the record's own text, in order, with repeats. */
  terms: readonly string[];
  /** Cosine to the question in [-1, 1]; unknown where the record has no vector yet. */
  cosine?: number;
  /** Records of the same conversation at position + offset, offset in -3..-1 and 1..2. */
  neighbours: readonly { offset: number; terms: readonly string[]; cosine?: number }[];
}

export interface CandidateSet {
  candidates: Candidate[];
  /** How many indexed records the namespaces hold, superseded ones included. */
  documents: number;
  /** In how many of them each asked term occurs (0 where in none). */
  documentFrequency: ReadonlyMap<string, number>;
  /** Mean cosine of all records (or of a fixed sample of them) to the question: the zero of the dense scale. */
  meanCosine?: number;
}
