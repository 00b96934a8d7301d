import { bytesVector } from "../../../memory/backends/unit-vector.js";
import { SqliteMemoryStore } from "../../../memory/index.js";
import type { HomeSnapshot } from "../home-snapshot.js";
import type { Violation } from "../violation.js";

/** Cosines are worked out in single precision, the index's and ours. */
const tolerance = 1e-3;
/** Questions put to the index at every check. */
const questions = 40;

/**
 * Asked with the vector of a stored record, the HNSW index (as saved, corrected or made anew by the opening) finds what an
 * exact comparison of all stored vectors finds.
 */
export async function vectorsEqualRecords({ memory, folder }: HomeSnapshot): Promise<Violation[]> {
  const rows = memory
    .prepare(
      "SELECT record AS id, vector FROM memory_vectors WHERE record IN (SELECT id FROM memory_records) ORDER BY random() LIMIT ?",
    )
    .all(questions) as {
    id: number;
    vector: Buffer;
  }[];
  const options = { path: `${folder}/memory.sqlite`, embeddingModel: "check" };
  const exact = await SqliteMemoryStore.open({ ...options, exactBelow: Number.MAX_SAFE_INTEGER });
  const indexed = await SqliteMemoryStore.open({ ...options, exactBelow: 1 });
  const found: Violation[] = [];
  try {
    await indexed.buildIndex();
    for (const { id, vector } of rows) {
      const request = {
        namespaces: [["life"], ["with"]],
        terms: [],
        vector: [...bytesVector(vector)],
        lexicalLimit: 0,
        denseLimit: 1,
        superseded: true,
      };
      const [by, right] = await Promise.all([indexed.candidates(request), exact.candidates(request)]);
      const cosines = (set: typeof by) =>
        set.candidates.map(({ cosine }) => cosine ?? -1).sort((a, b) => b - a);
      const [best = -1] = cosines(by);
      const [wanted = -1] = cosines(right);
      if (Math.abs(best - wanted) > tolerance)
        found.push({
          invariant: "index equals database",
          what: `nearest to record ${id}: cosine ${best.toFixed(4)} by the index, ${wanted.toFixed(4)} in the database`,
        });
    }
  } finally {
    await indexed.close();
    await exact.close();
  }
  return found;
}
