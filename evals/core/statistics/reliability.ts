import { pearson } from "./correlation.js";
import { type IccWithInterval, icc } from "./icc.js";
import { type Confidence, type Interval, tailOf } from "./interval.js";
import { fQuantile, normalQuantile } from "./special-functions.js";
import { isUndefined, type OrUndefined, undefinedBecause } from "./undefined-because.js";
import {
  asWritten,
  completePairs,
  completeRows,
  differences,
  type Missing,
  mean,
  sum,
  variance,
  varies,
} from "./values.js";

/** How consistently the items of a scale are answered. At most 1; may be negative. */
export interface Cronbach {
  readonly alpha: number;
  readonly items: number;
  /** Respondents who answered every item. */
  readonly respondents: number;
  readonly ci95Feldt: Interval;
}

/** Which items are keyed the other way, and the ends of the scale: they are recoded as min + max - x. */
export interface ReverseKeys {
  readonly reverse: readonly boolean[];
  readonly min: number;
  readonly max: number;
}

/**
 * Cronbach's alpha = k/(k-1) (1 - sum of item variances / variance of the total); `responses` is respondents x items.
 * A respondent with a missing answer is left out; a constant item stays in. Feldt's 95 % interval:
 * 1 - (1 - alpha) F with (n-1) and (n-1)(k-1) degrees of freedom. Cronbach 1951; Feldt 1965.
 * Undefined: `empty`, `one-item`, `too-few` (one respondent), `no-variance`, `length-mismatch`.
 */
export function cronbachAlpha(
  responses: readonly (readonly Missing<number>[])[],
  keys?: ReverseKeys,
): OrUndefined<Cronbach> {
  const complete = completeRows(responses);
  if (isUndefined(complete)) return complete;
  const rows = complete.map((row) =>
    row.map((answer, item) => (keys?.reverse[item] ? asWritten(keys.min + keys.max - answer) : answer)),
  );
  const items = rows[0]?.length ?? 0;
  const respondents = rows.length;
  if (items < 2) return undefinedBecause("one-item");
  if (respondents < 2) return undefinedBecause("too-few");
  const totals = rows.map((row) => asWritten(sum(row)));
  if (!varies(totals)) return undefinedBecause("no-variance");
  const ofItems = rows[0]?.map((_, item) => variance(rows.map((row) => row[item] ?? 0))) ?? [];
  const alpha = (items / (items - 1)) * (1 - sum(ofItems) / variance(totals));
  const tail = tailOf({});
  const limit = (p: number) =>
    1 - (1 - alpha) * fQuantile(p, respondents - 1, (respondents - 1) * (items - 1));
  return { alpha, items, respondents, ci95Feldt: [limit(1 - tail), limit(tail)] };
}

/**
 * The reliability of a test `factor` times as long (or of the mean of that many raters): k r / (1 + (k-1) r).
 * Spearman 1910; Brown 1910. Undefined: `out-of-range` for |r| > 1 or a factor of 0 or below,
 * `non-positive-denominator`.
 */
export function spearmanBrown(reliability: number, factor: number): OrUndefined<number> {
  if (!(Math.abs(reliability) <= 1) || !(factor > 0)) return undefinedBecause("out-of-range");
  const denominator = 1 + (factor - 1) * reliability;
  if (denominator <= 1e-12) return undefinedBecause("non-positive-denominator");
  return (factor * reliability) / denominator;
}

/**
 * How many times as long a test must be to reach the `target`: t(1 - r)/(r(1 - t)).
 * Undefined: `out-of-range` when the reliability or the target is not strictly between 0 and 1.
 */
export function lengthFactorFor(reliability: number, target: number): OrUndefined<number> {
  const inside = (value: number) => value > 0 && value < 1;
  if (!inside(reliability) || !inside(target)) return undefinedBecause("out-of-range");
  return (target * (1 - reliability)) / (reliability * (1 - target));
}

/**
 * The standard error of measurement, in the unit of the scores: sd sqrt(1 - reliability). Lord & Novick 1968.
 * Undefined: `negative-reliability`; `out-of-range` for a reliability above 1 or an sd below 0.
 */
export function standardErrorOfMeasurement(sd: number, reliability: number): OrUndefined<number> {
  if (reliability < 0) return undefinedBecause("negative-reliability");
  if (!(reliability <= 1) || !(sd >= 0)) return undefinedBecause("out-of-range");
  return sd * Math.sqrt(1 - reliability);
}

/** The interval round an observed score: score +- z sem. */
export function scoreInterval(score: number, sem: number, options: Confidence = {}): Interval {
  const half = -normalQuantile(tailOf(options)) * sem;
  return [score - half, score + half];
}

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
