import type { HomeSnapshot } from "../home-snapshot.js";
import type { Journal } from "../journal.js";
import type { Violation } from "../violation.js";

const belongs = /^memory\.sqlite(?:-wal|\.hnsw|\.hnsw\.json)?$/u;
/** What the way from an old format puts aside. */
const putAside = /^(?:memory|checkpoints)\.sqlite\.before-v\d+$/u;

/** After a whole opening and closing there is nothing in a home but its own files: no half-written ones of dead processes. */
export function noLeftoverFile({ files }: Pick<HomeSnapshot, "files">, { wasOld }: Journal): Violation[] {
  return files
    .filter((name) => !belongs.test(name) && !(wasOld && putAside.test(name)))
    .map((name) => ({ invariant: "no orphan", what: `the file ${name}` }));
}

/** The store alone holds what was said: only an old home has checkpoints, and it gets no new ones. */
export function noCheckpoints({ files }: Pick<HomeSnapshot, "files">, { wasOld }: Journal): Violation[] {
  return files
    .filter((name) => name.startsWith("checkpoints") && !wasOld)
    .map((name) => ({ invariant: "one source of what was said", what: `the file ${name}` }));
}
