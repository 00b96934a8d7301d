interface Closable {
  close(): Promise<void>;
}

const everything = new Set<OpenedOnce<Closable>>();

/**
 * Things that are opened once in a process and stay open between the requests of a server, by what tells them apart.
 * They are closed when the process is asked to end, or by `closeEverything`.
 */
export class OpenedOnce<T extends Closable> {
  private readonly opened = new Map<string, Promise<T>>();

  /** The thing of this name; where it is not open yet, opens it. A failed opening is tried again the next time. */
  get(name: string, open: () => Promise<T>): Promise<T> {
    const known = this.opened.get(name);
    if (known) return known;
    closeAtTheEnd(this);
    const opening = open().catch((error: unknown) => {
      this.opened.delete(name);
      throw error;
    });
    this.opened.set(name, opening);
    return opening;
  }

  async close(): Promise<void> {
    const all = [...this.opened.values()];
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
