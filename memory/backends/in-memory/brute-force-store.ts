import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import {
  BaseStore,
  type Item,
  type Operation,
  type OperationResults,
  type SearchItem,
  type SearchOperation,
} from "@langchain/langgraph-checkpoint";
import { terms as termsOf } from "../../ranking/terms.js";
import { checkSpace, Embedder } from "../embedder.js";
import { type IndexedText, indexedText } from "../indexed-text.js";
import { OverlayStore } from "../layer/overlay-store.js";
import type {
  Candidate,
  CandidateRequest,
  CandidateSet,
  MemoryStore,
  MemoryTransaction,
  PendingReport,
} from "../memory-store.js";
import { type NamedLocks, QueuedLocks } from "../named-locks.js";
import { encodeNamespace, inListingOrder, listNamespaces, startsWith } from "../namespace.js";
import { lengthsNear, nearestTerm } from "../nearest-term.js";
import { asWrite, lastOfEach, type RecordWrite } from "../record-write.js";
import { unitVector } from "../unit-vector.js";
import { meetsFilter } from "../value-filter.js";

interface Entry extends Item {
  text: IndexedText | null;
  vector: Float32Array | null;
}

export interface BruteForceStoreOptions {
  embeddings?: EmbeddingsInterface;
  /** @default () => new Date() */
  clock?: () => Date;
}

/**
 * The same store, kept in a map and searched by looking at everything: the reference that others are compared with,
 * and what holds a thread where memory is off. Nothing survives the process.
 */
export class BruteForceStore extends BaseStore implements MemoryStore {
  readonly locks: NamedLocks = new QueuedLocks();
  /** By namespace and key. A transaction works on a copy and puts it in this one's place. */
  private entries = new Map<string, Entry>();
  /** Ends with the transaction that is open, and with those that wait for it. */
  private transactions: Promise<unknown> = Promise.resolve();
  private readonly embedder: Embedder | undefined;
  private readonly clock: () => Date;

  constructor(private readonly options: BruteForceStoreOptions = {}) {
    super();
    this.embedder = options.embeddings && new Embedder(options.embeddings);
    this.clock = options.clock ?? (() => new Date());
  }

  override async batch<Op extends Operation[]>(operations: Op): Promise<OperationResults<Op>> {
    const writes: RecordWrite[] = [];
    const results: unknown[] = [];
    await this.transactions;
    for (const operation of operations) {
      if ("namespacePrefix" in operation) results.push(await this.searchOperation(operation));
      else if ("value" in operation) results.push(void writes.push(asWrite(operation)));
      else if ("key" in operation) results.push(find(this.entries, operation.namespace, operation.key));
      else {
        const namespaces = [...this.entries.values()].map(({ namespace }) => namespace);
        results.push(listNamespaces(namespaces, operation));
      }
    }
    if (writes.length > 0)
      await this.changing(async (entries) => lastOfEach(writes).forEach(this.writer(entries)));
    return results as OperationResults<Op>;
  }

  async transact<T>(work: (transaction: MemoryTransaction) => Promise<T>): Promise<T> {
    return this.changing((entries) => {
      const write = this.writer(entries);
      return work({
        get: async (namespace, key) => find(entries, namespace, key),
        put: async (namespace, key, value, index) =>
          write(asWrite({ namespace, key, value, ...(index === false && { index }) })),
        delete: async (namespace, key) => write(asWrite({ namespace, key, value: null })),
        search: async (prefix, { limit = 10, offset = 0 } = {}) =>
          inScope(entries, [prefix])
            .slice(offset, offset + limit)
            .map(asItem),
      });
    });
  }

  layer(options: { clock?: () => Date } = {}): OverlayStore {
    return new OverlayStore(
      this,
      async (clock = options.clock ?? this.clock) => new BruteForceStore({ ...this.options, clock }),
    );
  }

  async embedPending(): Promise<PendingReport> {
    const all = [...this.entries.values()];
    const embedded = await this.embed(all);
    return { embedded, waiting: all.filter(lacksVector).length };
  }

  /** Nothing to do: what was deleted is gone. */
  async purge(): Promise<void> {}

  override async stop(): Promise<void> {}

  /** Changes a copy of the entries, one caller after another, and embeds what came in once it has taken their place. */
  private async changing<T>(work: (entries: Map<string, Entry>) => Promise<T>): Promise<T> {
    const changed = this.transactions.then(async () => {
      const copy = new Map(this.entries);
      const result = await work(copy);
      const before = this.entries;
      this.entries = copy;
      return { result, came: [...copy].flatMap(([at, entry]) => (before.get(at) === entry ? [] : [entry])) };
    });
    this.transactions = changed.catch(() => undefined);
    const { result, came } = await changed;
    await this.embed(came);
    return result;
  }

