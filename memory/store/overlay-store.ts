import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import {
  BaseStore,
  type Operation,
  type OperationResults,
  type PutOperation,
  type SearchItem,
  type SearchOperation,
} from "@langchain/langgraph-checkpoint";
import { SimulacraError } from "../../data/errors.js";
import { type ThreadLock, threadLockOf } from "../thread-lock.js";
import { indexedText } from "./indexed-text.js";
import { encodeNamespace, listNamespaces, startsWith } from "./namespace.js";
import { nearestTerm } from "./nearest-term.js";
import type { CandidateRequest, CandidateSet, MemoryStore, RankedSearch } from "./ranked-search.js";
import { asWrite } from "./record-write.js";
import { SqliteMemoryStore } from "./sqlite-memory-store.js";
import { bufferedTransaction, type MemoryTransaction } from "./transaction.js";

export interface OverlayStoreOptions {
  /** Embeds what is written to the layer. @default the base store's, where it is one of this package */
  embeddings?: EmbeddingsInterface;
  embeddingModel?: string;
  clock?: () => Date;
}

/** A key that the layer wrote or deleted: the base store's record of it, if there is one, is hidden. */
interface Shadow {
  namespace: string[];
  key: string;
  /** What the base store counts for it; null where it counts nothing. */
  terms: ReadonlySet<string> | null;
}

const everything = Number.MAX_SAFE_INTEGER;

/**
 * A store that reads through another one and writes to a layer of its own, which ends with it: the base store is never
 * changed. What is written hides the base store's record of the same namespace and key.
 *
 * Counts and document frequencies are those of both together. A turn's neighbours are looked for in the layer in which
 * the turn lies; the mean cosine is weighted by the two counts.
 */
export class OverlayStore extends BaseStore implements RankedSearch {
  private readonly shadows = new Map<string, Shadow>();
  private opening: Promise<MemoryStore> | undefined;
  private ended = false;

  constructor(
    private readonly base: MemoryStore,
    private readonly options: OverlayStoreOptions = {},
  ) {
    super();
  }

  override async batch<Op extends Operation[]>(operations: Op): Promise<OperationResults<Op>> {
    const layer = await this.layer();
    const results: unknown[] = [];
    for (const operation of operations) {
      if ("namespacePrefix" in operation) results.push(await this.searchBoth(layer, operation));
      else if ("value" in operation) results.push(undefined);
      else if ("key" in operation) {
        const place = encodeNamespace([...operation.namespace, operation.key]);
        const store = this.shadows.has(place) ? layer : this.base;
        results.push(await store.get(operation.namespace, operation.key));
      } else results.push(listNamespaces(await this.namespaces(layer), operation));
    }
    const writes = operations.filter((operation) => "value" in operation);
    if (writes.length > 0) await this.write(layer, writes);
    return results as OperationResults<Op>;
  }

  get locks(): ThreadLock {
    return threadLockOf(this as never);
  }

  transact<T>(work: (transaction: MemoryTransaction) => Promise<T>): Promise<T> {
    return bufferedTransaction(this, work);
  }

  async candidates(request: CandidateRequest): Promise<CandidateSet> {
    const layer = await this.layer();
    const hidden = this.shadows.size;
    const { lexicalLimit = 200, denseLimit = 100 } = request;
    const wider = { ...request, lexicalLimit: lexicalLimit + hidden, denseLimit: denseLimit + hidden };
    const [below, above] = await Promise.all([this.base.candidates(wider), layer.candidates(request)]);
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
    const layer = await this.layer();
    const { documentFrequency } = await this.candidates({
      namespaces,
      terms,
      lexicalLimit: 0,
      denseLimit: 0,
    });
    const unknown = terms.filter((term) => !documentFrequency.get(term));
    const found = await Promise.all(
      [this.base, layer].map((store) => store.nearestTerms(unknown, namespaces)),
    );
    const mended = new Map<string, string>();
    for (const term of unknown) {
      const known = found.flatMap((map) => map.get(term) ?? []).map((near) => ({ term: near, documents: 1 }));
      const nearest = nearestTerm(term, known);
      if (nearest !== null) mended.set(term, nearest);
    }
    return mended;
  }

  /** Ends the layer and all that is in it; the base store stays open. */
  override async stop(): Promise<void> {
    if (this.ended) return;
    this.ended = true;
    this.shadows.clear();
    await (await this.opening)?.stop();
  }

  private async layer(): Promise<MemoryStore> {
    if (this.ended) {
      throw new SimulacraError("store_unavailable", "This layer of the memory has ended.", "user");
    }
    this.opening ??= this.openLayer();
    return this.opening;
  }

  private async openLayer(): Promise<MemoryStore> {
    const { base, options } = this;
    if (options.embeddings === undefined && "createLayer" in base && typeof base.createLayer === "function") {
      return base.createLayer(options.clock);
    }
    return SqliteMemoryStore.open({ path: ":memory:", ...options });
  }

  /** Writes to the layer; what lies below stays in sight until it is replaced. */
  private async write(layer: MemoryStore, writes: PutOperation[]): Promise<void> {
    const shadows = new Map<string, Shadow>();
    for (const write of writes) {
      const { namespace, key } = asWrite(write);
      const place = encodeNamespace([...namespace, key]);
      if (this.shadows.has(place) || shadows.has(place)) continue;
      const item = await this.base.get(namespace, key);
      const text = item && indexedText(item.value);
      shadows.set(place, { namespace, key, terms: text ? new Set(text.terms) : null });
    }
    await layer.batch(writes);
    for (const [place, shadow] of shadows) this.shadows.set(place, shadow);
  }

  private isHidden({ namespace, key }: { namespace: string[]; key: string }): boolean {
    return this.shadows.has(encodeNamespace([...namespace, key]));
  }

  private async searchBoth(layer: MemoryStore, operation: SearchOperation): Promise<SearchItem[]> {
    const { namespacePrefix, limit = 10, offset = 0, ...rest } = operation;
    const page = { ...rest, limit: offset + limit + this.shadows.size };
    const [below, above] = await Promise.all([
      this.base.search(namespacePrefix, page),
      layer.search(namespacePrefix, page),
    ]);
    const found = [...below.filter((item) => !this.isHidden(item)), ...above];
    const score = (item: SearchItem) => item.score ?? Number.NEGATIVE_INFINITY;
    if (operation.query) found.sort((left, right) => score(right) - score(left) || 0);
    return found.slice(offset, offset + limit);
  }

  /** Namespaces in which something is to be seen. */
  private async namespaces(layer: MemoryStore): Promise<string[][]> {
    const [below, above] = await Promise.all(
      [this.base, layer].map((store) => store.listNamespaces({ limit: everything })),
    );
    const touched = new Set([...this.shadows.values()].map(({ namespace }) => encodeNamespace(namespace)));
    const visible = (below ?? []).filter((namespace) => !touched.has(encodeNamespace(namespace)));
    for (const namespace of below ?? []) {
      if (!touched.has(encodeNamespace(namespace))) continue;
      const items = await this.base.search(namespace, { limit: everything });
      const path = encodeNamespace(namespace);
      if (items.some((item) => encodeNamespace(item.namespace) === path && !this.isHidden(item)))
        visible.push(namespace);
    }
    return [...visible, ...(above ?? [])];
  }
}

function weightedMean(below: CandidateSet, above: CandidateSet): number | undefined {
  if (below.meanCosine === undefined) return above.meanCosine;
  if (above.meanCosine === undefined) return below.meanCosine;
  const total = below.documents + above.documents;
  return (below.meanCosine * below.documents + above.meanCosine * above.documents) / (total || 1);
}
