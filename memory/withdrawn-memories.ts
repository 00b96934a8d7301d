import type { MemoryTransaction } from "./backends/memory-store.js";
import { episodeOf } from "./episode.js";
import type { MemoryContext } from "./memory-context.js";
import { storedLabels, withAudience } from "./ownership.js";
import { everyItem } from "./pages.js";
import { memoryId, parseMemoryId } from "./recalled-memory.js";
import { type MemoryRecord, memoryRecordSchema } from "./record.js";
import {
  dueRecordSchema,
  recordNamespaces,
  type StoreKey,
  type ThreadRecord,
  type TurnRecord,
} from "./turn-record.js";

/** What goes from memory when a turn is taken back or edited. Everything happens in a transaction of the caller's. */
export class WithdrawnMemories {
  constructor(private readonly context: MemoryContext) {}

  /** Removes the episode of a turn and the long-term memories made of it; what these had replaced holds again. */
  async withdraw(transaction: MemoryTransaction, record: ThreadRecord, turn: TurnRecord): Promise<void> {
    const episode = episodeOf(turn, this.context.options.self.name, record.names);
    const gone = new Set([memoryId(episode.namespace, episode.key)]);
    await transaction.delete(episode.namespace, episode.key);
    await transaction.delete([...recordNamespaces.due], memoryId(episode.namespace, episode.key));
    for await (const { namespace, key, value } of everyItem(
      transaction,
      withAudience(record.audience, "long"),
    ))
      if (isMadeFrom(memoryRecordSchema.parse(value), turn)) gone.add(memoryId(namespace, key));
    await this.reinstate(transaction, gone, record.audience);
    for (const id of gone) {
      const { namespace, key } = parseMemoryId(id);
      await transaction.delete(namespace, key);
    }
  }

  /** Memories that the removed ones had replaced hold again, unless what replaced them in turn still does. */
  private async reinstate(
    transaction: MemoryTransaction,
    gone: ReadonlySet<string>,
    audience: readonly string[],
  ): Promise<void> {
    const all = new Map<string, MemoryRecord>();
    for (const label of storedLabels(audience))
      for await (const { namespace, key, value } of everyItem(transaction, ["with", label]))
        all.set(memoryId(namespace, key), memoryRecordSchema.parse(value));
    for (const [id, { supersededBy, ...record }] of all) {
      if (supersededBy === undefined || !gone.has(supersededBy) || gone.has(id)) continue;
      let by: string | undefined = supersededBy;
      while (by !== undefined && gone.has(by)) by = all.get(by)?.supersededBy;
      const { namespace, key } = parseMemoryId(id);
      await transaction.put(namespace, key, { ...record, ...(by !== undefined && { supersededBy: by }) });
    }
  }

  /** An episode that was rehearsed only by a turn that is taken back does not wait for consolidation. */
  async unmarkDue(transaction: MemoryTransaction, { namespace, key }: StoreKey): Promise<void> {
    const id = memoryId(namespace, key);
    const due = dueRecordSchema.safeParse((await transaction.get([...recordNamespaces.due], id))?.value);
    if (due.success && due.data.reason === "rehearsed")
      await transaction.delete([...recordNamespaces.due], id);
  }
}

const isMadeFrom = ({ source }: MemoryRecord, { thread, turn }: TurnRecord): boolean =>
  source.kind === "thread" && source.thread === thread && source.turns[0] <= turn && turn <= source.turns[1];
