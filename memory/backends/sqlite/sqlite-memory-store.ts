import {
  BaseStore,
  type Operation,
  type OperationResults,
  type PutOperation,
  type SearchItem,
  type SearchOperation,
} from "@langchain/langgraph-checkpoint";
import { SimulacraError } from "../../../data/errors.js";
import { Embedder } from "../embedder.js";
import { OverlayStore } from "../layer/overlay-store.js";
import type {
  CandidateRequest,
  CandidateSet,
  MemoryStore,
  MemoryTransaction,
  PendingReport,
} from "../memory-store.js";
import { type NamedLocks, QueuedLocks } from "../named-locks.js";
import { asWrite, lastOfEach, type RecordWrite } from "../record-write.js";
import { CandidateSearch } from "./candidates.js";
import type { Connection } from "./connection.js";
import { StoreEmbeddings } from "./embeddings.js";
import { readItem, readNamespaces, searchItems } from "./items.js";
import { releaseAll, takeLease } from "./lease.js";
import { mendSpelling } from "./lexical-search.js";
import { removeCopies } from "./migrate.js";
import { defaultEf, defaultExactBelow, hashedEf, type SqliteMemoryStoreOptions } from "./options.js";
import { RecordWriter, type Unembedded } from "./record-writer.js";
import { openDatabase } from "./schema.js";
import { searchScope } from "./search-scope.js";
import { explain, isBrokenTextIndex } from "./sqlite-errors.js";
import { TextIndex } from "./text-index.js";
import { VectorIndex } from "./vector-index.js";

export type { SqliteMemoryStoreOptions };

/** How long the lock of a process outlives it where it stopped without dying. */
const lockMs = 30_000;

/**
 * A memory store in one SQLite file, which several processes may have open. The file is the truth; the HNSW index
 * beside it is derived and made again where it is missing.
 *
 * A record is indexed where its value has a `text` string and it was not put with `index: false`; field paths given
 * as `index` mean the same as none.
 *
 * All methods throw SimulacraError: store_damaged, store_busy (another process kept the file locked), store_full
 * (the change was taken back), store_unavailable (closed, or no access), embedding_mismatch.
 */
export class SqliteMemoryStore extends BaseStore implements MemoryStore {
  readonly locks: NamedLocks;
  private readonly ranked: CandidateSearch;
  private readonly textIndex: TextIndex;
  private readonly writer: RecordWriter;
  private readonly vectors: VectorIndex;
  private readonly embeddings: StoreEmbeddings;
  private readonly clock: () => Date;
  private closed = false;

  private constructor(
    private readonly connection: Connection,
    embedder: Embedder | undefined,
    private readonly options: SqliteMemoryStoreOptions,
  ) {
    super();
    const { exactBelow = defaultExactBelow, ef = embedder?.isHashed ? hashedEf : defaultEf } = options;
    this.clock = options.clock ?? (() => new Date());
    this.vectors = new VectorIndex(connection, { exactBelow, ef });
    this.ranked = new CandidateSearch(connection, this.vectors);
    this.textIndex = new TextIndex(connection);
    this.writer = new RecordWriter(connection, this.textIndex, (id, at) => this.ranked.touched(id, at));
    this.embeddings = new StoreEmbeddings(connection, embedder);
    this.locks = new QueuedLocks(async (name, wait) => {
      this.checkOpen();
      return takeLease(connection, name, { holder: `${process.pid}`, ttlMs: lockMs, ...wait });
    });
  }

  /**
   * Opens a store, making its file where it is missing.
   * @throws SimulacraError embedding_mismatch where the file holds vectors of another model and `reembed` is not set;
   *   model_failed where embedding again failed (opening again continues); store_damaged and others as every method
   */
  static async open(options: SqliteMemoryStoreOptions): Promise<SqliteMemoryStore> {
    const { path, embeddings, embeddingModel } = options;
    const connection = await openDatabase(path).catch((error: unknown) =>
      Promise.reject(explain(path, error)),
    );
    try {
      const embedder = embeddings && new Embedder(embeddings, embeddingModel);
      const store = new SqliteMemoryStore(connection, embedder, options);
      await store.embeddings.open(options);
      if (!store.textIndex.isCurrent) store.textIndex.rebuild();
      connection.reading(() => store.vectors.refresh());
      store.embeddings.nudge();
      return store;
    } catch (error) {
      connection.database.close();
      throw explain(path, error);
    }
  }

  override async batch<Op extends Operation[]>(operations: Op): Promise<OperationResults<Op>> {
    const writes: RecordWrite[] = [];
    const results: unknown[] = [];
    for (const operation of operations) {
      if ("namespacePrefix" in operation) results.push(await this.searchOperation(operation));
      else if ("value" in operation) results.push(void writes.push(asWrite(operation)));
      else if ("key" in operation)
        results.push(await this.alone(() => readItem(this.connection, operation.namespace, operation.key)));
      else results.push(await this.alone(() => readNamespaces(this.connection, operation)));
    }
    if (writes.length > 0) await this.write(lastOfEach(writes));
    return results as OperationResults<Op>;
  }

  async transact<T>(work: (transaction: MemoryTransaction) => Promise<T>): Promise<T> {
    this.checkOpen();
    let written: readonly Unembedded[] = [];
    const result = await this.connection.transact(async () => {
      this.checkOpen();
      this.embeddings.checkModel();
      this.writer.begin();
      const { transaction, end } = this.transaction();
      const done = await work(transaction).finally(end);
      this.writer.finish();
      written = this.writer.unembedded;
      return done;
    });
    await this.embeddings.embedWritten(written);
    await this.saveWhenDue();
    return result;
  }

