import type { HomeSnapshot } from "../home-snapshot.js";
import type { Violation } from "../violation.js";

/** Queries that find nothing in a sound store; each gives ids or names of what it finds. */
const queries: Readonly<Record<string, string>> = {
  "vector without record":
    "SELECT record FROM memory_vectors WHERE record NOT IN (SELECT id FROM memory_records)",
  "new vector without record":
    "SELECT record FROM memory_vectors_next WHERE record NOT IN (SELECT id FROM memory_records)",
  "waiting for a vector without record":
    "SELECT record FROM memory_pending WHERE record NOT IN (SELECT id FROM memory_records)",
  "with a vector and waiting for one":
    "SELECT record FROM memory_pending WHERE record IN (SELECT record FROM memory_vectors)",
  "indexed without vector":
    "SELECT id FROM memory_records WHERE terms IS NOT NULL AND id NOT IN (SELECT record FROM memory_vectors UNION SELECT record FROM memory_pending)",
  "record in no namespace":
    "SELECT id FROM memory_records WHERE namespace NOT IN (SELECT id FROM memory_namespaces)",
  "empty or miscounted namespace":
    "SELECT path FROM memory_namespaces n WHERE records = 0 OR records <> (SELECT count(*) FROM memory_records r WHERE r.namespace = n.id) OR documents <> (SELECT count(*) FROM memory_records r WHERE r.namespace = n.id AND r.terms IS NOT NULL)",
};

/** The file is sound, and none of its rows hangs in the air. */
export function noOrphanRow({ memory }: HomeSnapshot): Violation[] {
  const checked = memory.pragma("integrity_check(5)") as { integrity_check: string }[];
  const broken = checked.map((row) => row.integrity_check).filter((message) => message !== "ok");
  const found: Violation[] = broken.map((what) => ({ invariant: "file sound", what }));
  for (const [name, query] of Object.entries(queries)) {
    const ids = memory.prepare(query).pluck().all();
    if (ids.length > 0)
      found.push({ invariant: "no orphan", what: `${name}: ${ids.slice(0, 5).join(", ")}` });
  }
  return found;
}
