import type { HomeSnapshot } from "../home-snapshot.js";
import type { Violation } from "../violation.js";

/** Checkpoints belong to conversations that the memory knows; a turn in no conversation leaves none. */
export function noOrphanCheckpoint({
  checkpoints,
  ...snapshot
}: Pick<HomeSnapshot, "checkpoints" | "rows">): Violation[] {
  if (!checkpoints) return [];
  const threads = new Set(
    snapshot.rows.filter(({ namespace }) => namespace[0] === "threads").map(({ key }) => key),
  );
  const kept = checkpoints
    .prepare("SELECT thread_id FROM checkpoints UNION SELECT thread_id FROM writes")
    .pluck()
    .all();
  return (kept as string[])
    .filter((thread) => !threads.has(thread))
    .map((thread) => ({
      invariant: "no orphan",
      what: `checkpoints of ${thread}, which the memory does not know`,
    }));
}
