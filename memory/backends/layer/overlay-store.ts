import {
  BaseStore,
  type Item,
  type ListNamespacesOperation,
  type Operation,
  type OperationResults,
  type SearchItem,
  type SearchOperation,
} from "@langchain/langgraph-checkpoint";
import { SimulacraError } from "../../../data/errors.js";
import { indexedText } from "../indexed-text.js";
import type {
  CandidateRequest,
  CandidateSet,
  MemoryStore,
  MemoryTransaction,
  PendingReport,
} from "../memory-store.js";
import { type NamedLocks, QueuedLocks } from "../named-locks.js";
import { bestFirst, encodeNamespace, inListingOrder, listNamespaces, startsWith } from "../namespace.js";
import { nearestTerm } from "../nearest-term.js";
import { asWrite } from "../record-write.js";

/** A key that the layer wrote or deleted: the base store's record of it, if there is one, is hidden. */
interface Shadow {
  namespace: string[];
  key: string;
  /** What the base store counts for it; null where it counts nothing. */
  terms: ReadonlySet<string> | null;
}

type Place = Pick<Item, "namespace" | "key">;
type Reader = Pick<MemoryStore, "get" | "search">;

const everything = Number.MAX_SAFE_INTEGER;
const pageSize = 100;

/**
 * A store that reads through another one and writes to a layer of its own, which ends with it: the base store is never
 * changed. What is written hides the base store's record of the same namespace and key.
 *
 * Counts and document frequencies are those of both together. A turn's neighbours are looked for in the layer in which
 * the turn lies; the mean cosine is weighted by the two counts.
 */
export class OverlayStore extends BaseStore implements MemoryStore {
  readonly locks: NamedLocks = new QueuedLocks();
  /** By namespace and key; another map with every transaction. */
  private shadows: ReadonlyMap<string, Shadow> = new Map();
  private opening: Promise<MemoryStore> | undefined;
  private ended = false;

  /** `openTop` opens the empty store that the layer writes to, with the embedding model of the base store. */
  constructor(
    private readonly base: MemoryStore,
    private readonly openTop: (clock?: () => Date) => Promise<MemoryStore>,
  ) {
    super();
  }

  override async batch<Op extends Operation[]>(operations: Op): Promise<OperationResults<Op>> {
    const top = await this.top();
    const results: unknown[] = [];
    for (const operation of operations) {
      if ("namespacePrefix" in operation)
        results.push(await this.reading(() => this.searchBoth(top, operation)));
      else if ("value" in operation) results.push(void asWrite(operation));
      else if ("key" in operation)
        results.push(await this.reading(() => this.read(top, operation.namespace, operation.key)));
      else results.push(await this.reading(() => this.namespaces(top, operation)));
    }
    const writes = operations.filter((operation) => "value" in operation);
    if (writes.length > 0) {
      await this.transact(async (transaction) => {
        for (const { namespace, key, value, index } of writes) {
          if (value === null) await transaction.delete(namespace, key);
          else await transaction.put(namespace, key, value, index === false ? index : undefined);
        }
      });
    }
    return results as OperationResults<Op>;
  }

  async transact<T>(work: (transaction: MemoryTransaction) => Promise<T>): Promise<T> {
    const top = await this.top();
    let before: ReadonlyMap<string, Shadow> | undefined;
    try {
      return await top.transact(async (inner) => {
        const shadows = new Map(this.shadows);
        const hide = async (namespace: string[], key: string) => {
          const at = placeOf({ namespace, key });
          if (!shadows.has(at)) shadows.set(at, await this.shadowOf(namespace, key));
        };
        const result = await work({
          get: (namespace, key) => this.read(inner, namespace, key, shadows),
          put: async (namespace, key, value, index) => {
            await inner.put(namespace, key, value, index);
            await hide(namespace, key);
          },
          delete: async (namespace, key) => {
            await inner.delete(namespace, key);
            await hide(namespace, key);
          },
          search: (namespacePrefix, page) => this.searchBoth(inner, { namespacePrefix, ...page }, shadows),
        });
        // Until the commit whoever reads what was hidden waits for it.
        before = this.shadows;
        this.shadows = shadows;
        return result;
      });
    } catch (error) {
      if (before) this.shadows = before;
      throw error;
    }
  }

  layer({ clock }: { clock?: () => Date } = {}): OverlayStore {
    return new OverlayStore(this, (other = clock) => this.openTop(other));
  }

  async embedPending(): Promise<PendingReport> {
    return (await this.top()).embedPending();
  }

  /** Wipes what was deleted from the layer; the base store is never changed. */
  async purge(): Promise<void> {
    await (await this.top()).purge();
  }

  async candidates(request: CandidateRequest): Promise<CandidateSet> {
    const top = await this.top();
    return this.reading(() => this.candidatesOfBoth(top, request));
  }

  private async candidatesOfBoth(top: MemoryStore, request: CandidateRequest): Promise<CandidateSet> {
    const hidden = this.shadows.size;
    const { lexicalLimit = 200, denseLimit = 100 } = request;
    const { told } = request;
    const wider = {
      ...request,
      lexicalLimit: lexicalLimit + hidden,
      denseLimit: denseLimit + hidden,
      ...(told && { told: { ...told, limit: told.limit + hidden } }),
    };
    const [below, above] = await Promise.all([this.base.candidates(wider), top.candidates(request)]);
    const shadows = [...this.shadows.values()].filter(({ namespace }) =>
      request.namespaces.some((prefix) => startsWith(namespace, prefix)),
    );
    const counted = shadows.filter((shadow) => shadow.terms !== null);
    const documentFrequency = new Map<string, number>();
    for (const term of request.terms) {
      const gone = counted.filter(({ terms }) => terms?.has(term)).length;
      const both = (below.documentFrequency.get(term) ?? 0) + (above.documentFrequency.get(term) ?? 0);
      documentFrequency.set(term, Math.max(0, both - gone));
    }
    const meanCosine = weightedMean(below, above);
    return {
      candidates: [...below.candidates.filter((candidate) => !this.isHidden(candidate)), ...above.candidates],
      documents: below.documents - counted.length + above.documents,
      documentFrequency,
      ...(meanCosine === undefined ? {} : { meanCosine }),
    };
  }

