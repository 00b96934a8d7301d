import { areCounts, type TwoByTwo } from "./fisher-exact.js";
import { completePairs, type Missing } from "./missing-values.js";
import { binomialCdf, binomialPmf } from "./special-functions.js";
import { isUndefined, type OrUndefined, undefinedBecause } from "./undefined-because.js";

/** Two conditions on the same samples. */
export interface McNemar {
  readonly pairs: number;
  /** Pairs with yes in the first condition only. */
  readonly firstOnly: number;
  readonly secondOnly: number;
  /** Two-sided p of the exact test. */
  readonly pExact: OrUndefined<number>;
  /** Two-sided mid-p: less cautious, still close to its level. */
  readonly pMid: OrUndefined<number>;
  readonly chiSquared: OrUndefined<number>;
}

/** Counts pairs of yes and no: rows first condition yes, no; columns second yes, no. */
export function pairedTable(
  first: readonly Missing<boolean>[],
  second: readonly Missing<boolean>[],
): OrUndefined<TwoByTwo> {
  const pairs = completePairs(first, second);
  if (isUndefined(pairs)) return pairs;
  const count = (a: boolean, b: boolean) =>
    pairs.first.filter((value, index) => value === a && pairs.second[index] === b).length;
  return [
    [count(true, true), count(true, false)],
    [count(false, true), count(false, false)],
  ];
}

/**
 * McNemar's test that two conditions say yes equally often on the same samples. Of the n discordant pairs the
 * smaller number m is binomial(n, 1/2): pExact = min(1, 2 P(X <= m)), pMid = pExact - P(X = m), or
 * 1 - P(X = m)/2 when both numbers are equal; chiSquared = (b-c)^2/n. McNemar 1947; Fagerland et al. 2013.
 * Undefined: `empty`, `out-of-range`; without discordant pairs nothing is tested (`no-discordant-pairs`).
 */
export function mcnemar(table: TwoByTwo): OrUndefined<McNemar> {
  if (!areCounts(table)) return undefinedBecause("out-of-range");
  const pairs = table.flat().reduce((total, count) => total + count, 0);
  if (pairs === 0) return undefinedBecause("empty");
  const [[, firstOnly], [secondOnly]] = table;
  const counts = { pairs, firstOnly, secondOnly };
  const n = firstOnly + secondOnly;
  if (n === 0) {
    const none = undefinedBecause("no-discordant-pairs");
    return { ...counts, pExact: none, pMid: none, chiSquared: none };
  }
  const smaller = Math.min(firstOnly, secondOnly);
  const atSmaller = binomialPmf(smaller, n, 0.5);
  const pExact = Math.min(1, 2 * binomialCdf(smaller, n, 0.5));
  const pMid = firstOnly === secondOnly ? 1 - atSmaller / 2 : pExact - atSmaller;
  return { ...counts, pExact, pMid, chiSquared: (firstOnly - secondOnly) ** 2 / n };
}
