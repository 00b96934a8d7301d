import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import type { Item } from "@langchain/langgraph-checkpoint";
import type { Affect } from "../data/character.js";
import type { MemoryStore, MemoryTransaction } from "./backends/memory-store.js";
import type { MoodDynamics } from "./mood.js";
import type { KnownPerson, RankingOptions } from "./ranking/contract.js";
import { type MemoryRecord, memoryRecordSchema } from "./record.js";
import {
  recordNamespaces,
  type StoreKey,
  type TurnRecord,
  turnKey,
  turnRecordSchema,
} from "./turn-record.js";

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
  /** IANA name of the zone in which days begin and end for those who talk. @default the machine's */
  timeZone?: string;
}

/** As much of a store as reads one record: a store, or a transaction in it. */
export interface RecordReader {
  get(namespace: string[], key: string): Promise<Item | null>;
}

/** What every part of a simulacrum's memory works with: the store, the options, the clock. */
export class MemoryContext {
  readonly store: MemoryStore;

  constructor(readonly options: SimulacrumMemoryOptions) {
    this.store = options.store;
  }

  /** How often an episode is recalled before it is consolidated. */
  get rehearsals(): number {
    return this.options.rehearsals ?? 2;
  }

  /** Reads and writes as one unit: nothing comes between, all of it is kept or none. */
  transact<T>(work: (transaction: MemoryTransaction) => Promise<T>): Promise<T> {
    return this.store.transact(work);
  }

  now(): string {
    return this.options.clock().toISOString();
  }

  /** Reads one turn of a thread, or null. */
  async turn(thread: string, number: number, from: RecordReader = this.store): Promise<TurnRecord | null> {
    const item = await from.get(recordNamespaces.turns(thread), turnKey(number));
    return item ? turnRecordSchema.parse(item.value) : null;
  }

  /** Reads one memory, or null. */
  async read({ namespace, key }: StoreKey, from: RecordReader = this.store): Promise<MemoryRecord | null> {
    const item = await from.get(namespace, key);
    return item ? memoryRecordSchema.parse(item.value) : null;
  }
}
