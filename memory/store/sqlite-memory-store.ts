import {
  BaseStore,
  type Item,
  type ListNamespacesOperation,
  type Operation,
  type OperationResults,
  type SearchItem,
  type SearchOperation,
} from "@langchain/langgraph-checkpoint";
import { SimulacraError } from "../../data/errors.js";
import { type ThreadLock, threadLockOf } from "../thread-lock.js";
import { CandidateReader } from "./candidate-reader.js";
import { searchCandidates } from "./candidate-search.js";
import { Embedder } from "./embedder.js";
import { readItem, readNamespaces, searchItems } from "./item-reader.js";
import { type Lease, type LeaseOptions, leaseHolder, takeLease } from "./lease.js";
import { listNamespaces } from "./namespace.js";
import type { PendingReport } from "./pending-embeddings.js";
import type { Prepared } from "./prepared.js";
import type { CandidateRequest, CandidateSet, RankedSearch } from "./ranked-search.js";
import { asWrite, lastOfEach, type RecordWrite } from "./record-write.js";
import { RecordWriter } from "./record-writer.js";
import { openDatabase } from "./schema.js";
import { countRecords, searchScope } from "./search-scope.js";
import { mendSpelling } from "./spelling.js";
import { StoreEmbedding } from "./store-embedding.js";
import { explain, explained, isBrokenTextIndex } from "./store-errors.js";
import { defaultEf, defaultExactBelow, hashedEf, type SqliteMemoryStoreOptions } from "./store-options.js";
import { rebuildTextIndex, textIndexIsCurrent } from "./text-index.js";
import { bufferedTransaction, type MemoryTransaction } from "./transaction.js";
import { VectorIndex } from "./vector-index.js";

export type { SqliteMemoryStoreOptions };

/**
 * A memory store in one SQLite file: LangGraph's store interface, ranked search by words and meaning, and leases
 * between processes. The file is the truth; the HNSW index beside it is derived and made again where it is missing.
 *
 * A record is indexed where its value has a `text` string and it was not put with `index: false`; field paths given
 * as `index` mean the same as none. The reads of a batch see the store as it was before the batch's writes.
 *
 * All methods throw SimulacraError: store_damaged, store_busy (another process kept the file locked), store_full
 * (the change was taken back), store_unavailable (closed, or no access), embedding_mismatch.
 */
export class SqliteMemoryStore extends BaseStore implements RankedSearch {
  private readonly reader: CandidateReader;
  private readonly writer: RecordWriter;
  private readonly vectors: VectorIndex;
  private readonly embedding: StoreEmbedding;
  private readonly clock: () => Date;
  private closed = false;

  private constructor(
    private readonly prepared: Prepared,
    embedder: Embedder | undefined,
    private readonly options: SqliteMemoryStoreOptions,
  ) {
    super();
    const { path, exactBelow = defaultExactBelow, ef = embedder?.isHashed ? hashedEf : defaultEf } = options;
    this.clock = options.clock ?? (() => new Date());
    this.reader = new CandidateReader(prepared);
    this.writer = new RecordWriter(prepared, (record) => this.reader.touched(record));
    this.vectors = new VectorIndex(prepared, { path, exactBelow, ef });
    this.embedding = new StoreEmbedding(prepared, embedder, path);
  }

  /**
   * Opens a store, making its file where it is missing.
   * @throws SimulacraError embedding_mismatch where the file holds vectors of another model and `reembed` is not set;
   *   model_failed where embedding anew failed (opening again continues); store_damaged and others as every method
   */
  static async open(options: SqliteMemoryStoreOptions): Promise<SqliteMemoryStore> {
    const { path, embeddings, embeddingModel } = options;
    const prepared = await openDatabase(path).catch((error: unknown) => Promise.reject(explain(path, error)));
    try {
      const store = new SqliteMemoryStore(
        prepared,
        embeddings && new Embedder(embeddings, embeddingModel),
        options,
      );
      await store.prepareToSearch();
      return store;
    } catch (error) {
      prepared.database.close();
      throw explain(path, error);
    }
  }

  override async batch<Op extends Operation[]>(operations: Op): Promise<OperationResults<Op>> {
    this.checkOpen();
    const writes: RecordWrite[] = [];
    const results: unknown[] = [];
    for (const operation of operations) {
      if ("namespacePrefix" in operation) results.push(await this.searchOperation(operation));
      else if ("value" in operation) results.push(void writes.push(asWrite(operation)));
      else if ("key" in operation) results.push(this.item(operation.namespace, operation.key));
      else results.push(this.namespaces(operation));
    }
    if (writes.length > 0) await this.write(lastOfEach(writes));
    return results as OperationResults<Op>;
  }

  async candidates(request: CandidateRequest): Promise<CandidateSet> {
    this.checkOpen();
    if (request.vector) this.embedding.nudge();
    return this.reading(() => {
      if (request.vector) this.embedding.checkQuestion(request.vector);
      return searchCandidates(this.prepared, this.vectors, this.reader, request);
    });
  }

  async nearestTerms(
    terms: readonly string[],
    namespaces: readonly string[][],
  ): Promise<Map<string, string>> {
    this.checkOpen();
    return this.reading(() => mendSpelling(this.prepared, searchScope(this.prepared, namespaces), terms));
  }