  async candidates(request: CandidateRequest): Promise<CandidateSet> {
    const { lexicalLimit = 200, denseLimit = 100, superseded = false } = request;
    await this.transactions;
    this.checkSize(request.vector?.length);
    const question = request.vector ? unitVector(request.vector) : null;
    const scope = inScope(this.entries, request.namespaces).filter((entry) => entry.text !== null);
    const documentFrequency = this.frequencies(request.terms, scope);
    const live = scope.filter((entry) => superseded || !entry.text?.superseded);
    const cosine = (entry: Entry) => (question && entry.vector ? dot(question, entry.vector) : undefined);
    const byWords = best(live, lexicalLimit, (entry) => this.bm25(entry, scope, documentFrequency));
    const byMeaning = question ? best(live, denseLimit, cosine) : [];
    const byTime = request.told ? toldIn(live, request.told) : [];
    const cosines = scope.flatMap((entry) => cosine(entry) ?? []);
    return {
      candidates: [...new Set([...byWords, ...byMeaning, ...byTime])].map((entry) =>
        this.candidate(entry, cosine),
      ),
      documents: scope.length,
      documentFrequency,
      ...(cosines.length === 0
        ? {}
        : { meanCosine: cosines.reduce((sum, value) => sum + value, 0) / cosines.length }),
    };
  }

  async nearestTerms(
    asked: readonly string[],
    namespaces: readonly string[][],
  ): Promise<Map<string, string>> {
    await this.transactions;
    const counts = new Map<string, number>();
    for (const entry of inScope(this.entries, namespaces)) {
      for (const term of new Set(entry.text?.terms)) counts.set(term, (counts.get(term) ?? 0) + 1);
    }
    const known = [...counts].map(([term, documents]) => ({ term, documents }));
    const corrected = new Map<string, string>();
    for (const term of asked) {
      const mendable = !counts.has(term) && lengthsNear(term) !== null;
      const nearest = mendable ? nearestTerm(term, known) : null;
      if (nearest !== null) corrected.set(term, nearest);
    }
    return corrected;
  }

  private frequencies(terms: readonly string[], scope: readonly Entry[]): Map<string, number> {
    return new Map(
      terms.map((term) => [term, scope.filter((entry) => entry.text?.terms.includes(term)).length]),
    );
  }

  /** Own words and, at 0.4 of their weight, those of two turns each side (Robertson & Zaragoza 2009; k1 1.2, b 0.75). */
  private bm25(
    entry: Entry,
    scope: readonly Entry[],
    frequencies: ReadonlyMap<string, number>,
  ): number | undefined {
    const own = entry.text?.terms ?? [];
    const near = this.neighbours(entry, 2, 2).flatMap(({ turn }) => turn.text?.terms ?? []);
    const average = scope.reduce((sum, { text }) => sum + (text?.terms.length ?? 0), 0) / scope.length || 1;
    let score = 0;
    for (const [term, documents] of frequencies) {
      const count =
        own.filter((word) => word === term).length + 0.4 * near.filter((word) => word === term).length;
      const idf = Math.log(1 + (scope.length - documents + 0.5) / (documents + 0.5));
      score += (idf * count * 2.2) / (count + 1.2 * (0.25 + (0.75 * own.length) / average));
    }
    return score > 0 ? score : undefined;
  }

  private neighbours(entry: Entry, before: number, after: number): { offset: number; turn: Entry }[] {
    const { conversation = null, position = null } = entry.text ?? {};
    if (conversation === null || position === null) return [];
    const place = encodeNamespace(entry.namespace);
    return [...this.entries.values()]
      .filter((turn) => turn.text?.conversation === conversation && encodeNamespace(turn.namespace) === place)
      .map((turn) => ({ offset: (turn.text?.position ?? 0) - position, turn }))
      .filter(({ offset }) => offset !== 0 && offset >= -before && offset <= after)
      .sort((left, right) => left.offset - right.offset);
  }

  private candidate(entry: Entry, cosine: (entry: Entry) => number | undefined): Candidate {
    const near = (value: number | undefined) => (value === undefined ? {} : { cosine: value });
    return {
      ...asItem(entry),
      terms: entry.text?.terms ?? [],
      ...near(cosine(entry)),
      neighbours: this.neighbours(entry, 3, 2).map(({ offset, turn }) => ({
        offset,
        terms: turn.text?.terms ?? [],
        ...near(cosine(turn)),
      })),
    };
  }

  private async searchOperation(operation: SearchOperation): Promise<SearchItem[]> {
    const { namespacePrefix, filter, query, limit = 10, offset = 0 } = operation;
    const scope = inScope(this.entries, [namespacePrefix]).filter(
      ({ value }) => !filter || meetsFilter(value, filter),
    );
    const found = query ? await this.searchByQuery(scope, query) : scope.map(asItem);
    return found.slice(offset, offset + limit);
  }

