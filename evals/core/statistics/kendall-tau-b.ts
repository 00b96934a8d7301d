import { completePairs, type Missing } from "./missing-values.js";
import { sum } from "./moments.js";
import { isUndefined, type OrUndefined, undefinedBecause } from "./undefined-because.js";

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
