import type { MemoryTransaction } from "./backends/memory-store.js";
import { episodeOf } from "./episode.js";
import type { MemoryContext } from "./memory-context.js";
import { withAudience } from "./ownership.js";
import { everyItem } from "./pages.js";
import { memoryId } from "./recalled-memory.js";
import { memoryRecordSchema } from "./record.js";
import { countRefusal } from "./refusal-count.js";
import {
  type DueRecord,
  recordNamespaces,
  type StoreKey,
  type ThreadRecord,
  type TurnRecord,
} from "./turn-record.js";
import { refusalOfTurn } from "./write-gate.js";

/** Every how many turns it is looked whether short-term memory is full: counting costs more than a few episodes too many. */
const LOOK_EVERY = 10;

/**
 * Short-term memory: turns that left working memory lie here as episodes. An episode that is recalled often enough, or
 * an important one that has to make room, becomes due for consolidation. Everything happens in a transaction of the caller's.
 */
export class ShortTermMemory {
  constructor(private readonly context: MemoryContext) {}

  /** Makes episodes of the thread's turns after `episodesUpTo` and up to `upTo`. Empty talk makes none. */
  async overflow(
    transaction: MemoryTransaction,
    thread: ThreadRecord,
    upTo: number,
    justRecalled: readonly StoreKey[] = [],
  ): Promise<void> {
    for (let number = thread.episodesUpTo + 1; number <= upTo; number++) {
      const turn = await this.context.turn(thread.thread, number, transaction);
      if (turn) await this.keep(transaction, thread, turn);
    }
    if (upTo > thread.episodesUpTo && (upTo % LOOK_EVERY === 0 || upTo - thread.episodesUpTo > 1))
      await this.makeRoom(transaction, thread, justRecalled);
  }

  /** Makes an episode of one turn, unless the write gate refuses it. */
  async keep(transaction: MemoryTransaction, thread: ThreadRecord, turn: TurnRecord): Promise<void> {
    // Empty talk and echoes of recollections make no episode.
    const refusal = await refusalOfTurn(turn, [], (place) => this.context.read(place, transaction));
    if (refusal !== null) return countRefusal(transaction, refusal);
    const { namespace, key, value } = episodeOf(turn, this.context.options.self.name, thread.names);
    await transaction.put(namespace, key, value);
  }

  /** Counts what a turn recalled as rehearsed, and marks what is due. */
  async rehearse(transaction: MemoryTransaction, turn: TurnRecord): Promise<void> {
    for (const place of turn.recalled) {
      const record = await this.context.read(place, transaction);
      if (!record) continue;
      const recallCount = record.recallCount + 1;
      await transaction.put(place.namespace, place.key, { ...record, recallCount, lastRecalledAt: turn.at });
      const isDue =
        record.kind === "short" &&
        record.supersededBy === undefined &&
        recallCount >= this.context.rehearsals;
      if (isDue) await this.markDue(transaction, place, "rehearsed");
    }
  }

  /**
   * When short-term memory is full, the oldest episodes leave it: important ones are consolidated, others stay in the
   * transcript only. What waits for consolidation is on its way out already, and what was just recalled stays.
   */
  private async makeRoom(
    transaction: MemoryTransaction,
    thread: ThreadRecord,
    justRecalled: readonly StoreKey[],
  ): Promise<void> {
    const capacity = this.context.options.capacity ?? 200;
    const staying = new Set(justRecalled.map(({ namespace, key }) => memoryId(namespace, key)));
    for await (const { key } of everyItem(transaction, recordNamespaces.due)) staying.add(key);
    const held: { place: StoreKey; at: string; importance: number | undefined }[] = [];
    for await (const { namespace, key, value } of everyItem(
      transaction,
      withAudience(thread.audience, "short"),
    )) {
      if (value.supersededBy !== undefined || staying.has(memoryId(namespace, key))) continue;
      const { at = "", importance } = memoryRecordSchema.parse(value);
      held.push({ place: { namespace, key }, at, importance });
    }
    const tooMany = Math.max(0, held.length - capacity);
    for (const { place, importance } of held
      .sort((one, other) => one.at.localeCompare(other.at))
      .slice(0, tooMany)) {
      if ((importance ?? 0) >= 0.5) await this.markDue(transaction, place, "important");
      else await transaction.delete(place.namespace, place.key);
    }
  }

  private async markDue(
    transaction: MemoryTransaction,
    episode: StoreKey,
    reason: DueRecord["reason"],
  ): Promise<void> {
    const id = memoryId(episode.namespace, episode.key);
    if (await transaction.get([...recordNamespaces.due], id)) return;
    const due: DueRecord = { episode, reason, since: this.context.now(), attempts: 0 };
    await transaction.put([...recordNamespaces.due], id, due, false);
  }
}
