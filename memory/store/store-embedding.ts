import { isSimulacraError, SimulacraError } from "../../data/errors.js";
import type { Embedder } from "./embedder.js";
import { checkSpace, claimSpace, clearSpace, readSpace } from "./embedding-space.js";
import { readItem } from "./item-reader.js";
import { leaseHolder, takeLease } from "./lease.js";
import { PendingEmbeddings, type PendingReport } from "./pending-embeddings.js";
import type { Prepared } from "./prepared.js";
import { type RecordWrite, textToEmbed } from "./record-write.js";
import { reembed } from "./reembed.js";
import type { SqliteMemoryStoreOptions } from "./store-options.js";

/**
 * How long a write waits for the vectors of its texts, in milliseconds: others wait for the writer meanwhile. A turn
 * writes one text or a few; a life story has more, and is given more.
 */
const waitMs = (texts: number): number => 8_000 + 500 * (texts - 1);

/** What a store does with its embedding model; nothing where it has none. */
export class StoreEmbedding {
  private readonly pending: PendingEmbeddings | undefined;

  constructor(
    private readonly prepared: Prepared,
    private readonly embedder: Embedder | undefined,
    private readonly path: string,
  ) {
    this.pending = embedder && new PendingEmbeddings(prepared, embedder);
  }

  /**
   * Makes sure that the stored vectors are of this model, embedding the store anew where that is asked for.
   * @throws SimulacraError embedding_mismatch, model_failed, store_busy
   */
  async open({ reembed: anew, onProgress }: SqliteMemoryStoreOptions): Promise<void> {
    const { embedder, prepared } = this;
    const stored = readSpace(prepared);
    if (!embedder || !stored || stored.model === embedder.model) return;
    const empty = prepared.value("SELECT 1 FROM memory_vectors LIMIT 1") === undefined;
    if (empty) prepared.writing(() => clearSpace(prepared));
    else if (anew) await this.embedAnew(embedder, onProgress);
    else checkSpace(stored, { model: embedder.model });
  }

  /** Adds the vectors to writes, outside of any transaction; where the model fails or hangs (or did so just now) they wait. */
  async addVectors(writes: readonly RecordWrite[]): Promise<void> {
    if (!this.embedder || this.pending?.resting) return;
    const wanted = this.prepared.reading(() =>
      writes.flatMap((write) => {
        const text = textToEmbed(write, (namespace, key) => readItem(this.prepared, namespace, key));
        return text === null ? [] : [{ write, text }];
      }),
    );
    const asked = this.embedder.documents(wanted.map(({ text }) => text));
    const vectors = await within(waitMs(wanted.length), asked).catch((error: unknown) => {
      if (isSimulacraError(error, "cancelled")) throw error;
    });
    if (!vectors) {
      this.pending?.rest();
      return;
    }
    for (const [index, { write, text }] of wanted.entries()) {
      write.vector = vectors[index]!;
      write.vectorOf = text;
    }
  }

  /** Inside the transaction that writes the vectors: they must be of the stored model. */
  claim(writes: readonly RecordWrite[]): void {
    const dimensions = writes.find((write) => write.vector)?.vector?.length;
    if (this.embedder && dimensions) claimSpace(this.prepared, { model: this.embedder.model, dimensions });
  }

  /**
   * Inside the transaction that compares a question's vector with the stored ones: they must be of one model.
   * @throws SimulacraError embedding_mismatch where another process embedded the store with another model
   */
  checkQuestion({ length: dimensions }: ArrayLike<number>): void {
    const { embedder, prepared } = this;
    checkSpace(readSpace(prepared), { ...(embedder && { model: embedder.model }), dimensions });
  }

  /**
   * Vector of a question; undefined where there is no model or it fails: then the words have to do.
   * @throws SimulacraError embedding_mismatch where another process embedded the store with another model
   */
  async question(query: string): Promise<Float32Array | undefined> {
    if (!this.embedder) return undefined;
    checkSpace(readSpace(this.prepared), { model: this.embedder.model });
    return this.embedder.question(query).catch(() => undefined);
  }

  /** Starts embedding what waits for it, unless the model has just failed; nobody waits. */
  nudge(): void {
    this.pending?.nudge();
  }

  /** Embeds what was just written, unless the model has just failed. */
  async embedWritten(): Promise<void> {
    if (!this.pending?.resting) await this.pending?.run();
  }

  /** Embeds what waits for it, even where the model has just failed. */
  async embedPending(): Promise<PendingReport> {
    const waiting = () => this.prepared.value<number>("SELECT count(*) FROM memory_pending") ?? 0;
    return this.pending ? this.pending.run() : { embedded: 0, waiting: waiting() };
  }

  stop(): void {
    this.pending?.stop();
  }

  private async embedAnew(
    embedder: Embedder,
    onProgress: SqliteMemoryStoreOptions["onProgress"],
  ): Promise<void> {
    const name = "reembed";
    const holder = `process ${process.pid}`;
    const lease = await takeLease(this.path, this.prepared, name, { holder, waitMs: 1000 });
    if (!lease) {
      throw new SimulacraError(
        "store_busy",
        `${this.path} is being embedded anew by ${leaseHolder(this.prepared, name)}. Wait until it is done.`,
        "environment",
        { path: this.path },
      );
    }
    try {
      await reembed(this.prepared, embedder, onProgress);
    } finally {
      lease.release();
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