  layer(options: { clock?: () => Date } = {}): OverlayStore {
    const top = { ...this.options, path: ":memory:", reembed: false };
    return new OverlayStore(this, (clock = options.clock ?? this.clock) =>
      SqliteMemoryStore.open({ ...top, clock }),
    );
  }

  async candidates(request: CandidateRequest): Promise<CandidateSet> {
    return this.reading(() => {
      if (request.vector) {
        this.embeddings.nudge();
        this.embeddings.checkQuestion(request.vector);
      }
      return this.ranked.candidates(request);
    });
  }

  async nearestTerms(
    terms: readonly string[],
    namespaces: readonly string[][],
  ): Promise<Map<string, string>> {
    const { connection } = this;
    return this.reading(() => mendSpelling(connection, searchScope(connection, namespaces), terms));
  }

  async embedPending(): Promise<PendingReport> {
    this.checkOpen();
    return this.embeddings.embedPending();
  }

  /** Builds what is missing of the HNSW index now and saves it, instead of in the background. */
  async buildIndex(onProgress?: (done: number, total: number) => void): Promise<void> {
    await this.reading(() => this.vectors.refresh());
    await this.vectors.build(onProgress);
    await this.alone(() => this.vectors.save());
  }

  /** How many records lie under any of the namespace prefixes; all of them where none is given. */
  async count(namespaces: readonly string[][] = [[]]): Promise<number> {
    const { connection } = this;
    const sum = `SELECT coalesce(sum(records), 0) FROM memory_namespaces
      WHERE id IN (SELECT value FROM json_each(?))`;
    const inside = () => JSON.stringify([...searchScope(connection, namespaces).namespaces]);
    return this.reading(() => connection.value<number>(sum, inside()) ?? 0);
  }

  /**
   * Leaves no trace of what was deleted: not in the full-text index, the write-ahead log, the HNSW index, pages from
   * which rows were moved, or copies that a migration put aside. The file is written again: this takes seconds in a large
   * store, and as much room again on the disk.
   */
  async purge(): Promise<void> {
    const { connection } = this;
    await this.alone(() => {
      connection.sql("INSERT INTO memory_words(memory_words) VALUES ('optimize')").run();
      connection.reading(() => this.vectors.refresh());
      this.vectors.forgetDead();
      // Deleted rows are overwritten where they lie; copies that SQLite left behind when it moved them are not.
      connection.database.exec("VACUUM");
      connection.database.pragma("wal_checkpoint(TRUNCATE)");
      removeCopies(connection.path);
    });
  }

  /** Saves the index and closes the file; a second call does nothing. */
  override async stop(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    this.embeddings.stop();
    this.vectors.stop();
    await this.connection.alone(() => {
      this.vectors.saveAtClose();
      try {
        releaseAll(this.connection);
      } catch {
        // A full disk or a busy file: their time runs out.
      }
      this.connection.database.close();
    });
  }

  /** As {@link stop}. */
  async close(): Promise<void> {
    await this.stop();
  }

  private transaction(): { transaction: MemoryTransaction; end: () => void } {
    const { connection, writer } = this;
    const now = this.clock();
    let over = false;
    // Work that did not wait for its own reading and writing would write to the file outside of the transaction.
    const inside = async <T>(act: () => T): Promise<T> => {
      if (over) throw new SimulacraError("invalid_input", "This transaction of the memory is over.", "user");
      return act();
    };
    const write = (operation: PutOperation) => inside(() => writer.write(asWrite(operation), now));
    const transaction: MemoryTransaction = {
      get: (namespace, key) => inside(() => readItem(connection, namespace, key)),
      put: (namespace, key, value, index) =>
        write({ namespace, key, value, ...(index === false && { index }) }),
      delete: (namespace, key) => write({ namespace, key, value: null }),
      search: (prefix, { limit = 10, offset = 0 } = {}) =>
        inside(() => searchItems(connection, this.vectors, { prefix, limit, offset })),
    };
    return {
      transaction,
      end: () => {
        over = true;
      },
    };
  }

  private async searchOperation(operation: SearchOperation): Promise<SearchItem[]> {
    const { namespacePrefix: prefix, limit = 10, offset = 0, ...asked } = operation;
    this.checkOpen();
    const question = asked.query ? await this.embeddings.question(asked.query) : undefined;
    return this.reading(() => {
      this.embeddings.nudge();
      if (question) this.embeddings.checkQuestion(question);
      return searchItems(this.connection, this.vectors, { ...asked, prefix, limit, offset, question });
    });
  }

  /** Embeds outside the transaction, then writes all or nothing. */
  private async write(writes: RecordWrite[]): Promise<void> {
    this.checkOpen();
    await this.embeddings.addVectors(writes);
    await this.alone(() =>
      this.connection.writing(() => {
        this.embeddings.claim(writes);
        this.writer.apply(writes, this.clock());
      }),
    );
    await this.saveWhenDue();
  }

  private async saveWhenDue(): Promise<void> {
    if (this.vectors.isDueForSaving) await this.connection.alone(() => !this.closed && this.vectors.save());
  }

  /** Reads one state of the file; a broken text index is made again once. */
  private async reading<T>(work: () => T): Promise<T> {
    return this.alone(() => {
      try {
        return this.connection.reading(work);
      } catch (error) {
        if (!isBrokenTextIndex(error)) throw error;
        this.textIndex.rebuild();
        return this.connection.reading(work);
      }
    });
  }

  /** One statement, or a transaction that does not await: after the transaction that is open, if one is. */
  private alone<T>(work: () => T): Promise<T> {
    return this.connection.alone(() => {
      this.checkOpen();
      return work();
    });
  }

  private checkOpen(): void {
    if (!this.closed) return;
    const { path } = this.options;
    throw new SimulacraError("store_unavailable", `The memory store ${path} is closed.`, "user", { path });
  }
}
