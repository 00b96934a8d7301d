import { isSimulacraError, SimulacraError } from "../../../data/errors.js";
import { checkSpace, type Embedder } from "../embedder.js";
import { denseTextOf } from "../indexed-text.js";
import type { PendingReport } from "../memory-store.js";
import { type RecordWrite, textToEmbed } from "../record-write.js";
import type { Connection } from "./connection.js";
import { claimSpace, clearSpace, readSpace } from "./embedding-space.js";
import { readItem } from "./items.js";
import { leaseHolder, takeLease } from "./lease.js";
import type { SqliteMemoryStoreOptions } from "./options.js";
import { storeVector, type Unembedded } from "./record-writer.js";
import { reembed } from "./reembed.js";

/** Texts given to the model at once. */
const batchSize = 32;
/** Failures in a row after which the model is taken to be out of order. */
const patience = 2;
/** How long a failing model is left alone, in milliseconds. */
const restMs = 30_000;

/**
 * How long a write waits for the vectors of its texts, in milliseconds: others wait for the writer meanwhile. A turn
 * writes one text or a few; a life story has more, and is given more.
 */
const waitMs = (texts: number): number => 8_000 + 500 * (texts - 1);

/** What a store does with its embedding model; nothing where it has none. */
export class StoreEmbeddings {
  private running: Promise<PendingReport> | undefined;
  private restUntil = 0;
  private stopped = false;

  constructor(
    private readonly connection: Connection,
    private readonly embedder: Embedder | undefined,
  ) {}

  /**
   * Makes sure that the stored vectors are of this model, embedding the store again where that is asked for.
   * @throws SimulacraError embedding_mismatch, model_failed, store_busy
   */
  async open({ reembed: replace, onProgress }: SqliteMemoryStoreOptions): Promise<void> {
    const { embedder, connection } = this;
    const stored = readSpace(connection);
    if (!embedder || !stored || stored.model === embedder.model) return;
    const empty = connection.value("SELECT 1 FROM memory_vectors LIMIT 1") === undefined;
    if (empty) connection.writing(() => clearSpace(connection));
    else if (replace) await this.reembedAll(embedder, onProgress);
    else this.checkModel();
  }

  /** Adds the vectors to writes, outside of any transaction; where the model fails or hangs (or did so just now) they wait. */
  async addVectors(writes: readonly RecordWrite[]): Promise<void> {
    if (!this.embedder || this.resting) return;
    const wanted = await this.connection.alone(() =>
      this.connection.reading(() =>
        writes.flatMap((write) => {
          const text = textToEmbed(write, (namespace, key) => readItem(this.connection, namespace, key));
          return text === null ? [] : [{ write, text }];
        }),
      ),
    );
    const vectors = await this.inTime(wanted.map(({ text }) => text));
    for (const [index, { write, text }] of vectors ? wanted.entries() : []) {
      write.vector = vectors![index]!;
      write.vectorOf = text;
    }
  }

  /** Embeds what a transaction has just written, unless the model has just failed. The words are stored in any case. */
  async embedWritten(written: readonly Unembedded[]): Promise<void> {
    const batch = [...new Map(written.map((one) => [one.record, one])).values()];
    if (!this.embedder || this.resting || batch.length === 0) return;
    try {
      const vectors = await this.inTime(batch.map(({ text }) => text));
      if (vectors) await this.store(batch, vectors);
    } catch {
      // They wait for their vectors; an error of the store shows itself again in the next write.
    }
  }

  /** Inside the transaction that writes the vectors: they must be of the stored model. */
  claim(writes: readonly RecordWrite[]): void {
    const dimensions = writes.find((write) => write.vector)?.vector?.length;
    if (this.embedder && dimensions) claimSpace(this.connection, { model: this.embedder.model, dimensions });
  }

  /** @throws SimulacraError embedding_mismatch where another process embedded the store with another model */
  checkModel(): void {
    if (this.embedder) checkSpace(readSpace(this.connection), { model: this.embedder.model });
  }

  /**
   * Inside the transaction that compares a question's vector with the stored ones: they must be of one model.
   * @throws SimulacraError embedding_mismatch where another process embedded the store with another model
   */
  checkQuestion({ length: dimensions }: ArrayLike<number>): void {
    const { embedder, connection } = this;
    checkSpace(readSpace(connection), { ...(embedder && { model: embedder.model }), dimensions });
  }

  /**
   * Vector of a question; undefined where there is no model or it fails: then the words have to do.
   * @throws SimulacraError embedding_mismatch where another process embedded the store with another model
   */
  async question(query: string): Promise<Float32Array | undefined> {
    if (!this.embedder) return undefined;
    await this.connection.alone(() => this.checkModel());
    return this.embedder.question(query).catch(() => undefined);
  }

  /** Starts embedding what waits for it, unless the model has just failed; nobody waits. */
  nudge(): void {
    if (!this.embedder || this.running || this.stopped || this.resting || !this.anyWaiting()) return;
    // Errors of the store show themselves again in the next write.
    this.run(this.embedder).catch(() => undefined);
  }

