import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import {
  BaseStore,
  type GetOperation,
  type Item,
  type ListNamespacesOperation,
  type Operation,
  type OperationResults,
  type PutOperation,
  type SearchItem,
  type SearchOperation,
} from "@langchain/langgraph-checkpoint";
import { SimulacraError } from "../../data/errors.js";
import { searchCandidates } from "./candidate-search.js";
import { Embedder } from "./embedder.js";
import { denseText } from "./indexed-text.js";
import { type Lease, type LeaseOptions, leaseHolder, takeLease } from "./lease.js";
import { decodeNamespace, encodeNamespace, listNamespaces, validateNamespace } from "./namespace.js";
import { Prepared } from "./prepared.js";
import type { CandidateRequest, CandidateSet, RankedSearch } from "./ranked-search.js";
import { type RecordWrite, RecordWriter } from "./record-writer.js";
import { openDatabase, readMeta, writeMeta } from "./schema.js";
import { searchScope } from "./search-scope.js";
import { explained } from "./store-errors.js";
import { meetsFilter } from "./value-filter.js";
import { VectorIndex } from "./vector-index.js";

/** How a {@link SqliteMemoryStore} is opened. */
export interface SqliteMemoryStoreOptions {
  /** File of the store, made where it is missing; ":memory:" for one that ends with the process. */
  path: string;
  /** Embeds texts and questions. Without it the store is searched by words only. */
  embeddings?: EmbeddingsInterface;
  /** Name of the embedding model, recorded in the file. @default the embeddings' own model name, else their class */
  embeddingModel?: string;
  /** Replace the vectors of another embedding model. @default false */
  reembed?: boolean;
  /** Told about long work while opening. */
  onProgress?: (done: number, total: number) => void;
  /** @default () => new Date() */
  clock?: () => Date;
  /** Below this many vectors in the searched namespaces the search by meaning compares them all. @default 20000 */
  exactBelow?: number;
}

/** A memory store in one SQLite file: LangGraph's store interface and ranked search over words and meaning. */
export class SqliteMemoryStore extends BaseStore implements RankedSearch {
  private readonly writer: RecordWriter;
  private readonly vectors: VectorIndex;
  private closed = false;

  private constructor(
    private readonly path: string,
    private readonly prepared: Prepared,
    private readonly embedder: Embedder | undefined,
    private readonly clock: () => Date,
  ) {
    super();
    this.writer = new RecordWriter(prepared);
    this.vectors = new VectorIndex(prepared);
  }

  /**
   * Opens a store, making its file where it is missing.
   * @throws SimulacraError store_damaged, store_busy, store_full, store_unavailable; embedding_mismatch where the file
   *   holds vectors of another model and `reembed` is not set
   */
  static async open(options: SqliteMemoryStoreOptions): Promise<SqliteMemoryStore> {
    const { path, embeddings, embeddingModel, clock = () => new Date() } = options;
    return explained(path, () => {
      const prepared = new Prepared(openDatabase(path));
      const embedder = embeddings && new Embedder(embeddings, embeddingModel);
      const store = new SqliteMemoryStore(path, prepared, embedder, clock);
      store.vectors.refresh();
      return store;
    });
  }

  override async batch<Op extends Operation[]>(operations: Op): Promise<OperationResults<Op>> {
    this.checkOpen();
    const writes: RecordWrite[] = [];
    const results: unknown[] = [];
    for (const operation of operations) {
      if ("namespacePrefix" in operation) results.push(await this.searchOperation(operation));
      else if ("value" in operation) {
        writes.push(asWrite(operation));
        results.push(undefined);
      } else if ("key" in operation) results.push(this.getOperation(operation));
      else results.push(this.listOperation(operation));
    }
    if (writes.length > 0) await this.write(writes);
    return results as OperationResults<Op>;
  }

  async candidates(request: CandidateRequest): Promise<CandidateSet> {
    this.checkOpen();
    return this.reading(() => searchCandidates(this.prepared, this.vectors, request, this.dimensions()));
  }

  async nearestTerms(
    _terms: readonly string[],
    _namespaces: readonly string[][],
  ): Promise<Map<string, string>> {
    this.checkOpen();
    return new Map();
  }

  /** Takes a named lease that other processes respect (see {@link Lease}); null where it was not free in time. */
  async lease(name: string, options: LeaseOptions): Promise<Lease | null> {
    this.checkOpen();
    return takeLease(this.path, this.prepared, name, options);
  }

  /** Who holds a lease now, as they named themselves; null where it is free. */
  leaseHolder(name: string): string | null {
    this.checkOpen();
    return explained(this.path, () => leaseHolder(this.prepared, name));
  }

  /** How many records lie under any of the namespace prefixes; all of them where none is given. */
  async count(namespaces?: readonly string[][]): Promise<number> {
    this.checkOpen();
    return this.reading(() => {
      const scope = searchScope(this.prepared, namespaces ?? [[]]);
      const rows = this.prepared.sql("SELECT id, records FROM memory_namespaces").all() as {
        id: number;
        records: number;
      }[];
      return rows.reduce((sum, row) => sum + ((scope.namespaces?.has(row.id) ?? true) ? row.records : 0), 0);
    });
  }