  get locks(): ThreadLock {
    return threadLockOf(this as never);
  }

  transact<T>(work: (transaction: MemoryTransaction) => Promise<T>): Promise<T> {
    return bufferedTransaction(this, work);
  }

  /** Gives vectors to records that were written while the embedding model was missing or failed. */
  async embedPending(): Promise<PendingReport> {
    this.checkOpen();
    return this.embedding.embedPending();
  }

  /** Builds what is missing of the HNSW index now and saves it, instead of in the background. */
  async buildIndex(onProgress?: (done: number, total: number) => void): Promise<void> {
    this.checkOpen();
    this.reading(() => this.vectors.refresh());
    await this.vectors.build(onProgress);
  }

  /** Takes a named lease that other processes respect; null where it was not free in time. */
  async lease(name: string, options: LeaseOptions): Promise<Lease | null> {
    this.checkOpen();
    return takeLease(this.options.path, this.prepared, name, options);
  }

  /** Who holds a lease now, as they named themselves; null where it is free. */
  leaseHolder(name: string): string | null {
    this.checkOpen();
    return explained(this.options.path, () => leaseHolder(this.prepared, name));
  }

  /** How many records lie under any of the namespace prefixes; all of them where none is given. */
  async count(namespaces: readonly string[][] = [[]]): Promise<number> {
    this.checkOpen();
    return this.reading(() => countRecords(this.prepared, namespaces));
  }

  /**
   * Leaves no trace of what was deleted: not in the full-text index, the write-ahead log, the HNSW index, or pages from
   * which rows were moved. The file is written anew: this takes seconds in a large store, and as much room again on the disk.
   */
  async purge(): Promise<void> {
    this.checkOpen();
    this.writing(() => this.prepared.sql("INSERT INTO memory_words(memory_words) VALUES ('optimize')").run());
    this.reading(() => this.vectors.refresh());
    this.writing(() => this.vectors.forgetDead());
    explained(this.options.path, () => {
      // Deleted rows are overwritten where they lie; copies that SQLite left behind when it moved them are not.
      this.prepared.database.exec("VACUUM");
      this.prepared.database.pragma("wal_checkpoint(TRUNCATE)");
    });
  }

  /** An empty store in memory with the same embedding model, and the same clock unless another is given. */
  async createLayer(clock: () => Date = this.clock): Promise<SqliteMemoryStore> {
    const { embeddings, embeddingModel } = this.options;
    return SqliteMemoryStore.open({
      path: ":memory:",
      clock,
      ...(embeddings ? { embeddings } : {}),
      ...(embeddingModel === undefined ? {} : { embeddingModel }),
    });
  }

  /** Saves the index and closes the file; a second call does nothing. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    this.embedding.stop();
    this.vectors.stop();
    this.vectors.saveAtClose();
    this.prepared.database.close();
  }

  override async stop(): Promise<void> {
    await this.close();
  }

  private async prepareToSearch(): Promise<void> {
    await this.embedding.open(this.options);
    if (!textIndexIsCurrent(this.prepared)) rebuildTextIndex(this.prepared);
    this.prepared.reading(() => this.vectors.refresh());
    this.embedding.nudge();
  }

  private item(namespace: string[], key: string): Item | null {
    // One statement sees one state of the file without a transaction around it.
    return explained(this.options.path, () => readItem(this.prepared, namespace, key));
  }

  private namespaces(operation: ListNamespacesOperation): string[][] {
    return explained(this.options.path, () => listNamespaces(readNamespaces(this.prepared), operation));
  }

  private async searchOperation(operation: SearchOperation): Promise<SearchItem[]> {
    const { namespacePrefix, filter, limit = 10, offset = 0, query } = operation;
    const question = query ? await this.embedding.question(query) : undefined;
    this.checkOpen();
    this.embedding.nudge();
    return this.reading(() => {
      if (question) this.embedding.checkQuestion(question);
      return searchItems(this.prepared, this.vectors, {
        prefix: namespacePrefix,
        limit,
        offset,
        ...(filter ? { filter } : {}),
        ...(query ? { query } : {}),
        ...(question ? { question } : {}),
      });
    });
  }

  /** Embeds outside the transaction, then writes all or nothing. */
  private async write(writes: RecordWrite[]): Promise<void> {
    await this.embedding.addVectors(writes);
    this.checkOpen();
    this.writing(() => {
      this.embedding.claim(writes);
      this.writer.apply(writes, this.clock());
    });
    this.vectors.saveWhenDue();
  }

  private writing<T>(work: () => T): T {
    return explained(this.options.path, () => this.prepared.writing(work));
  }

  /** Reads one state of the file; a broken text index is made again once. */
  private reading<T>(work: () => T): T {
    return explained(this.options.path, () => {
      try {
        return this.prepared.reading(work);
      } catch (error) {
        if (!isBrokenTextIndex(error)) throw error;
        rebuildTextIndex(this.prepared);
        return this.prepared.reading(work);
      }
    });
  }

  private checkOpen(): void {
    if (!this.closed) return;
    throw new SimulacraError(
      "store_unavailable",
      `The memory store ${this.options.path} is closed.`,
      "user",
      {
        path: this.options.path,
      },
    );
  }
}
