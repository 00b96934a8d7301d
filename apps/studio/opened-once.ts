interface Closable {
  close(): Promise<void>;
}

/** How many different wishes are kept open. */
const KEPT_OPEN = 8;

/** How long after it was asked for a thing is not closed, in milliseconds: its work may be about to begin. */
const GRACE_MS = 60_000;

interface Opened<T> {
  thing: Promise<T>;
  usedAt: number;
}

const everything = new Set<OpenedOnce<Closable>>();

/**
 * Things that are opened once in a process and stay open between the requests of a server, by what tells them apart.
 * Beyond the last few, what was not used for the longest time is closed, unless it is at work.
 * They are closed when the process is asked to end, or by `closeEverything`.
 */
export class OpenedOnce<T extends Closable> {
  /** The one that was used last stands last. */
  private readonly opened = new Map<string, Opened<T>>();
  /** Pieces of work under way with each. */
  private readonly atWork = new Map<T, number>();

  constructor(
    private readonly keptOpen = KEPT_OPEN,
    private readonly graceMs = GRACE_MS,
  ) {}

  /** The thing of this name; where it is not open yet, opens it. A failed opening is tried again the next time. */
  get(name: string, open: () => Promise<T>): Promise<T> {
    const known = this.opened.get(name);
    if (known) {
      this.opened.delete(name);
      this.opened.set(name, { ...known, usedAt: performance.now() });
      return known.thing;
    }
    closeAtTheEnd(this);
    const opening = open().catch((error: unknown) => {
      this.opened.delete(name);
      throw error;
    });
    this.opened.set(name, { thing: opening, usedAt: performance.now() });
    void this.letGo();
    return opening;
  }

  /** Works with a thing; it is not closed meanwhile. */
  async during<R>(thing: T, work: () => Promise<R>): Promise<R> {
    this.atWork.set(thing, (this.atWork.get(thing) ?? 0) + 1);
    try {
      return await work();
    } finally {
      const left = (this.atWork.get(thing) ?? 1) - 1;
      if (left > 0) this.atWork.set(thing, left);
      else this.atWork.delete(thing);
      void this.letGo();
    }
  }

  /** Closes what is one too many. Nobody waits for it; what is under way when it is found stays for the next time. */
  private async letGo(): Promise<void> {
    for (const [name, entry] of [...this.opened]) {
      if (this.opened.size <= this.keptOpen) return;
      const thing = await entry.thing.catch(() => undefined);
      const idle = performance.now() - entry.usedAt >= this.graceMs;
      if (thing === undefined || !idle || this.atWork.has(thing) || this.opened.get(name) !== entry) continue;
      if (this.opened.size <= this.keptOpen) return;
      this.opened.delete(name);
      void thing.close().catch((error: unknown) => {
        process.emitWarning(`Something that is no longer needed could not be closed: ${String(error)}`);
      });
    }
  }

  async close(): Promise<void> {
    const all = [...this.opened.values()].map(({ thing }) => thing);
    this.opened.clear();
    // What could not be opened needs no closing, and was told of when it was asked for.
    for (const thing of await Promise.allSettled(all))
      if (thing.status === "fulfilled") await thing.value.close();
  }
}

/** Closes all that is open, in order that a test or a host can leave no file behind. */
export async function closeEverything(): Promise<void> {
  for (const opened of everything) await opened.close();
}

function closeAtTheEnd(opened: OpenedOnce<Closable>): void {
  if (everything.size === 0) for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, close);
  everything.add(opened);
}

/** A process that nobody else ends on this signal ends as it would have without us. */
function close(signal: NodeJS.Signals): void {
  void closeEverything().finally(() => {
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  });
}
