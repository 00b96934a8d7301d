import type { BaseStore } from "@langchain/langgraph-checkpoint";
import type { ThreadLock } from "../thread-lock.js";
import type { MemoryTransaction } from "./transaction.js";

/**
 * The lexical capability of a memory store (optional beside LangGraph's BaseStore): everything the ranking needs
 * to know about the records that might answer a question. A store without it is ranked on its own vector search.
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

/** A store that LangGraph accepts and that can rank. */
export type MemoryStore = BaseStore &
  RankedSearch & {
    transact<T>(work: (transaction: MemoryTransaction) => Promise<T>): Promise<T>;
    readonly locks: ThreadLock;
  };

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
