import type { Item } from "@langchain/langgraph-checkpoint";
import { readItem } from "./item-reader.js";
import type { Prepared } from "./prepared.js";
import { asWrite } from "./record-write.js";
import type { RecordWriter } from "./record-writer.js";

/** What can be done inside `SqliteMemoryStore.transact`; reads see what was written before them. */
export class StoreTransaction {
  constructor(
    private readonly prepared: Prepared,
    private readonly writer: RecordWriter,
    private readonly now: Date,
  ) {}

  /** The item under a key, or null. */
  get(namespace: string[], key: string): Item | null {
    return readItem(this.prepared, namespace, key);
  }

  /** @throws InvalidNamespaceError */
  put(namespace: string[], key: string, value: Record<string, unknown>, index?: false): void {
    this.writer.apply([asWrite({ namespace, key, value, ...(index === false ? { index } : {}) })], this.now);
  }

  delete(namespace: string[], key: string): void {
    this.writer.apply([asWrite({ namespace, key, value: null })], this.now);
  }
}
