import { type Confidence, type Interval, tailOf } from "./interval.js";
import { type Missing, withoutMissing } from "./missing-values.js";
import { mean, variance, varies } from "./moments.js";
import { studentQuantile, studentTwoSidedP } from "./special-functions.js";
import { type OrUndefined, undefinedBecause } from "./undefined-because.js";

/** A comparison of the means of two independent groups. */
export interface WelchT {
  /** Mean of a minus mean of b, in the unit of the values. */
  readonly meanDifference: number;
  readonly t: OrUndefined<number>;
  /** Degrees of freedom of Welch and Satterthwaite; seldom whole. */
  readonly df: OrUndefined<number>;
  readonly pTwoSided: OrUndefined<number>;
  /** Interval of the difference of the means. */
  readonly ci: OrUndefined<Interval>;
}

/**
 * Welch's t-test of two independent groups, whose variances may differ: t = (ma - mb) / sqrt(va/na + vb/nb).
 * Missing values are left out on each side. Welch 1947.
 * Undefined: `empty`, `too-few` (a group of one); `no-variance` when both groups are constant, but for the difference.
 */
export function welchT(
  a: readonly Missing<number>[],
  b: readonly Missing<number>[],
  options: Confidence = {},
): OrUndefined<WelchT> {
  const tail = tailOf(options);
  const groups = [withoutMissing(a), withoutMissing(b)] as const;
  if (groups.some((group) => group.length === 0)) return undefinedBecause("empty");
  if (groups.some((group) => group.length < 2)) return undefinedBecause("too-few");
  const meanDifference = mean(groups[0]) - mean(groups[1]);
  if (!groups.some(varies)) {
    const none = undefinedBecause("no-variance");
    return { meanDifference, t: none, df: none, pTwoSided: none, ci: none };
  }
  const [ofA, ofB] = [variance(groups[0]) / groups[0].length, variance(groups[1]) / groups[1].length];
  const df = (ofA + ofB) ** 2 / (ofA ** 2 / (groups[0].length - 1) + ofB ** 2 / (groups[1].length - 1));
  const standardError = Math.sqrt(ofA + ofB);
  const t = meanDifference / standardError;
  const half = studentQuantile(1 - tail, df) * standardError;
  return {
    meanDifference,
    t,
    df,
    pTwoSided: studentTwoSidedP(t, df),
    ci: [meanDifference - half, meanDifference + half],
  };
}
