import { isSimulacraError, SimulacraError } from "../../data/errors.js";
import type { SimulacrumMemory } from "../../memory/simulacrum-memory.js";
import { removeOldCheckpoints } from "./opened-parts.js";

/**
 * Leaves no bytes of a forgotten person in the files. Files are written anew for that, which takes as much room again on
 * the disk: it comes last, so that a full disk keeps nobody from being forgotten.
 * @throws SimulacraError of the failure's code: the person is forgotten all the same, and forgetting again wipes
 */
export async function wipeTraces(
  person: string,
  memory: SimulacrumMemory,
  home: string | undefined,
): Promise<void> {
  // First: the memory's copy, which is purged, tells whether checkpoints beside it are old ones.
  const results = await Promise.allSettled([removeOldCheckpoints(home)]);
  results.push(...(await Promise.allSettled([memory.purge()])));
  const failed = results.find((result) => result.status === "rejected");
  if (!failed) return;
  const cause: unknown = failed.reason;
  const full = isSimulacraError(cause, "store_full");
  const why = full
    ? "wiping them needs as much room again on the disk as they take. Free some"
    : `${cause instanceof Error ? cause.message : String(cause)} See to that`;
  throw new SimulacraError(
    isSimulacraError(cause) ? cause.code : "store_unavailable",
    `Everything said with "${person}" is forgotten, but traces of it are still in the files: ${why}, and forget "${person}" again.`,
    "environment",
    { person },
    { cause },
  );
}
