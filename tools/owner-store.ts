import {
  BaseStore,
  type Item,
  type ListNamespacesOperation,
  type Operation,
  type OperationResults,
  type SearchItem,
  type SearchOperation,
} from "@langchain/langgraph-checkpoint";
import { SimulacraError } from "../data/errors.js";
import { bestFirst, inListingOrder, listNamespaces, startsWith } from "../memory/backends/namespace.js";
import { LIFE, mayRecall } from "../memory/ownership.js";
import { memoryRecordSchema } from "../memory/record.js";
import type { SimulacrumMemory } from "../memory/simulacrum-memory.js";
import { type Owner, peoplePresent } from "./tool-options.js";

export interface OwnerStoreOptions {
  /** Id of the interlocutor, or of everyone present. @default nobody: the life story only */
  owner?: Owner;
}

/** A memory with its store. */
export type StoredMemory = Pick<SimulacrumMemory, "store" | "namespacesBefore" | "ready">;

const everything = Number.MAX_SAFE_INTEGER;

/**
 * A simulacrum's memory as a LangGraph store, to look at: `["life"]`, and `["with", …]` as far as everyone present was
 * there. Nothing else in the store is to be seen (other people's confidences, transcripts, moods), neither by get nor
 * by search nor by listing. It cannot be written: memories are made by turns, which know whose they are.
 */
export class OwnerStore extends BaseStore {
  private readonly present: readonly string[];

  /** @throws SimulacraError `invalid_option` for an empty owner */
  constructor(
    private readonly memory: StoredMemory,
    options: OwnerStoreOptions = {},
  ) {
    super();
    this.present = peoplePresent(options.owner);
  }

  /** @throws SimulacraError `invalid_input` for a write; and what the store throws */
  override async batch<Op extends Operation[]>(operations: Op): Promise<OperationResults<Op>> {
    if (operations.some((operation) => "value" in operation)) throw readOnly();
    await this.memory.ready();
    const open = [[...LIFE], ...(await this.memory.namespacesBefore(this.present))];
    const results: unknown[] = [];
    for (const operation of operations) {
      if ("namespacePrefix" in operation) results.push(await this.searchIn(open, operation));
      else if ("key" in operation) results.push(await this.itemIn(open, operation.namespace, operation.key));
      else results.push(await this.namespacesIn(open, operation as ListNamespacesOperation));
    }
    return results as OperationResults<Op>;
  }

  private async itemIn(open: readonly string[][], namespace: string[], key: string): Promise<Item | null> {
    if (!open.some((prefix) => startsWith(namespace, prefix))) return null;
    const item = await this.memory.store.get(namespace, key);
    return item && this.mayRead(item) ? item : null;
  }

  private async searchIn(open: readonly string[][], operation: SearchOperation): Promise<SearchItem[]> {
    const { namespacePrefix: asked, limit = 10, offset = 0, query, filter } = operation;
    const prefixes = open.flatMap((prefix) =>
      startsWith(asked, prefix) ? [asked] : startsWith(prefix, asked) ? [prefix] : [],
    );
    const page = { limit: offset + limit, ...(query !== undefined && { query }), ...(filter && { filter }) };
    const found = await Promise.all(prefixes.map((prefix) => this.memory.store.search(prefix, page)));
    const readable = found.flat().filter((item) => this.mayRead(item));
    return (query ? bestFirst(readable) : inListingOrder(readable)).slice(offset, offset + limit);
  }

  private async namespacesIn(open: readonly string[][], operation: ListNamespacesOperation) {
    const all = await this.memory.store.listNamespaces({ limit: everything });
    return listNamespaces(
      all.filter((namespace) => open.some((prefix) => startsWith(namespace, prefix))),
      operation,
    );
  }

  /** The namespace says whose it is; the memory itself has to say the same. */
  private mayRead({ namespace, value }: Item): boolean {
    if (namespace[0] === LIFE[0]) return true;
    const record = memoryRecordSchema.safeParse(value);
    return record.success && mayRecall(record.data.audience, this.present);
  }
}

const readOnly = () =>
  new SimulacraError(
    "invalid_input",
    "This store shows a simulacrum's memory and cannot be written: memories are made by talking. Give your app's own data a store of its own.",
    "user",
  );
