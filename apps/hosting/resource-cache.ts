interface Closable {
  close(): Promise<void>;
}

/** How many resources are kept open. */
const KEPT_OPEN = 8;

/** How long after it was asked for a resource is not closed, in milliseconds: its work may be about to begin. */
const GRACE_MS = 60_000;

interface Entry<T> {
  opening: Promise<T>;
  usedAt: number;
}

const caches = new Set<ResourceCache<Closable>>();

/**
 * Resources that are opened once in a process, by a key, and stay open between the requests of a server. Beyond the last
 * few, the least recently used one is closed, unless it is in use. All are closed when the process is asked to end, or by
 * `closeResources`.
 */
export class ResourceCache<T extends Closable> {
  /** The one that was used last stands last. */
  private readonly entries = new Map<string, Entry<T>>();
  /** How many pieces of work are under way with each. */
  private readonly inUse = new Map<T, number>();

  constructor(
    private readonly keptOpen = KEPT_OPEN,
    private readonly graceMs = GRACE_MS,
  ) {}

  /** The resource of this key, opened where it is not yet. A failed opening is tried again the next time. */
  get(key: string, open: () => Promise<T>): Promise<T> {
    const known = this.entries.get(key);
    this.entries.delete(key);
    const opening =
      known?.opening ??
      open().catch((error: unknown) => {
        this.entries.delete(key);
        throw error;
      });
    this.entries.set(key, { opening, usedAt: performance.now() });
    if (!known) {
      closeAtTheEnd(this);
      void this.evict();
    }
    return opening;
  }

  /** Works with a resource; it is not closed meanwhile. */
  async using<R>(resource: T, work: () => Promise<R>): Promise<R> {
    this.inUse.set(resource, (this.inUse.get(resource) ?? 0) + 1);
    try {
      return await work();
    } finally {
      const left = (this.inUse.get(resource) ?? 1) - 1;
      if (left > 0) this.inUse.set(resource, left);
      else this.inUse.delete(resource);
      void this.evict();
    }
  }

  /** Closes what is one too many. Nobody waits for it; what is in use when it is found stays for the next time. */
  private async evict(): Promise<void> {
    for (const [key, entry] of [...this.entries]) {
      const resource = await entry.opening.catch(() => undefined);
      if (this.entries.size <= this.keptOpen) return;
      const idle = performance.now() - entry.usedAt >= this.graceMs;
      if (!resource || !idle || this.inUse.has(resource) || this.entries.get(key) !== entry) continue;
      this.entries.delete(key);
      void resource.close().catch((error: unknown) => {
        process.emitWarning(`Something that is no longer needed could not be closed: ${String(error)}`);
      });
    }
  }

  async close(): Promise<void> {
    const all = [...this.entries.values()].map(({ opening }) => opening);
    this.entries.clear();
    // What could not be opened needs no closing, and was told of when it was asked for.
    for (const opened of await Promise.allSettled(all))
      if (opened.status === "fulfilled") await opened.value.close();
  }
}

/** Closes all that is open, in order that a test or a host can leave no file behind. */
export async function closeResources(): Promise<void> {
  for (const cache of caches) await cache.close();
}

function closeAtTheEnd(cache: ResourceCache<Closable>): void {
  if (caches.size === 0) for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, close);
  caches.add(cache);
}

/** A process that nobody else ends on this signal ends as it would have without us. */
function close(signal: NodeJS.Signals): void {
  void closeResources().finally(() => {
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  });
}
