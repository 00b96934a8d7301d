import { type IccWithInterval, icc } from "./icc.js";
import { type Confidence, type Interval, tailOf } from "./interval.js";
import { completePairs, type Missing } from "./missing-values.js";
import { differences, mean, variance } from "./moments.js";
import { pearson } from "./pearson.js";
import { normalQuantile } from "./special-functions.js";
import { standardErrorOfMeasurement } from "./standard-error-of-measurement.js";
import { isUndefined, type OrUndefined, undefinedBecause } from "./undefined-because.js";

/** How well a second run of the same characters repeats the first; errors in the unit of the scores. */
export interface TestRetest {
  /** Characters scored in both runs. */
  readonly n: number;
  /** Mean of second - first. */
  readonly meanChange: number;
  readonly pearson: OrUndefined<{ readonly r: number; readonly ci: OrUndefined<Interval> }>;
  /** Agreement in level: the only one of the three that sees a constant shift. */
  readonly icc2_1: OrUndefined<IccWithInterval>;
  readonly icc3_1: OrUndefined<IccWithInterval>;
  /** Standard error of measurement from Pearson's r: sqrt((s1^2 + s2^2)/2) sqrt(1 - r). */
  readonly semFromReliability: OrUndefined<number>;
  /** The same from the changes: sd(second - first) / sqrt 2. */
  readonly semFromDifferences: number;
  /** A change of one character beyond this is more than error, 95 times of 100. */
  readonly smallestDetectableChange95: number;
}

/**
 * Test-retest reliability of two runs; pairs with a missing side are left out.
 * Shrout & Fleiss 1979; Weir 2005; Bland & Altman 1996.
 * Undefined: `length-mismatch`, `empty`, `too-few` (one pair); values as in `pearson` and `icc`, `negative-reliability`.
 */
export function testRetest(
  first: readonly Missing<number>[],
  second: readonly Missing<number>[],
  options: Confidence = {},
): OrUndefined<TestRetest> {
  const pairs = completePairs(first, second);
  if (isUndefined(pairs)) return pairs;
  const n = pairs.first.length;
  if (n < 2) return undefinedBecause("too-few");
  const change = differences(pairs.second, pairs.first);
  const correlation = pearson(pairs.first, pairs.second, options);
  const agreement = icc(
    pairs.first.map((score, index) => [score, pairs.second[index] ?? null]),
    options,
  );
  const spread = Math.sqrt((variance(pairs.first) + variance(pairs.second)) / 2);
  const semFromDifferences = Math.sqrt(variance(change) / 2);
  return {
    n,
    meanChange: mean(change),
    pearson: isUndefined(correlation) ? correlation : { r: correlation.r, ci: correlation.ci },
    icc2_1: isUndefined(agreement) ? agreement : agreement.icc2_1,
    icc3_1: isUndefined(agreement) ? agreement : agreement.icc3_1,
    semFromReliability: isUndefined(correlation)
      ? correlation
      : standardErrorOfMeasurement(spread, correlation.r),
    semFromDifferences,
    smallestDetectableChange95: -normalQuantile(tailOf({})) * Math.SQRT2 * semFromDifferences,
  };
}
