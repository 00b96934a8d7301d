import { type Confidence, type Interval, tailOf } from "./interval.js";
import { normalQuantile, studentTwoSidedP } from "./special-functions.js";
import { isUndefined, type OrUndefined, undefinedBecause } from "./undefined-because.js";
import { completePairs, type Missing, mean, meanRanks, sum, sumOfSquares, varies } from "./values.js";

/** A linear correlation, -1 to 1. */
export interface Pearson {
  readonly r: number;
  /** Complete pairs. */
  readonly n: number;
  readonly ci: OrUndefined<Interval>;
  readonly pTwoSided: OrUndefined<number>;
}

/** Pearson's r of complete pairs. Undefined: `too-few`, `no-variance`. */
export function pearsonR(x: readonly number[], y: readonly number[]): OrUndefined<number> {
  if (x.length < 2) return undefinedBecause("too-few");
  if (!varies(x) || !varies(y)) return undefinedBecause("no-variance");
  const [centreX, centreY] = [mean(x), mean(y)];
  let shared = 0;
  for (const [index, value] of x.entries()) shared += (value - centreX) * ((y[index] ?? 0) - centreY);
  const r = shared / (Math.sqrt(sumOfSquares(x)) * Math.sqrt(sumOfSquares(y)));
  // Points on a line give 1 on paper, and 1 give or take some rounding here.
  return 1 - Math.abs(r) < 1e-14 * x.length ? Math.sign(r) : r;
}

/**
 * Pearson's correlation r = Sxy / sqrt(Sxx Syy) with Fisher's interval tanh(atanh r +- z / sqrt(n - 3)) and the
 * p of t with n - 2 degrees of freedom. Pairs with a missing side are left out. Pearson 1895; Fisher 1921.
 * Undefined: `length-mismatch`, `empty`, `too-few` (n = 1; the interval under n = 4, p under n = 3), `no-variance`.
 */
export function pearson(
  x: readonly Missing<number>[],
  y: readonly Missing<number>[],
  options: Confidence = {},
): OrUndefined<Pearson> {
  const tail = tailOf(options);
  const pairs = completePairs(x, y);
  if (isUndefined(pairs)) return pairs;
  const r = pearsonR(pairs.first, pairs.second);
  if (isUndefined(r)) return r;
  const n = pairs.first.length;
  const half = -normalQuantile(tail) / Math.sqrt(n - 3);
  // At |r| = 1 atanh is infinite and the interval collapses to [r, r], as it should.
  const ci = [Math.tanh(Math.atanh(r) - half), Math.tanh(Math.atanh(r) + half)] as const;
  return {
    r,
    n,
    ci: n < 4 ? undefinedBecause("too-few") : ci,
    pTwoSided:
      n < 3
        ? undefinedBecause("too-few")
        : studentTwoSidedP(
            Math.abs(r) === 1 ? Number.POSITIVE_INFINITY : r * Math.sqrt((n - 2) / (1 - r * r)),
            n - 2,
          ),
  };
}

/**
 * Spearman's rho, -1 to 1: Pearson's r of the mean ranks, taken after incomplete pairs are left out. Spearman 1904.
 * For rankings of labels see `ranksOfLabels`. Undefined: `length-mismatch`, `empty`, `too-few`, `no-variance`.
 */
export function spearman(
  x: readonly Missing<number>[],
  y: readonly Missing<number>[],
): OrUndefined<{ readonly rho: number; readonly n: number }> {
  const pairs = completePairs(x, y);
  if (isUndefined(pairs)) return pairs;
  const rho = pearsonR(meanRanks(pairs.first), meanRanks(pairs.second));
  return isUndefined(rho) ? rho : { rho, n: pairs.first.length };
}

/**
 * Two rankings of the same labels, strongest first, as the ranks of each label (from 0); labels are never compared as text.
 * Undefined: `different-items` when they do not hold the same labels, or one twice.
 */
export function ranksOfLabels(
  first: readonly string[],
  second: readonly string[],
): OrUndefined<{ readonly x: number[]; readonly y: number[] }> {
  const ranks = new Map(second.map((label, rank) => [label, rank]));
  const y = first.map((label) => ranks.get(label)).filter((rank) => rank !== undefined);
  const same =
    first.length === second.length && y.length === first.length && new Set(y).size === second.length;
  return same ? { x: first.map((_, rank) => rank), y } : undefinedBecause("different-items");
}

/** A rank correlation by pairs of pairs, -1 to 1. */
export interface Kendall {
  readonly tauB: number;
  /** Complete pairs of values. */
  readonly n: number;
  readonly concordant: number;
  readonly discordant: number;
  /** Pairs tied in x (a pair tied in both counts in both). */
  readonly tiedPairsX: number;
  readonly tiedPairsY: number;
  readonly pTwoSidedExact: OrUndefined<number>;
}

/** Above this the exact p would take seconds. */
const mostForExactP = 500;

/** P(at most `most` discordant pairs) when all n! orders are equally likely. */
function chanceOfFewDiscordant(n: number, most: number): number {
  let chances = new Float64Array(most + 1);
  chances[0] = 1;
  for (let size = 2; size <= n; size++) {
    // The element put in last makes 0 to size - 1 new discordant pairs, each equally often.
    const next = new Float64Array(most + 1);
    let window = 0;
    for (let total = 0; total <= most; total++) {
      window += (chances[total] ?? 0) - (total >= size ? (chances[total - size] ?? 0) : 0);
      next[total] = window / size;
    }
    chances = next;
  }
  return sum(chances);
}

/**
 * Kendall's tau-b = (C - D) / sqrt((n0 - n1)(n0 - n2)), n0 = n(n-1)/2, n1 and n2 the pairs tied in x and in y.
 * The exact two-sided p, min(1, 2 P(as extreme)) over all n! orders, needs values without ties. Kendall 1945.
 * For rankings of labels see `ranksOfLabels`.
 * Undefined: `length-mismatch`, `empty`, `too-few`, `no-variance`; the p `ties`, `too-many` (over 500).
 */
export function kendallTauB(
  x: readonly Missing<number>[],
  y: readonly Missing<number>[],
): OrUndefined<Kendall> {
  const pairs = completePairs(x, y);
  if (isUndefined(pairs)) return pairs;
  const { first, second } = pairs;
  const n = first.length;
  if (n < 2) return undefinedBecause("too-few");
  const counts = { concordant: 0, discordant: 0, tiedPairsX: 0, tiedPairsY: 0 };
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) {
      const inX = Math.sign((first[i] ?? 0) - (first[j] ?? 0));
      const inY = Math.sign((second[i] ?? 0) - (second[j] ?? 0));
      if (inX === 0) counts.tiedPairsX++;
      if (inY === 0) counts.tiedPairsY++;
      if (inX * inY > 0) counts.concordant++;
      if (inX * inY < 0) counts.discordant++;
    }
  const { concordant, discordant, tiedPairsX, tiedPairsY } = counts;
  const all = (n * (n - 1)) / 2;
  if (tiedPairsX === all || tiedPairsY === all) return undefinedBecause("no-variance");
  const exact = () =>
    n > mostForExactP
      ? undefinedBecause("too-many")
      : Math.min(1, 2 * chanceOfFewDiscordant(n, Math.min(concordant, discordant)));
  return {
    tauB: (concordant - discordant) / Math.sqrt((all - tiedPairsX) * (all - tiedPairsY)),
    n,
    ...counts,
    pTwoSidedExact: tiedPairsX + tiedPairsY > 0 ? undefinedBecause("ties") : exact(),
  };
}
