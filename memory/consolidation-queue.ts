import type { MemoryContext, RecordReader } from "./memory-context.js";
import { withAudience } from "./ownership.js";
import { allItems } from "./pages.js";
import { rank } from "./ranking/rank.js";
import { memoryId } from "./recalled-memory.js";
import { type MemoryRecord, memoryRecordSchema } from "./record.js";
import { countRefusal } from "./refusal-count.js";
import { type DueRecord, dueRecordSchema, recordNamespaces, type StoreKey } from "./turn-record.js";
import { type Refusal, refusalOfTurn } from "./write-gate.js";

/** What waits for consolidation, in the store: nothing of it is lost when the process ends. */
export class ConsolidationQueue {
  constructor(private readonly context: MemoryContext) {}

  /** Does work of which only one may run for this character at a time, over all processes. */
  alone<T>(work: () => Promise<T>, waitMs: number): Promise<T> {
    return this.context.store.locks.withLock("consolidation", work, { waitMs });
  }

  /** Episodes that wait for consolidation, oldest first. */
  async due(): Promise<{ key: string; due: DueRecord }[]> {
    const items = await allItems(this.context.store, recordNamespaces.due);
    return items
      .map((item) => ({ key: item.key, due: dueRecordSchema.parse(item.value) }))
      .sort((a, b) => a.due.since.localeCompare(b.due.since) || a.key.localeCompare(b.key));
  }

  /** Reads one memory, or null. */
  read(place: StoreKey): Promise<MemoryRecord | null> {
    return this.context.read(place);
  }

  /**
   * Long-term memories of the same owner that might say the same thing or the opposite, nearest first: those told
   * `before` the record (or nobody knows when), those told `after` it, or both.
   */
  async related(
    record: MemoryRecord,
    when: "before" | "after" | "ever",
    k = 3,
  ): Promise<{ key: string; namespace: string[]; record: MemoryRecord }[]> {
    const namespace = withAudience(record.audience, "long");
    const result = await rank({
      store: this.context.store,
      ...(this.context.options.embeddings && { embeddings: this.context.options.embeddings }),
      namespaces: [namespace],
      queries: [record.content],
      self: this.context.options.self,
      now: this.context.options.clock(),
      k: NEAREST,
      threshold: 0,
    });
    return result.memories
      .map((found) => ({
        key: found.key,
        namespace: found.namespace,
        record: memoryRecordSchema.parse(found.value),
      }))
      .filter((found) => when === "ever" || (when === "after") === isAfter(found.record, record))
      .slice(0, k);
  }

  /** What the write gate says of an episode about to become long-term memory. */
  async gate(episode: MemoryRecord): Promise<Refusal | null> {
    if (episode.source.kind !== "thread") return null;
    const turn = await this.context.turn(episode.source.thread, episode.source.turns[0]);
    if (!turn) return null;
    const existing = (await this.related(episode, "ever", 5)).filter(
      ({ record }) => record.source.kind === "thread",
    );
    const texts = existing.map(({ record }) => record.text);
    return refusalOfTurn(turn, texts, (place) => this.context.read(place));
  }

  /**
   * Stores a consolidated memory, marks its episode and what it supersedes, and clears the due mark: one transaction.
   * With `supersededBy`, the key of a later memory, it is history from the beginning. Where the episode was forgotten, taken back or consolidated meanwhile, nothing is stored and the result is null.
   */
  consolidated(
    due: { key: string; due: DueRecord },
    memory: MemoryRecord,
    supersedes: readonly string[],
    supersededBy: string | null = null,
  ): Promise<string | null> {
    return this.context.transact(async (transaction) => {
      const waiting = await this.waiting(due.key, transaction);
      if (!waiting) return null;
      await transaction.delete([...recordNamespaces.due], due.key);
      const found = await this.context.read(waiting.episode, transaction);
      if (!found) return null;
      const { making: _, ...episode } = found;
      const namespace = withAudience(memory.audience, "long");
      const key = memory.hash;
      const id = memoryId(namespace, key);
      const isLater = supersededBy !== null && supersededBy !== key;
      const later = isLater && (await transaction.get(namespace, supersededBy));
      await transaction.put(namespace, key, {
        ...memory,
        ...(later && { supersededBy: memoryId(namespace, supersededBy) }),
      });
      await transaction.put(waiting.episode.namespace, waiting.episode.key, { ...episode, supersededBy: id });
      for (const older of supersedes) {
        const record = await this.context.read({ namespace, key: older }, transaction);
        if (record && older !== key) await transaction.put(namespace, older, { ...record, supersededBy: id });
      }
      return id;
    });
  }

