import { groupBy } from "../core/group-by.js";
import { seededRandom } from "../core/random.js";
import type { GroupCase } from "./group-case.js";

/**
 * As many cases as wanted, drawn by seed, every data set in proportion to its size. A higher limit keeps those of a lower
 * one, so that a run can be extended; they stand in the order of the file.
 */
export function chosenCases(
  cases: readonly GroupCase[],
  limit: number | undefined,
  seed: string,
): readonly GroupCase[] {
  if (limit === undefined || limit >= cases.length) return cases;
  const ranked = [...groupBy(cases, ({ dataset }) => dataset)].flatMap(([dataset, own]) =>
    seededRandom(`${seed}/simbench/${dataset}`)
      .shuffled(own)
      .map((each, rank) => ({ each, share: (rank + 0.5) / own.length })),
  );
  const chosen = new Set(
    ranked
      .sort((a, b) => a.share - b.share)
      .slice(0, limit)
      .map(({ each }) => each),
  );
  return cases.filter((each) => chosen.has(each));
}