  private async searchByQuery(scope: Entry[], query: string): Promise<SearchItem[]> {
    const question = await this.embedder?.question(query).catch(() => undefined);
    this.checkSize(question?.length);
    const frequencies = this.frequencies(termsOf(query), scope);
    const byWords = (entry: Entry) => squashed(this.bm25(entry, scope, frequencies));
    const byMeaning = ({ vector }: Entry) => (question && vector ? dot(question, vector) : undefined);
    const score = question ? byMeaning : byWords;
    const scored = best(scope, scope.length, score).map((entry) => ({
      ...asItem(entry),
      score: score(entry)!,
    }));
    return [...scored, ...(question ? scope.filter(({ vector }) => vector === null).map(asItem) : [])];
  }

  /** Gives vectors to those that lack one; gives back how many got it. A failing model leaves them to the next time. */
  private async embed(entries: readonly Entry[]): Promise<number> {
    const lacking = entries.filter(lacksVector);
    const texts = lacking.map(({ text }) => text?.dense ?? "");
    const vectors = (await this.embedder?.documents(texts).catch(() => undefined)) ?? [];
    this.checkSize(vectors[0]?.length);
    for (const [index, vector] of vectors.entries()) lacking[index]!.vector = vector;
    return vectors.length;
  }

  /** Writes to entries, all at one time of the clock. */
  private writer(entries: Map<string, Entry>): (write: RecordWrite) => void {
    const updatedAt = this.clock();
    return ({ namespace, key, value, indexed }) => {
      const at = encodeNamespace([...namespace, key]);
      const before = entries.get(at);
      if (value === null) {
        entries.delete(at);
        return;
      }
      const copy = JSON.parse(JSON.stringify(value)) as Record<string, unknown>;
      const text = indexed ? indexedText(copy) : null;
      const vector = before && text && before.text?.dense === text.dense ? before.vector : null;
      const createdAt = before?.createdAt ?? updatedAt;
      entries.set(at, { namespace: [...namespace], key, value: copy, createdAt, updatedAt, text, vector });
    };
  }

  /** @throws SimulacraError embedding_mismatch where the stored vectors have another size */
  private checkSize(dimensions: number | undefined): void {
    const stored = [...this.entries.values()].find(({ vector }) => vector !== null)?.vector?.length;
    if (stored === undefined || dimensions === undefined) return;
    checkSpace({ model: this.embedder?.model ?? "another model", dimensions: stored }, { dimensions });
  }
}

function find(entries: ReadonlyMap<string, Entry>, namespace: string[], key: string): Item | null {
  const entry = entries.get(encodeNamespace([...namespace, key]));
  return entry ? asItem(entry) : null;
}

/** The entries under any of the prefixes, in the order of listings. */
function inScope(entries: ReadonlyMap<string, Entry>, prefixes: readonly string[][]): Entry[] {
  const found = [...entries.values()].filter(({ namespace }) =>
    prefixes.some((prefix) => startsWith(namespace, prefix)),
  );
  return inListingOrder(found);
}

const lacksVector = ({ text, vector }: Entry): boolean => text !== null && vector === null;

/** The entries that have a score, highest first, at most `limit`. */
function best(
  entries: readonly Entry[],
  limit: number,
  score: (entry: Entry) => number | undefined,
): Entry[] {
  return entries
    .map((entry) => ({ entry, score: score(entry) }))
    .filter((scored): scored is { entry: Entry; score: number } => scored.score !== undefined)
    .sort((left, right) => right.score - left.score)
    .slice(0, limit)
    .map(({ entry }) => entry);
}

/** The first or last of the entries that were told within the spans. */
function toldIn(
  entries: readonly Entry[],
  { spans, order, limit }: NonNullable<CandidateRequest["told"]>,
): Entry[] {
  const within = (at: number) => !spans || spans.some(({ from, to }) => at >= from && at < to);
  return entries
    .map((entry) => ({ entry, at: Date.parse(String(entry.value.at)) }))
    .filter(({ at }) => !Number.isNaN(at) && within(at))
    .sort((left, right) => (order === "first" ? left.at - right.at : right.at - left.at))
    .slice(0, limit)
    .map(({ entry }) => entry);
}

function dot(left: Float32Array, right: Float32Array): number {
  return left.reduce((sum, part, index) => sum + part * right[index]!, 0);
}

const squashed = (score: number | undefined) => score && score / (1 + score);

function asItem({ namespace, key, value, createdAt, updatedAt }: Entry): Item {
  return { namespace: [...namespace], key, value: structuredClone(value), createdAt, updatedAt };
}
