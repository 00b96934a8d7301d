import type { Simulacrum } from "../../graphs/simulacrum/simulacrum.js";

type Overlaid = Pick<Simulacrum, "endThread">;

/** How many threads of a simulacrum keep a layer of memory while nobody talks in them. */
const KEPT = 100;

/** Threads between two turns; the one that was used last stands last. */
const resting = new WeakMap<Overlaid, Set<string>>();

/**
 * Takes a turn in a thread that may have a layer of memory of its own (mode `overlay`). A server is never told that a
 * conversation is over: beyond the last few, the least recently used layer is ended. Its words lie with the server; the
 * mood and the episodes in it begin afresh if somebody comes back.
 */
export async function inOverlay<R>(
  simulacrum: Overlaid,
  thread: string,
  turn: () => Promise<R>,
  kept = KEPT,
): Promise<R> {
  const threads = resting.get(simulacrum) ?? new Set();
  resting.set(simulacrum, threads);
  threads.delete(thread);
  try {
    return await turn();
  } finally {
    threads.add(thread);
    const [oldest] = threads;
    if (oldest !== undefined && threads.size > kept) {
      threads.delete(oldest);
      await simulacrum.endThread(oldest);
    }
  }
}
