import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import {
  BaseStore,
  type Item,
  type Operation,
  type OperationResults,
  type SearchItem,
  type SearchOperation,
} from "@langchain/langgraph-checkpoint";
import { terms as termsOf } from "../ranking/terms.js";
import { type ThreadLock, threadLockOf } from "../thread-lock.js";
import { Embedder } from "./embedder.js";
import { checkSpace } from "./embedding-space.js";
import { denseText, type IndexedText, indexedText } from "./indexed-text.js";
import { encodeNamespace, listNamespaces, startsWith } from "./namespace.js";
import { lengthsNear, nearestTerm } from "./nearest-term.js";
import type { Candidate, CandidateRequest, CandidateSet, RankedSearch } from "./ranked-search.js";
import { asWrite, lastOfEach, type RecordWrite } from "./record-write.js";
import { bufferedTransaction, type MemoryTransaction } from "./transaction.js";
import { unitVector } from "./unit-vector.js";
import { meetsFilter } from "./value-filter.js";

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
 * and enough for tests. Nothing survives the process.
 */
export class BruteForceStore extends BaseStore implements RankedSearch {
  private readonly entries = new Map<string, Entry>();
  private readonly embedder: Embedder | undefined;
  private readonly clock: () => Date;

  constructor(private readonly options: BruteForceStoreOptions = {}) {
    super();
    this.embedder = options.embeddings && new Embedder(options.embeddings);
    this.clock = options.clock ?? (() => new Date());
  }

  /** An empty store with the same embedding model, and the same clock unless another is given. */
  async createLayer(clock: () => Date = this.clock): Promise<BruteForceStore> {
    return new BruteForceStore({ ...this.options, clock });
  }

  override async batch<Op extends Operation[]>(operations: Op): Promise<OperationResults<Op>> {
    const writes: RecordWrite[] = [];
    const results: unknown[] = [];
    for (const operation of operations) {
      if ("namespacePrefix" in operation) results.push(await this.searchOperation(operation));
      else if ("value" in operation) results.push(void writes.push(asWrite(operation)));
      else if ("key" in operation) {
        const entry = this.entries.get(encodeNamespace([...operation.namespace, operation.key]));
        results.push(entry ? asItem(entry) : null);
      } else {
        const namespaces = [...this.entries.values()].map(({ namespace }) => namespace);
        results.push(listNamespaces(namespaces, operation));
      }
    }
    const last = lastOfEach(writes);
    const vectors = await Promise.all(last.map((write) => this.vectorOf(write)));
    for (const [index, write] of last.entries()) this.apply(write, vectors[index] ?? null);
    return results as OperationResults<Op>;
  }

  get locks(): ThreadLock {
    return threadLockOf(this as never);
  }

  transact<T>(work: (transaction: MemoryTransaction) => Promise<T>): Promise<T> {
    return bufferedTransaction(this, work);
  }

  async candidates(request: CandidateRequest): Promise<CandidateSet> {
    const { lexicalLimit = 200, denseLimit = 100, superseded = false } = request;
    this.checkSize(request.vector?.length);
    const question = request.vector ? unitVector(request.vector) : null;
    const scope = this.scope(request.namespaces).filter((entry) => entry.text !== null);
    const documentFrequency = this.frequencies(request.terms, scope);
    const live = scope.filter((entry) => superseded || !entry.text?.superseded);
    const cosine = (entry: Entry) => (question && entry.vector ? dot(question, entry.vector) : undefined);
    const byWords = best(live, lexicalLimit, (entry) => this.bm25(entry, scope, documentFrequency));
    const byMeaning = question ? best(live, denseLimit, cosine) : [];
    const cosines = scope.flatMap((entry) => cosine(entry) ?? []);
    return {
      candidates: [...new Set([...byWords, ...byMeaning])].map((entry) => this.candidate(entry, cosine)),
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
    const counts = new Map<string, number>();
    for (const entry of this.scope(namespaces)) {
      for (const term of new Set(entry.text?.terms)) counts.set(term, (counts.get(term) ?? 0) + 1);
    }
    const known = [...counts].map(([term, documents]) => ({ term, documents }));
    const mended = new Map<string, string>();
    for (const term of asked) {
      const mendable = !counts.has(term) && lengthsNear(term) !== null;
      const nearest = mendable ? nearestTerm(term, known) : null;
      if (nearest !== null) mended.set(term, nearest);
    }
    return mended;
  }

  private scope(prefixes: readonly string[][]): Entry[] {
    return [...this.entries.values()].filter(({ namespace }) =>
      prefixes.some((prefix) => startsWith(namespace, prefix)),
    );
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
    const scope = this.scope([namespacePrefix]).filter(({ value }) => !filter || meetsFilter(value, filter));
    const found = query ? await this.searchByQuery(scope, query) : scope.map((entry) => asItem(entry));
    return found.slice(offset, offset + limit);
  }

  private async searchByQuery(scope: Entry[], query: string): Promise<SearchItem[]> {
    const question = await this.embedder?.question(query).catch(() => undefined);
    if (!question) {
      const frequencies = this.frequencies(termsOf(query), scope);
      const score = (entry: Entry) => this.bm25(entry, scope, frequencies);
      return best(scope, scope.length, score).map((entry) => ({
        ...asItem(entry),
        score: squashed(score(entry)),
      }));
    }
    this.checkSize(question.length);
    const score = (entry: Entry) => (entry.vector ? dot(question, entry.vector) : undefined);
    const scored = best(scope, scope.length, score).map((entry) => ({
      ...asItem(entry),
      score: score(entry) ?? 0,
    }));
    return [...scored, ...scope.filter(({ vector }) => vector === null).map((entry) => asItem(entry))];
  }

  private async vectorOf({ value, indexed }: RecordWrite): Promise<Float32Array | null> {
    const text = value && indexed ? denseText(value) : null;
    if (text === null || !this.embedder) return null;
    const vectors = await this.embedder.documents([text]).catch(() => []);
    this.checkSize(vectors[0]?.length);
    return vectors[0] ?? null;
  }

  private apply({ namespace, key, value, indexed }: RecordWrite, vector: Float32Array | null): void {
    const place = encodeNamespace([...namespace, key]);
    if (value === null) {
      this.entries.delete(place);
      return;
    }
    const copy = JSON.parse(JSON.stringify(value)) as Record<string, unknown>;
    const text = indexed ? indexedText(copy) : null;
    const updatedAt = this.clock();
    const createdAt = this.entries.get(place)?.createdAt ?? updatedAt;
    this.entries.set(place, {
      namespace: [...namespace],
      key,
      value: copy,
      createdAt,
      updatedAt,
      text,
      vector,
    });
  }

  /** @throws SimulacraError embedding_mismatch where the stored vectors have another size */
  private checkSize(dimensions: number | undefined): void {
    const stored = [...this.entries.values()].find(({ vector }) => vector !== null)?.vector?.length;
    if (stored === undefined || dimensions === undefined) return;
    checkSpace({ model: this.embedder?.model ?? "another model", dimensions: stored }, { dimensions });
  }
}

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

function dot(left: Float32Array, right: Float32Array): number {
  return left.reduce((sum, part, index) => sum + part * right[index]!, 0);
}

function squashed(score: number | undefined): number {
  return score === undefined ? 0 : score / (1 + score);
}

function asItem({ namespace, key, value, createdAt, updatedAt }: Entry): Item {
  return { namespace: [...namespace], key, value: structuredClone(value), createdAt, updatedAt };
}
