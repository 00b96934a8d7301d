import PQueue from "p-queue";

/**
 * Has sessions put side by side. A session is named by its key: what a key stands for is known to whoever works on it, so
 * that the work may be done in this process or in another.
 */
export interface SessionQueue {
  /**
   * Calls `work` with every key. The next key is asked for when a worker is about to be free: what it depends on (money
   * spent so far) may change until then. Resolves when all work has ended.
   * @throws what `work` first rejected with, once what is under way has ended
   */
  run(keys: AsyncIterable<string>, work: (key: string) => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

/** Works on the sessions in this process, so many at a time. */
export class InProcessQueue implements SessionQueue {
  constructor(private readonly concurrency: number) {}

  async run(keys: AsyncIterable<string>, work: (key: string) => Promise<void>): Promise<void> {
    const queue = new PQueue({ concurrency: this.concurrency });
    const failures: unknown[] = [];
    for await (const key of keys) {
      if (failures.length > 0) break;
      queue.add(() => work(key)).catch((error: unknown) => failures.push(error));
      await queue.onSizeLessThan(1);
    }
    await queue.onIdle();
    if (failures.length > 0) throw failures[0];
  }

  async close(): Promise<void> {}
}