  /** Lets episodes whose consolidation was given up be tried again: a later opening may have another model. */
  async tryAgain(): Promise<void> {
    const givenUp = (await this.due()).filter(({ due }) => due.attempts > 0);
    if (givenUp.length === 0) return;
    await this.context.transact(async (transaction) => {
      for (const { key } of givenUp) {
        const due = await this.waiting(key, transaction);
        if (due) await transaction.put([...recordNamespaces.due], key, { ...due, attempts: 0 }, false);
      }
    });
  }

  /** Clears a due mark whose episode the gate refused, and counts the refusal. */
  refused({ key }: { key: string }, refusal: Refusal): Promise<void> {
    return this.context.transact(async (transaction) => {
      if (!(await this.waiting(key, transaction))) return;
      await countRefusal(transaction, refusal);
      await transaction.delete([...recordNamespaces.due], key);
    });
  }

  /** Clears a due mark whose episode is gone. */
  async dropDue(key: string): Promise<void> {
    await this.context.store.delete([...recordNamespaces.due], key);
  }

  /** A part of the memory that has been made already; undefined where it has not. */
  async partMade(key: string, part: string): Promise<unknown> {
    return (await this.episodeOf(key, this.context.store))?.record.making?.[part];
  }

  /** Keeps a part of the memory with its episode, which is those people's, until the others are there. */
  keepPart(key: string, part: string, value: unknown): Promise<void> {
    return this.context.transact(async (transaction) => {
      const episode = await this.episodeOf(key, transaction);
      if (!episode) return;
      const { place, record } = episode;
      const making = { ...record.making, [part]: value };
      await transaction.put(place.namespace, place.key, { ...record, making });
    });
  }

  /** Notes that a consolidation failed; it is tried again at the next occasion, three times at most. */
  failed({ key }: { key: string }, reason: string): Promise<void> {
    return this.context.transact(async (transaction) => {
      const due = await this.waiting(key, transaction);
      if (!due) return;
      const failed: DueRecord = { ...due, attempts: due.attempts + 1, lastError: reason.slice(0, 300) };
      await transaction.put([...recordNamespaces.due], key, failed, false);
    });
  }

  /** The episode of a due mark; null where either is gone. */
  private async episodeOf(
    key: string,
    from: RecordReader,
  ): Promise<{ place: StoreKey; record: MemoryRecord } | null> {
    const due = await this.waiting(key, from);
    const record = due && (await this.context.read(due.episode, from));
    return record ? { place: due.episode, record } : null;
  }

  /** A due mark as it is now; null where it was forgotten, taken back or worked off meanwhile. */
  private async waiting(key: string, from: RecordReader): Promise<DueRecord | null> {
    const item = await from.get([...recordNamespaces.due], key);
    return item ? dueRecordSchema.parse(item.value) : null;
  }

  /** How often the write gate refused, by reason. */
  async refusals(): Promise<Partial<Record<Refusal, number>>> {
    const items = await allItems(this.context.store, recordNamespaces.refusals);
    return Object.fromEntries(items.map((item) => [item.key, item.value.count]));
  }
}

/** How many memories of the same owner are looked through for those told before, or after, a record. */
const NEAREST = 100;

/** Whether a memory was told after another. What was told later cannot be outdated by what was told before. */
const isAfter = (memory: MemoryRecord, other: MemoryRecord): boolean =>
  memory.at !== undefined && other.at !== undefined && memory.at > other.at;
