import { invalidOption } from "../invalid.js";
import { type OrUndefined, undefinedBecause } from "./undefined-because.js";
import { mean, sameValue, sumOfSquares } from "./values.js";

/** A confidence interval, in the unit of the estimate. */
export type Interval = readonly [low: number, high: number];

/** How wide an interval is. */
export interface Confidence {
  /** Share of such intervals that hold the true value, between 0 and 1. @default 0.95 */
  confidence?: number | undefined;
}

/**
 * The share that a two-sided interval leaves out below, and above: 0.025 for 95 %.
 * @throws invalid_option for a confidence that is not between 0 and 1
 */
export function tailOf({ confidence = 0.95 }: Confidence): number {
  if (confidence > 0 && confidence < 1) return (1 - confidence) / 2;
  throw invalidOption(`confidence must lie between 0 and 1, for example 0.95; it is ${confidence}.`, {
    confidence,
  });
}

/** The quantile of sorted values, 0 <= q <= 1: type 7 of Hyndman & Fan 1996, h = (B - 1) q, linear between neighbours. */
export function quantile(sorted: Float64Array, q: number): number {
  const h = (sorted.length - 1) * q;
  const below = Math.floor(h);
  const low = sorted[below] ?? Number.NaN;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? Number.NaN;
  return low + (high - low) * (h - below);
}

/** The standard deviation of the replicates, dividing by B - 1. */
export const standardErrorOf = (replicates: Float64Array): OrUndefined<number> =>
  replicates.length < 2
    ? undefinedBecause("too-few")
    : Math.sqrt(sumOfSquares(replicates) / (replicates.length - 1));

/** The percentile interval of sorted replicates that leaves out `tail` on each side. */
export const percentileInterval = (sorted: Float64Array, tail: number): OrUndefined<Interval> =>
  sorted.length === 0 ? undefinedBecause("too-few") : [quantile(sorted, tail), quantile(sorted, 1 - tail)];

/** Whether sorted replicates are all the same but for rounding. */
export const allTheSame = (sorted: Float64Array): boolean => sameValue(sorted[0] ?? 0, sorted.at(-1) ?? 0);

/** Share of the replicates below the estimate, those that equal it counting half. */
export function shareBelow(replicates: Float64Array, estimate: number): number {
  return mean(replicates.map((value) => (sameValue(value, estimate) ? 0.5 : value < estimate ? 1 : 0)));
}
