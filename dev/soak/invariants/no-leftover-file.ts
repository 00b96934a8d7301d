import type { HomeSnapshot } from "../home-snapshot.js";
import type { Violation } from "../violation.js";

const belongs =
  /^(?:memory\.sqlite(?:-wal|\.hnsw|\.hnsw\.json)?|checkpoints\.sqlite(?:-wal|-journal|\.damaged-\d+)?)$/u;

/** After a whole opening and closing there is nothing in a home but its own files: no half-written ones of dead processes. */
export function noLeftoverFile({ files }: Pick<HomeSnapshot, "files">): Violation[] {
  return files
    .filter((name) => !belongs.test(name))
    .map((name) => ({ invariant: "no orphan", what: `the file ${name}` }));
}
