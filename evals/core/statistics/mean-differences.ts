import { type Confidence, type Interval, tailOf } from "./interval.js";
import { logGamma, studentQuantile, studentTwoSidedP } from "./special-functions.js";
import { isUndefined, type OrUndefined, undefinedBecause } from "./undefined-because.js";
import {
  asWritten,
  completePairs,
  differences,
  type Missing,
  mean,
  meanRanks,
  sum,
  sumOfSquares,
  variance,
  varies,
  withoutMissing,
} from "./values.js";

/** Student's test of a difference with its standard error. */
function tTest(meanDifference: number, standardError: number, df: number, tail: number) {
  const t = meanDifference / standardError;
  const half = studentQuantile(1 - tail, df) * standardError;
  const ci = [meanDifference - half, meanDifference + half] as const;
  return { meanDifference, t, df, pTwoSided: studentTwoSidedP(t, df), ci };
}

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
  return { n, ...tTest(meanDifference, sd / Math.sqrt(n), df, tail), dz: meanDifference / sd };
}

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
  return tTest(meanDifference, Math.sqrt(ofA + ofB), df, tail);
}

/** How far two independent groups lie apart, a minus b. */
export interface EffectSizes {
  /** Difference of the means in pooled standard deviations. */
  readonly cohenD: OrUndefined<number>;
  /** Cohen's d without its bias in small samples. */
  readonly hedgesG: OrUndefined<number>;
  /** The same by the usual approximation 1 - 3/(4 df - 1). */
  readonly hedgesGApproximate: OrUndefined<number>;
  /** Chance that a value of a is larger than one of b, minus the reverse; -1 to 1. */
  readonly cliffDelta: number;
}

function standardisedDifference(a: readonly number[], b: readonly number[]): OrUndefined<number> {
  if (a.length < 2 || b.length < 2) return undefinedBecause("too-few");
  if (!varies(a) && !varies(b)) return undefinedBecause("no-variance");
  const spread = (varies(a) ? sumOfSquares(a) : 0) + (varies(b) ? sumOfSquares(b) : 0);
  return (mean(a) - mean(b)) / Math.sqrt(spread / (a.length + b.length - 2));
}

/**
 * Effect sizes of two independent groups. Cohen's d = (ma - mb)/sp with the pooled variance; Hedges' g = d J,
 * J = G(df/2) / (sqrt(df/2) G((df-1)/2)); Cliff's delta = (#(a > b) - #(a < b)) / (na nb).
 * Missing values are left out. Cohen 1988; Hedges 1981; Cliff 1993.
 * Undefined: `empty`; d and g `too-few` (a group of one), `no-variance`.
 */
export function effectSizes(
  first: readonly Missing<number>[],
  second: readonly Missing<number>[],
): OrUndefined<EffectSizes> {
  const [a, b] = [withoutMissing(first), withoutMissing(second)];
  if (a.length === 0 || b.length === 0) return undefinedBecause("empty");
  const cohenD = standardisedDifference(a, b);
  const df = a.length + b.length - 2;
  const corrected = (factor: () => number) => (isUndefined(cohenD) ? cohenD : cohenD * factor());
  let balance = 0;
  for (const x of a) for (const y of b) balance += Math.sign(x - y);
  return {
    cohenD,
    hedgesG: corrected(() => Math.exp(logGamma(df / 2) - logGamma((df - 1) / 2)) / Math.sqrt(df / 2)),
    hedgesGApproximate: corrected(() => 1 - 3 / (4 * df - 1)),
    cliffDelta: balance / (a.length * b.length),
  };
}

/** A comparison of pairs by the ranks of their differences. */
export interface Wilcoxon {
  /** Differences that are not zero. */
  readonly n: number;
  /** Differences of zero, left out. */
  readonly zeros: number;
  /** Sum of the ranks of the positive differences. */
  readonly wPlus: number;
  readonly wMinus: number;
  readonly pTwoSided: number;
  /** Effect size from -1 to 1: (W+ - W-) / (n(n+1)/2). */
  readonly rankBiserial: number;
}

/** Chances of each possible sum of the ranks with a plus sign, every pattern of signs being equally likely. */
function signedRankChances(doubledRanks: readonly number[]): Float64Array {
  const chances = new Float64Array(sum(doubledRanks) + 1);
  chances[0] = 1;
  let reach = 0;
  for (const rank of doubledRanks) {
    reach += rank;
    for (let total = reach; total >= 0; total--)
      chances[total] = ((chances[total] ?? 0) + (total >= rank ? (chances[total - rank] ?? 0) : 0)) / 2;
  }
  return chances;
}

/**
 * Wilcoxon's signed-rank test of differences (a - b). Zeros are left out, the sizes of the others get mean ranks;
 * p is exact also with ties: the distribution of W+ over all patterns of signs of these ranks. Its time grows
 * with the cube of n: a thousand differences take about a second. Wilcoxon 1945.
 * Undefined: `empty`, `no-nonzero-difference`.
 */
export function wilcoxonSignedRank(given: readonly Missing<number>[]): OrUndefined<Wilcoxon> {
  const all = withoutMissing(given).map(asWritten);
  if (all.length === 0) return undefinedBecause("empty");
  const nonzero = all.filter((difference) => difference !== 0);
  const n = nonzero.length;
  if (n === 0) return undefinedBecause("no-nonzero-difference");
  // Mean ranks are halves at the finest: doubled, they are whole and can index a table.
  const doubled = meanRanks(nonzero.map(Math.abs)).map((rank) => Math.round(rank * 2));
  const plus = sum(doubled.filter((_, index) => (nonzero[index] ?? 0) > 0));
  const chances = signedRankChances(doubled);
  // The distribution is symmetric: the upper tail from W+ is the lower tail to W-.
  const smaller = Math.min(plus, chances.length - 1 - plus);
  const wPlus = plus / 2;
  const wMinus = (chances.length - 1 - plus) / 2;
  return {
    n,
    zeros: all.length - n,
    wPlus,
    wMinus,
    pTwoSided: Math.min(1, 2 * sum(chances.subarray(0, smaller + 1))),
    rankBiserial: (wPlus - wMinus) / ((n * (n + 1)) / 2),
  };
}

/** The same for pairs; those with a missing side are left out. Undefined also: `length-mismatch`. */
export function wilcoxonOfPairs(
  a: readonly Missing<number>[],
  b: readonly Missing<number>[],
): OrUndefined<Wilcoxon> {
  const pairs = completePairs(a, b);
  return isUndefined(pairs) ? pairs : wilcoxonSignedRank(differences(pairs.first, pairs.second));
}
