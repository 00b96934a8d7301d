import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import type { PutOperation } from "@langchain/langgraph-checkpoint";
import type { Affect } from "../data/character.js";
import type { MemoryStore } from "./backends/memory-store.js";
import type { NamedLocks } from "./backends/named-locks.js";
import type { MoodDynamics } from "./mood.js";
import type { KnownPerson, RankingOptions } from "./ranking/contract.js";
import { type MemoryRecord, memoryRecordSchema } from "./record.js";

export interface SimulacrumMemoryOptions {
  store: MemoryStore;
  self: KnownPerson & { name: string };
  /** The same model as the store's. */
  embeddings?: EmbeddingsInterface;
  baseline: Affect;
  dynamics?: MoodDynamics;
  /** Support below which nothing counts as relevant (memory/ranking/calibrate.ts). */
  threshold?: number;
  /**
   * Awaited before the life story is first read; what it gives takes the place of `threshold`. So a method that recalls
   * nothing by itself embeds nothing until somebody asks.
   */
  prepare?: () => Promise<number | undefined>;
  ranking?: Partial<RankingOptions>;
  /** How often an episode is recalled before it is consolidated. @default 2 */
  rehearsals?: number;
  /** Episodes of one owner that short-term memory holds; an important one that must go is consolidated. @default 200 */
  capacity?: number;
  /** Why there is no memory to recall from: asking it is refused with these words. @default there is one */
  noMemory?: string;
  clock: () => Date;
}

/** A limit for listings that want everything. */
export const ALL = 1_000_000;

/** What every part of a simulacrum's memory works with: the store, its lock, the options, the clock. */
export class MemoryContext {
  readonly store: MemoryStore;
  readonly lock: NamedLocks;

  constructor(readonly options: SimulacrumMemoryOptions) {
    this.store = options.store;
    this.lock = options.store.locks;
  }

  /** How often an episode is recalled before it is consolidated. */
  get rehearsals(): number {
    return this.options.rehearsals ?? 2;
  }

  /**
   * Does work that reads and then writes: one at a time for a character, over all runs and processes, so that nothing
   * comes between its reading and its writing. Not to be nested. `signal` ends the waiting.
   */
  writing<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    return this.lock.withLock("writing", work, { ...(signal && { signal }) });
  }

  now(): string {
    return this.options.clock().toISOString();
  }

  /** Reads one memory, or null. */
  async read(place: { namespace: string[]; key: string }): Promise<MemoryRecord | null> {
    const item = await this.store.get(place.namespace, place.key);
    return item ? memoryRecordSchema.parse(item.value) : null;
  }
}

/** An operation that stores a value; `index: false` keeps it out of search. */
export function put(
  namespace: string[],
  key: string,
  value: Record<string, unknown>,
  index?: false,
): PutOperation {
  return { namespace, key, value, ...(index === false && { index }) };
}

/** An operation that removes a value. */
export function remove(namespace: string[], key: string): PutOperation {
  return { namespace, key, value: null };
}
