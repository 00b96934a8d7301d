import type { Embedder } from "./embedder.js";
import { claimSpace } from "./embedding-space.js";
import { denseText } from "./indexed-text.js";
import type { Prepared } from "./prepared.js";
import { vectorBytes } from "./unit-vector.js";

/** Texts given to the model at once. */
const batchSize = 32;
/** Failures in a row after which the model is taken to be out of order. */
const patience = 2;
/** How long a failing model is left alone, in milliseconds. */
const restMs = 30_000;

export interface PendingReport {
  embedded: number;
  /** Still without vector: the model failed. */
  waiting: number;
}

/** Gives vectors to the records that were written without (no embedding model then, or it failed). */
export class PendingEmbeddings {
  private running: Promise<PendingReport> | undefined;
  private restUntil = 0;
  private stopped = false;

  constructor(
    private readonly prepared: Prepared,
    private readonly embedder: Embedder,
  ) {}

  /** Embeds all that waits; joins a run that is under way. Never throws for a model that fails. */
  run(): Promise<PendingReport> {
    this.running ??= this.work().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  /** True for a while after the model failed: it is left alone, and nobody waits for it in vain. */
  get resting(): boolean {
    return performance.now() < this.restUntil;
  }

  /** Leaves the model alone for a while: it failed somewhere else. */
  rest(): void {
    this.restUntil = performance.now() + restMs;
  }

  /** Starts a run where something waits and the model has not just failed; nobody waits for it. */
  nudge(): void {
    if (this.running || this.stopped || this.resting || !this.anyWaiting()) return;
    // Errors of the store show themselves again in the next write.
    this.run().catch(() => undefined);
  }

  stop(): void {
    this.stopped = true;
  }

  private async work(): Promise<PendingReport> {
    let embedded = 0;
    let failures = 0;
    let after = 0;
    while (!this.stopped && failures < patience) {
      const batch = this.waiting(batchSize, after);
      if (batch.length === 0) break;
      const whole = await this.embed(batch);
      embedded += whole ?? 0;
      // Where a batch fails its texts are tried one by one: it may be one of them, or the model may be out of order.
      for (const text of whole === null ? batch : []) {
        if (this.stopped || failures >= patience) break;
        const alone = await this.embed([text]);
        failures = alone === null ? failures + 1 : 0;
        embedded += alone ?? 0;
      }
      after = batch[batch.length - 1]!.record;
    }
    if (failures > 0) this.rest();
    else this.restUntil = 0;
    const waiting = this.stopped
      ? 0
      : (this.prepared.value<number>("SELECT count(*) FROM memory_pending") ?? 0);
    return { embedded, waiting };
  }

  /** How many vectors were stored; null where the model failed. */
  private async embed(batch: readonly { record: number; text: string }[]): Promise<number | null> {
    try {
      const vectors = await this.embedder.documents(batch.map(({ text }) => text));
      return this.stopped ? 0 : this.store(batch, vectors);
    } catch {
      return null;
    }
  }

  private anyWaiting(): boolean {
    return this.prepared.value("SELECT record FROM memory_pending LIMIT 1") !== undefined;
  }

  private waiting(limit: number, after: number): { record: number; text: string }[] {
    const rows = this.prepared
      .sql(
        `SELECT p.record, r.value FROM memory_pending p JOIN memory_records r ON r.id = p.record
         WHERE p.record > ? ORDER BY p.record LIMIT ?`,
      )
      .all(after, limit) as { record: number; value: string }[];
    return rows.map(({ record, value }) => ({ record, text: textOf(value) ?? "" }));
  }

  private store(
    batch: readonly { record: number; text: string }[],
    vectors: readonly Float32Array[],
  ): number {
    return this.prepared.writing(() => {
      claimSpace(this.prepared, { model: this.embedder.model, dimensions: vectors[0]!.length });
      let stored = 0;
      batch.forEach(({ record, text }, index) => {
        const now = this.prepared.value<string>(
          "SELECT r.value FROM memory_records r JOIN memory_pending p ON p.record = r.id WHERE r.id = ?",
          record,
        );
        if (now === undefined || textOf(now) !== text) return;
        this.prepared
          .sql("INSERT OR REPLACE INTO memory_vectors(record, vector) VALUES (?, ?)")
          .run(record, vectorBytes(vectors[index]!));
        this.prepared.sql("DELETE FROM memory_pending WHERE record = ?").run(record);
        this.prepared.sql("INSERT INTO memory_changes(record) VALUES (?)").run(record);
        stored += 1;
      });
      return stored;
    });
  }
}

function textOf(value: string): string | null {
  return denseText(JSON.parse(value) as Record<string, unknown>);
}
