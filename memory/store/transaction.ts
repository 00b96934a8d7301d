import type { BaseStore, Item, Operation, PutOperation, SearchItem } from "@langchain/langgraph-checkpoint";

/** What can be done inside `transact`: reads see what was written before them. */
export interface MemoryTransaction {
  get(namespace: string[], key: string): Promise<Item | null>;
  put(namespace: string[], key: string, value: Record<string, unknown>, index?: false): void;
  delete(namespace: string[], key: string): void;
  search(prefix: string[], options?: { limit?: number; offset?: number }): Promise<SearchItem[]>;
}

const queues = new WeakMap<object, Promise<unknown>>();
export async function bufferedTransaction<T>(
  store: BaseStore,
  work: (transaction: MemoryTransaction) => Promise<T>,
): Promise<T> {
  const run = async () => {
    const writes = new Map<string, PutOperation>();
    const place = (namespace: string[], key: string) => JSON.stringify([namespace, key]);
    const asItem = (write: PutOperation): Item => ({
      namespace: write.namespace,
      key: write.key,
      value: write.value ?? {},
      createdAt: new Date(),
      updatedAt: new Date(),
    });
    const result = await work({
      async get(namespace, key) {
        const write = writes.get(place(namespace, key));
        if (write) return write.value === null ? null : asItem(write);
        return store.get(namespace, key);
      },
      put(namespace, key, value, index) {
        writes.set(place(namespace, key), { namespace, key, value, ...(index === false && { index }) });
      },
      delete(namespace, key) {
        writes.set(place(namespace, key), { namespace, key, value: null });
      },
      async search(prefix, { limit = 1_000_000, offset = 0 } = {}) {
        const found = (await store.search(prefix, { limit: 1_000_000 })).filter(
          (item) => !writes.has(place(item.namespace, item.key)),
        );
        for (const write of writes.values())
          if (write.value !== null && prefix.every((label, index) => write.namespace[index] === label))
            found.push(asItem(write));
        return found.slice(offset, offset + limit);
      },
    });
    if (writes.size > 0) await store.batch([...writes.values()] as Operation[]);
    return result;
  };
  const before = queues.get(store) ?? Promise.resolve();
  const mine = before.then(run, run);
  queues.set(
    store,
    mine.catch(() => undefined),
  );
  return mine;
}
