import type { Simulacrum } from "../../graphs/simulacrum/simulacrum.js";

/** How many conversations of a person keep a layer of memory while nobody talks in them. */
const KEPT = 100;

/** Conversations between two turns; the one that was used last stands last. */
const resting = new WeakMap<Pick<Simulacrum, "endThread">, Set<string>>();

/**
 * Takes a turn in a conversation that may have a layer of memory of its own (mode `overlay`). A server is never told
 * that a conversation is over: beyond the last few, the layer that was not used for the longest time is ended. Its words
 * lie with the server; the mood and the episodes in it begin anew if somebody comes back.
 */
export async function inItsLayer<R>(
  person: Pick<Simulacrum, "endThread">,
  thread: string,
  turn: () => Promise<R>,
  kept = KEPT,
): Promise<R> {
  const threads = resting.get(person) ?? new Set();
  resting.set(person, threads);
  threads.delete(thread);
  try {
    return await turn();
  } finally {
    threads.add(thread);
    const [oldest] = threads;
    if (oldest !== undefined && threads.size > kept) {
      threads.delete(oldest);
      await person.endThread(oldest);
    }
  }
}
