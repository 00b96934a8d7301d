import { isUndefined, simbenchScore } from "../core/statistics/index.js";
import type { GroupCase } from "./group-case.js";

/** Mean distance of the uniform answer by data set; null where every answer of a data set is uniform. */
export function normsOf(cases: readonly GroupCase[]): ReadonlyMap<string, number | null> {
  const whole = simbenchScore(cases.map(({ dataset, human }) => ({ dataset, human, model: null })));
  return new Map(
    isUndefined(whole)
      ? []
      : Object.entries(whole.norms).map(([dataset, norm]) => [
          dataset,
          isUndefined(norm) || norm === 0 ? null : norm,
        ]),
  );
}
