import { isSimulacraError, reasonOf, SimulacraError } from "../../data/errors.js";
import { threadLockName } from "../../memory/backends/named-locks.js";
import type { Forgotten } from "../../memory/forgetting.js";
import type { SimulacrumMemory } from "../../memory/simulacrum-memory.js";
import { removeOldCheckpoints } from "./opened-parts.js";
import type { SimulacrumOptions } from "./options.js";
import type { SimulacrumMemories } from "./simulacrum-memories.js";

/**
 * Clears everything that was said with somebody present: memories, index, mood, relationship, threads, a host's checkpoints of these.
 * A turn under way is waited for: what it stores, and what it has recalled, would be left behind.
 * @throws SimulacraError of the failure's code where only traces in the files are left; forgetting again ends it
 */
export async function forgetInterlocutor(
  interlocutor: string,
  memory: SimulacrumMemory,
  memories: SimulacrumMemories,
  { checkpointer, home }: Pick<SimulacrumOptions, "checkpointer" | "home">,
): Promise<Omit<Forgotten, "threads"> & { threads: number }> {
  const { threads } = memory.transcript;
  const { locks } = memory.store;
  // One at a time: two that wait for each other's threads would wait for ever.
  const releases = [await locks.hold("forgetting")];
  const held = new Set<string>();
  const hold = async (records: readonly { thread: string }[]) => {
    for (const { thread } of records.filter((record) => !held.has(record.thread))) {
      releases.push(await locks.hold(threadLockName(thread)));
      held.add(thread);
      if (checkpointer) await checkpointer.deleteThread(thread);
    }
  };
  try {
    const told = (await threads.of(interlocutor)).map(({ audience }) => audience);
    await hold(await threads.reachedFrom(told));
    const { threads: gone, ...removed } = await memory.forget(interlocutor);
    for (const { thread } of gone) await memories.end(thread);
    const unkept = await memories.forget(interlocutor);
    // Those that were opened meanwhile.
    await hold([...gone, ...unkept.map((thread) => ({ thread })), ...(await threads.reachedFrom(told))]);
    await wipeTraces(interlocutor, memory, home);
    return { ...removed, threads: gone.length + unkept.length };
  } finally {
    for (const release of releases) await release();
  }
}

/**
 * Leaves no bytes of a forgotten person in the files. Files are rewritten for that, which takes as much room again on
 * the disk: it comes last, so that a full disk keeps nobody from being forgotten.
 * @throws SimulacraError of the failure's code: the person is forgotten all the same, and forgetting again wipes
 */
async function wipeTraces(person: string, memory: SimulacrumMemory, home: string | undefined): Promise<void> {
  // First: the memory's copy, which is purged, tells whether checkpoints beside it are old ones.
  const results = await Promise.allSettled([removeOldCheckpoints(home)]);
  results.push(...(await Promise.allSettled([memory.purge()])));
  const failed = results.find((result) => result.status === "rejected");
  if (!failed) return;
  const cause: unknown = failed.reason;
  const full = isSimulacraError(cause, "store_full");
  const why = full
    ? "wiping them needs as much room again on the disk as they take. Free some"
    : `${reasonOf(cause)} See to that`;
  throw new SimulacraError(
    isSimulacraError(cause) ? cause.code : "store_unavailable",
    `Everything said with "${person}" is forgotten, but traces of it are still in the files: ${why}, and forget "${person}" again.`,
    "environment",
    { person },
    { cause },
  );
}