  async nearestTerms(
    terms: readonly string[],
    namespaces: readonly string[][],
  ): Promise<Map<string, string>> {
    const top = await this.top();
    const { documentFrequency } = await this.candidates({
      namespaces,
      terms,
      lexicalLimit: 0,
      denseLimit: 0,
    });
    const unknown = terms.filter((term) => !documentFrequency.get(term));
    const found = await Promise.all([this.base, top].map((store) => store.nearestTerms(unknown, namespaces)));
    const corrected = new Map<string, string>();
    for (const term of unknown) {
      const known = found.flatMap((map) => map.get(term) ?? []).map((near) => ({ term: near, documents: 1 }));
      const nearest = nearestTerm(term, known);
      if (nearest !== null) corrected.set(term, nearest);
    }
    return corrected;
  }

  /** Ends the layer and all that is in it; the base store stays open. */
  override async stop(): Promise<void> {
    if (this.ended) return;
    this.ended = true;
    this.shadows = new Map();
    await this.opening?.then(
      (top) => top.stop(),
      // What could not be opened need not be closed.
      () => undefined,
    );
  }

  private async top(): Promise<MemoryStore> {
    if (this.ended) {
      throw new SimulacraError("store_unavailable", "This layer of the memory has ended.", "user");
    }
    this.opening ??= this.openTop().catch((error: unknown) => {
      this.opening = undefined;
      throw error;
    });
    return this.opening;
  }

  /** Reads both stores as of one state: again where a transaction ended meanwhile. */
  private async reading<T>(read: () => Promise<T>): Promise<T> {
    for (;;) {
      const before = this.shadows;
      const result = await read();
      if (before === this.shadows) return result;
    }
  }

  private read(top: Reader, namespace: string[], key: string, shadows = this.shadows): Promise<Item | null> {
    return (shadows.has(placeOf({ namespace, key })) ? top : this.base).get(namespace, key);
  }

  /** What lies below is in sight until a transaction that hides it is committed. */
  private async shadowOf(namespace: string[], key: string): Promise<Shadow> {
    const item = await this.base.get(namespace, key);
    const text = item && indexedText(item.value);
    return { namespace, key, terms: text ? new Set(text.terms) : null };
  }

  private isHidden(item: Place, shadows = this.shadows): boolean {
    return shadows.has(placeOf(item));
  }

  private async searchBoth(
    top: Reader,
    operation: SearchOperation,
    shadows = this.shadows,
  ): Promise<SearchItem[]> {
    const { namespacePrefix, limit = 10, offset = 0, ...asked } = operation;
    const wanted = { ...asked, limit: offset + limit };
    const [below, above] = await Promise.all([
      this.base.search(namespacePrefix, { ...wanted, limit: wanted.limit + shadows.size }),
      top.search(namespacePrefix, wanted),
    ]);
    const found = [...below.filter((item) => !this.isHidden(item, shadows)), ...above];
    const ordered = asked.query ? bestFirst(found) : inListingOrder(found);
    return ordered.slice(offset, offset + limit);
  }

  /** Namespaces in which something is to be seen. */
  private async namespaces(top: MemoryStore, operation: ListNamespacesOperation): Promise<string[][]> {
    const all = { ...prefixOf(operation), limit: everything };
    const [below, above] = await Promise.all([this.base.listNamespaces(all), top.listNamespaces(all)]);
    const touched = new Set([...this.shadows.values()].map(({ namespace }) => encodeNamespace(namespace)));
    const visible: string[][] = [];
    for (const namespace of below) {
      if (!touched.has(encodeNamespace(namespace)) || (await this.showsItemsOf(namespace)))
        visible.push(namespace);
    }
    return listNamespaces([...visible, ...above], operation);
  }

  /** Whether an item of the base store in just this namespace is not hidden. */
  private async showsItemsOf(namespace: string[]): Promise<boolean> {
    for (let offset = 0; ; offset += pageSize) {
      const page = await this.base.search(namespace, { limit: pageSize, offset });
      if (page.some((item) => item.namespace.length === namespace.length && !this.isHidden(item)))
        return true;
      if (page.length < pageSize) return false;
    }
  }
}

/** A listing's own prefix, so that no more is read than it asks for. */
function prefixOf({ matchConditions = [] }: ListNamespacesOperation): { prefix?: string[] } {
  const prefix = matchConditions.find(({ matchType }) => matchType === "prefix")?.path;
  return prefix ? { prefix } : {};
}

const placeOf = ({ namespace, key }: Place): string => encodeNamespace([...namespace, key]);

function weightedMean(below: CandidateSet, above: CandidateSet): number | undefined {
  if (below.meanCosine === undefined) return above.meanCosine;
  if (above.meanCosine === undefined) return below.meanCosine;
  const total = below.documents + above.documents;
  return (below.meanCosine * below.documents + above.meanCosine * above.documents) / (total || 1);
}
