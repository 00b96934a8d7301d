import { binomialCdf, binomialPmf } from "./special-functions.js";
import { isUndefined, type OrUndefined, undefinedBecause } from "./undefined-because.js";
import { completePairs, type Missing, sum } from "./values.js";

/** Counts of two rows by two columns. */
export type TwoByTwo = readonly [readonly [number, number], readonly [number, number]];

/** Whether every cell is a count. */
export const areCounts = (table: TwoByTwo): boolean =>
  table.flat().every((count) => Number.isInteger(count) && count >= 0);

/**
 * Chances of each possible upper left cell given the margins, up to a common factor: built outwards from the
 * most likely one by the ratio of neighbours, so that a tiny chance keeps its digits.
 */
function relativeChances(
  row: number,
  otherRow: number,
  column: number,
): { lowest: number; chances: number[] } {
  const lowest = Math.max(0, column - otherRow);
  const highest = Math.min(row, column);
  const mode = Math.floor(((row + 1) * (column + 1)) / (row + otherRow + 2));
  const chances = new Array<number>(highest - lowest + 1).fill(0);
  const ratio = (k: number) => ((row - k) * (column - k)) / ((k + 1) * (otherRow - column + k + 1));
  chances[mode - lowest] = 1;
  for (let k = mode; k < highest; k++) chances[k + 1 - lowest] = (chances[k - lowest] ?? 0) * ratio(k);
  for (let k = mode; k > lowest; k--) chances[k - 1 - lowest] = (chances[k - lowest] ?? 0) / ratio(k - 1);
  return { lowest, chances };
}

/**
 * Fisher's exact test of independence: the two-sided p is the sum of the chances of all tables with these
 * margins that are no more likely than the observed one (relative slack 1e-7). `oddsRatio` is the sample's
 * ad/bc, Infinity when only bc is 0. Fisher 1935. Undefined: `empty`, `out-of-range`; the ratio `division-by-zero`.
 */
export function fisherExact(
  table: TwoByTwo,
): OrUndefined<{ readonly pTwoSided: number; readonly oddsRatio: OrUndefined<number> }> {
  const [[a, b], [c, d]] = table;
  if (!areCounts(table)) return undefinedBecause("out-of-range");
  if (a + b + c + d === 0) return undefinedBecause("empty");
  const { lowest, chances } = relativeChances(a + b, c + d, a + c);
  const observed = chances[a - lowest] ?? 0;
  const asExtreme = chances.filter((chance) => chance <= observed * (1 + 1e-7)).sort((x, y) => x - y);
  const undefinedRatio = b * c === 0 && a * d === 0;
  return {
    pTwoSided: Math.min(1, sum(asExtreme) / sum(chances)),
    oddsRatio: undefinedRatio ? undefinedBecause("division-by-zero") : (a * d) / (b * c),
  };
}

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
