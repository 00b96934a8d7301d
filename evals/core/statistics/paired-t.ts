import { type Confidence, type Interval, tailOf } from "./interval.js";
import { completePairs, type Missing } from "./missing-values.js";
import { differences, mean, variance, varies } from "./moments.js";
import { studentQuantile, studentTwoSidedP } from "./special-functions.js";
import { isUndefined, type OrUndefined, undefinedBecause } from "./undefined-because.js";

/** A comparison of two measurements of the same units. */
export interface PairedT {
  /** Complete pairs. */
  readonly n: number;
  /** Mean of a - b, in the unit of the values. */
  readonly meanDifference: number;
  readonly t: OrUndefined<number>;
  readonly df: number;
  readonly pTwoSided: OrUndefined<number>;
  /** Interval of the mean difference. */
  readonly ci: OrUndefined<Interval>;
  /** Effect size: mean difference by the standard deviation of the differences. */
  readonly dz: OrUndefined<number>;
}

/**
 * The paired t-test of a against b: d = a - b, t = mean / (sd / sqrt n), df = n - 1, dz = mean / sd.
 * Pairs with a missing side are left out. Student 1908; Cohen 1988.
 * Undefined: `empty`, `too-few` (one pair), `length-mismatch`; where all differences are equal `no-variance`,
 * but for the mean difference.
 */
export function pairedT(
  a: readonly Missing<number>[],
  b: readonly Missing<number>[],
  options: Confidence = {},
): OrUndefined<PairedT> {
  const tail = tailOf(options);
  const pairs = completePairs(a, b);
  if (isUndefined(pairs)) return pairs;
  const d = differences(pairs.first, pairs.second);
  const n = d.length;
  if (n < 2) return undefinedBecause("too-few");
  const df = n - 1;
  const meanDifference = mean(d);
  if (!varies(d)) {
    const none = undefinedBecause("no-variance");
    return { n, meanDifference, t: none, df, pTwoSided: none, ci: none, dz: none };
  }
  const sd = Math.sqrt(variance(d));
  const standardError = sd / Math.sqrt(n);
  const t = meanDifference / standardError;
  const half = studentQuantile(1 - tail, df) * standardError;
  return {
    n,
    meanDifference,
    t,
    df,
    pTwoSided: studentTwoSidedP(t, df),
    ci: [meanDifference - half, meanDifference + half],
    dz: meanDifference / sd,
  };
}
