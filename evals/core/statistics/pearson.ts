import { type Confidence, type Interval, tailOf } from "./interval.js";
import { completePairs, type Missing } from "./missing-values.js";
import { mean, sumOfSquares, varies } from "./moments.js";
import { normalQuantile, studentTwoSidedP } from "./special-functions.js";
import { isUndefined, type OrUndefined, undefinedBecause } from "./undefined-because.js";

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
