import { SimulacraError } from "../../data/errors.js";

/** Serialises work on something named (a thread's turns, a character's consolidation) between runs and processes. */
export interface NamedLocks {
  /** @throws SimulacraError `thread_busy` when the wait is over */
  withLock<T>(name: string, work: () => Promise<T>, options?: LockOptions): Promise<T>;
  /** Takes the lock and gives back what releases it, for work that cannot be wrapped (a generator). */
  hold(name: string, options?: LockOptions): Promise<() => Promise<void>>;
}

export interface LockOptions {
  /** How long to wait for another run or process, in milliseconds. @default 30000 */
  waitMs?: number;
  signal?: AbortSignal;
}

const THREAD = "thread:";

/** What a conversation's turns are serialised by. */
export const threadLockName = (thread: string): string => `${THREAD}${thread}`;

/** Takes a right that other processes respect; null where it was not free in time. */
type TakeLease = (
  name: string,
  options: { waitMs: number; signal?: AbortSignal },
) => Promise<{ release(): Promise<void> } | null>;

/** Locks whose waiting runs of this process stand in a row, and, with `takeLease`, hold against other processes. */
export class QueuedLocks implements NamedLocks {
  /** Who waits or works, by name: each waits for the one before. */
  private readonly waiting = new Map<string, Promise<void>>();

  constructor(private readonly takeLease?: TakeLease) {}

  async withLock<T>(name: string, work: () => Promise<T>, options: LockOptions = {}): Promise<T> {
    const before = this.waiting.get(name);
    let over = () => {};
    const mine = new Promise<void>((resolve) => {
      over = resolve;
    });
    const queue = before ? before.then(() => mine) : mine;
    this.waiting.set(name, queue);
    try {
      if (before) await waited(before, name, options);
      return await this.leased(name, work, options);
    } finally {
      over();
      // Who gives up waiting is the last in the row, but not alone: the one before is still at work.
      void queue.then(() => {
        if (this.waiting.get(name) === queue) this.waiting.delete(name);
      });
    }
  }

  async hold(name: string, options: LockOptions = {}): Promise<() => Promise<void>> {
    let letGo = () => {};
    const letGoOf = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    return new Promise((resolve, reject) => {
      let run: Promise<void> = Promise.resolve();
      const release = async () => {
        letGo();
        await run;
      };
      run = this.withLock(
        name,
        () => {
          resolve(release);
          return letGoOf;
        },
        options,
      );
      run.catch(reject);
    });
  }

  private async leased<T>(name: string, work: () => Promise<T>, options: LockOptions): Promise<T> {
    options.signal?.throwIfAborted();
    if (!this.takeLease) return work();
    const lease = await this.takeLease(name, {
      waitMs: options.waitMs ?? WAIT_MS,
      ...(options.signal && { signal: options.signal }),
    });
    if (!lease) throw busy(name);
    try {
      return await work();
    } finally {
      await lease.release();
    }
  }
}

const WAIT_MS = 30_000;

/** Waits for another run in this process, no longer than the options allow. */
async function waited(
  before: Promise<void>,
  name: string,
  { waitMs = WAIT_MS, signal }: LockOptions,
): Promise<void> {
  signal?.throwIfAborted();
  let timer: NodeJS.Timeout | undefined;
  let onAbort = () => {};
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(busy(name)), waitMs);
    onAbort = () => reject(signal?.reason);
    signal?.addEventListener("abort", onAbort, { once: true });
  });
  try {
    await Promise.race([before, limit]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
  }
}

const busy = (name: string): SimulacraError =>
  new SimulacraError(
    "thread_busy",
    name.startsWith(THREAD)
      ? "Somebody else is working on this conversation and did not finish in time. Wait for it, or use another thread."
      : `Another run or process is at work on this character's memory (${name}) and did not finish in time. Try again when it has.`,
    "environment",
    { name },
  );