  /** Closes the file; a second call does nothing. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    this.prepared.database.close();
  }

  override async stop(): Promise<void> {
    await this.close();
  }

  private getOperation({ namespace, key }: GetOperation): Item | null {
    return this.reading(() => {
      const row = this.prepared
        .sql(
          `SELECT r.key, r.value, r.created, r.updated, n.path FROM memory_records r
           JOIN memory_namespaces n ON n.id = r.namespace WHERE n.path = ? AND r.key = ?`,
        )
        .get(encodeNamespace(namespace), key) as ItemRow | undefined;
      return row ? asItem(row) : null;
    });
  }

  private listOperation(operation: ListNamespacesOperation): string[][] {
    return this.reading(() => {
      const rows = this.prepared.sql("SELECT path FROM memory_namespaces").all() as { path: string }[];
      return listNamespaces(
        rows.map((row) => decodeNamespace(row.path)),
        operation,
      );
    });
  }

  private async searchOperation(operation: SearchOperation): Promise<SearchItem[]> {
    const { namespacePrefix, filter, limit = 10, offset = 0, query } = operation;
    const question = query ? await this.embedder?.question(query) : undefined;
    return this.reading(() => {
      const scope = searchScope(this.prepared, [namespacePrefix]);
      const found: SearchItem[] = [];
      const all = this.prepared.sql("SELECT id, namespace FROM memory_records ORDER BY id").all() as {
        id: number;
        namespace: number;
      }[];
      this.vectors.refresh();
      const inScope = all.filter((row) => scope.namespaces?.has(row.namespace) ?? true);
      const scored = inScope.map(({ id }) => ({
        id,
        score: question ? this.vectors.cosine(id, question) : undefined,
      }));
      if (question) scored.sort((left, right) => (right.score ?? -2) - (left.score ?? -2));
      let skipped = 0;
      for (const { id, score } of scored) {
        if (found.length >= limit) break;
        const item = this.itemById(id);
        if (filter && !meetsFilter(item.value, filter)) continue;
        if (skipped < offset) skipped += 1;
        else found.push(score === undefined ? item : { ...item, score });
      }
      return found;
    });
  }

  private itemById(id: number): Item {
    return asItem(
      this.prepared
        .sql(
          `SELECT r.key, r.value, r.created, r.updated, n.path FROM memory_records r
           JOIN memory_namespaces n ON n.id = r.namespace WHERE r.id = ?`,
        )
        .get(id) as ItemRow,
    );
  }

  /** Embeds outside the transaction, then writes all or nothing. */
  private async write(writes: RecordWrite[]): Promise<void> {
    const last = new Map(writes.map((write) => [encodeNamespace([...write.namespace, write.key]), write]));
    const kept = [...last.values()];
    if (this.embedder) await this.embed(kept, this.embedder);
    this.checkOpen();
    explained(this.path, () =>
      this.prepared.writing(() => {
        const vector = kept.find((write) => write.vector)?.vector;
        if (vector && this.embedder) this.recordModel(this.embedder.model, vector.length);
        this.writer.apply(kept, this.clock());
      }),
    );
  }

  private async embed(writes: readonly RecordWrite[], embedder: Embedder): Promise<void> {
    const wanted = writes.flatMap((write) => {
      const text = write.value === null || write.indexed === false ? null : denseText(write.value);
      return text === null ? [] : [{ write, text }];
    });
    const vectors = await embedder.documents(
      wanted.map(({ text }) => text),
      this.dimensions(),
    );
    wanted.forEach(({ write, text }, index) => {
      const vector = vectors?.[index];
      if (!vector) return;
      write.vector = vector;
      write.vectorOf = text;
    });
  }

  private recordModel(model: string, dimensions: number): void {
    if (readMeta(this.prepared.database, "embedding_model") !== undefined) return;
    writeMeta(this.prepared.database, "embedding_model", model);
    writeMeta(this.prepared.database, "embedding_dimensions", String(dimensions));
  }

  private dimensions(): number | undefined {
    const stored = readMeta(this.prepared.database, "embedding_dimensions");
    return stored === undefined ? undefined : Number(stored);
  }

  private reading<T>(work: () => T): T {
    return explained(this.path, () => this.prepared.reading(work));
  }

  private checkOpen(): void {
    if (!this.closed) return;
    throw new SimulacraError("store_unavailable", `The memory store ${this.path} is closed.`, "user", {
      path: this.path,
    });
  }
}

interface ItemRow {
  key: string;
  value: string;
  created: number;
  updated: number;
  path: string;
}

function asItem(row: ItemRow): Item {
  return {
    namespace: decodeNamespace(row.path),
    key: row.key,
    value: JSON.parse(row.value) as Record<string, unknown>,
    createdAt: new Date(row.created),
    updatedAt: new Date(row.updated),
  };
}

function asWrite({ namespace, key, value, index }: PutOperation): RecordWrite {
  validateNamespace(namespace);
  return { namespace, key, value, indexed: index !== false };
}