  /** Embeds what waits for it, even where the model has just failed. Never throws for a model that fails. */
  async embedPending(): Promise<PendingReport> {
    return this.embedder ? this.run(this.embedder) : { embedded: 0, waiting: await this.countWaiting() };
  }

  stop(): void {
    this.stopped = true;
  }

  /** True for a while after the model failed: it is left alone, and nobody waits for it in vain. */
  private get resting(): boolean {
    return performance.now() < this.restUntil;
  }

  /**
   * Vectors of texts; undefined, and the model is left alone for a while, where it fails or takes too long.
   * @throws SimulacraError cancelled
   */
  private async inTime(texts: readonly string[]): Promise<Float32Array[] | undefined> {
    const asked = this.embedder?.documents(texts) ?? Promise.resolve(undefined);
    const vectors = await within(waitMs(texts.length), asked).catch((error: unknown) => {
      if (isSimulacraError(error, "cancelled")) throw error;
    });
    if (!vectors) this.restUntil = performance.now() + restMs;
    return vectors ?? undefined;
  }

  /** Embeds all that waits; joins a run that is under way. */
  private run(embedder: Embedder): Promise<PendingReport> {
    this.running ??= this.embedAll(embedder).finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  private async embedAll(embedder: Embedder): Promise<PendingReport> {
    let embedded = 0;
    let failures = 0;
    let after = 0;
    while (!this.stopped && failures < patience) {
      const batch = await this.connection.alone(() => (this.stopped ? [] : this.nextWaiting(after)));
      if (batch.length === 0) break;
      const whole = await this.embed(embedder, batch);
      embedded += whole ?? 0;
      // Where a batch fails its texts are tried one by one: it may be one of them, or the model may be out of order.
      for (const text of whole === null ? batch : []) {
        if (this.stopped || failures >= patience) break;
        const alone = await this.embed(embedder, [text]);
        failures = alone === null ? failures + 1 : 0;
        embedded += alone ?? 0;
      }
      after = batch[batch.length - 1]!.record;
    }
    this.restUntil = failures > 0 ? performance.now() + restMs : 0;
    return { embedded, waiting: await this.countWaiting() };
  }

  /** How many vectors were stored; null where the model failed. */
  private async embed(embedder: Embedder, batch: readonly Unembedded[]): Promise<number | null> {
    try {
      return await this.store(batch, await embedder.documents(batch.map(({ text }) => text)));
    } catch {
      return null;
    }
  }

  private anyWaiting(): boolean {
    return this.connection.value("SELECT record FROM memory_pending LIMIT 1") !== undefined;
  }

  private countWaiting(): Promise<number> {
    const count = () => this.connection.value<number>("SELECT count(*) FROM memory_pending") ?? 0;
    return this.connection.alone(() => (this.stopped ? 0 : count()));
  }

  private nextWaiting(after: number): Unembedded[] {
    const rows = this.connection
      .sql(
        `SELECT p.record, r.value FROM memory_pending p JOIN memory_records r ON r.id = p.record
         WHERE p.record > ? ORDER BY p.record LIMIT ${batchSize}`,
      )
      .all(after) as { record: number; value: string }[];
    return rows.map(({ record, value }) => ({ record, text: denseTextOf(value) ?? "" }));
  }

  /** Stores the vectors of those that still wait for one of the same text; gives back how many. */
  private store(batch: readonly Unembedded[], vectors: readonly Float32Array[]): Promise<number> {
    const { connection, embedder } = this;
    const write = (): number => {
      claimSpace(connection, { model: embedder!.model, dimensions: vectors[0]!.length });
      let stored = 0;
      batch.forEach(({ record, text }, index) => {
        const now = connection.value<string>(
          "SELECT r.value FROM memory_records r JOIN memory_pending p ON p.record = r.id WHERE r.id = ?",
          record,
        );
        if (now === undefined || denseTextOf(now) !== text) return;
        storeVector(connection, record, vectors[index]!);
        connection.sql("INSERT INTO memory_changes(record) VALUES (?)").run(record);
        stored += 1;
      });
      return stored;
    };
    return connection.alone(() => (this.stopped ? 0 : connection.writing(write)));
  }

  private async reembedAll(
    embedder: Embedder,
    onProgress: SqliteMemoryStoreOptions["onProgress"],
  ): Promise<void> {
    const { connection } = this;
    const name = "reembed";
    const lease = await takeLease(connection, name, { holder: `process ${process.pid}`, waitMs: 1000 });
    if (!lease) {
      throw new SimulacraError(
        "store_busy",
        `${connection.path} is being embedded again by ${leaseHolder(connection, name)}. Wait until it is done.`,
        "environment",
        { path: connection.path },
      );
    }
    try {
      await reembed(connection, embedder, onProgress);
    } finally {
      await lease.release();
    }
  }
}

/** What is awaited; undefined where it is not there in time. */
async function within<T>(limitMs: number, awaited: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), limitMs);
  });
  return Promise.race([awaited, over]).finally(() => clearTimeout(timer));
}
