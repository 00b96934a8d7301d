import { type Confidence, type Interval, tailOf } from "./interval.js";
import { betaQuantile, normalQuantile } from "./special-functions.js";
import { type OrUndefined, undefinedBecause } from "./undefined-because.js";

/** A share of n answers, with two intervals; all between 0 and 1. */
export interface Proportion {
  readonly estimate: number;
  /** Wilson's score interval without continuity correction: the one to print. */
  readonly wilson: Interval;
  /** The exact interval, never too narrow, usually wider. */
  readonly clopperPearson: Interval;
}

/**
 * Wilson's interval of x successes in n > 0 independent draws:
 * (p + z^2/2n +- z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n), exactly 0 at x = 0 and 1 at x = n. Wilson 1927.
 */
export function wilsonInterval(successes: number, n: number, options: Confidence = {}): Interval {
  const z = -normalQuantile(tailOf(options));
  const p = successes / n;
  const centre = p + (z * z) / (2 * n);
  const half = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  const scale = 1 + (z * z) / n;
  return [successes === 0 ? 0 : (centre - half) / scale, successes === n ? 1 : (centre + half) / scale];
}

/**
 * The exact interval of x successes in n > 0 independent draws, from quantiles of the beta distribution:
 * B(a/2; x, n-x+1) and B(1-a/2; x+1, n-x), 0 at x = 0 and 1 at x = n. Clopper & Pearson 1934.
 */
export function clopperPearsonInterval(successes: number, n: number, options: Confidence = {}): Interval {
  const tail = tailOf(options);
  return [
    successes === 0 ? 0 : betaQuantile(tail, successes, n - successes + 1),
    successes === n ? 1 : betaQuantile(1 - tail, successes + 1, n - successes),
  ];
}

/** Whether this is a count of successes among n. */
export const isCountOf = (successes: number, n: number): boolean =>
  Number.isInteger(n) && Number.isInteger(successes) && successes >= 0 && successes <= n;

/**
 * The share of `successes` in `n` independent answers with its intervals.
 * Answers of the same subject are not independent: for them use `clusterBootstrap`.
 * Undefined: `empty` for n = 0, `out-of-range` for a count that cannot be.
 */
export function proportionInterval(
  successes: number,
  n: number,
  options: Confidence = {},
): OrUndefined<Proportion> {
  if (n === 0 && successes === 0) return undefinedBecause("empty");
  if (!isCountOf(successes, n)) return undefinedBecause("out-of-range");
  return {
    estimate: successes / n,
    wilson: wilsonInterval(successes, n, options),
    clopperPearson: clopperPearsonInterval(successes, n, options),
  };
}

/** Successes and the number they are counted among. */
export type CountOf = readonly [successes: number, n: number];

/**
 * The difference of two independent shares, first minus second, between -1 and 1, with Newcombe's interval
 * from the Wilson limits l, u of each: d - sqrt((p1-l1)^2 + (u2-p2)^2) to d + sqrt((u1-p1)^2 + (p2-l2)^2).
 * Newcombe 1998, method 10. Undefined: `empty` when a side has n = 0, `out-of-range`.
 */
export function proportionDifference(
  first: CountOf,
  second: CountOf,
  options: Confidence = {},
): OrUndefined<{ readonly difference: number; readonly newcombe: Interval }> {
  if (!isCountOf(...first) || !isCountOf(...second)) return undefinedBecause("out-of-range");
  if (first[1] === 0 || second[1] === 0) return undefinedBecause("empty");
  const [p1, p2] = [first[0] / first[1], second[0] / second[1]];
  const [low1, high1] = wilsonInterval(...first, options);
  const [low2, high2] = wilsonInterval(...second, options);
  const difference = p1 - p2;
  return {
    difference,
    newcombe: [
      difference - Math.hypot(p1 - low1, high2 - p2),
      difference + Math.hypot(high1 - p1, p2 - low2),
    ],
  };
}
