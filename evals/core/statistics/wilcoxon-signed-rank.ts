import { completePairs, type Missing, withoutMissing } from "./missing-values.js";
import { asWritten, differences, sum } from "./moments.js";
import { meanRanks } from "./ranks.js";
import { isUndefined, type OrUndefined, undefinedBecause } from "./undefined-because.js";

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
