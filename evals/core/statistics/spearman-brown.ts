import { type OrUndefined, undefinedBecause } from "./undefined-because.js";

/**
 * The reliability of a test `factor` times as long (or of the mean of that many raters): k r / (1 + (k-1) r).
 * Spearman 1910; Brown 1910. Undefined: `out-of-range` for |r| > 1 or a factor of 0 or below,
 * `non-positive-denominator`.
 */
export function spearmanBrown(reliability: number, factor: number): OrUndefined<number> {
  if (!(Math.abs(reliability) <= 1) || !(factor > 0)) return undefinedBecause("out-of-range");
  const denominator = 1 + (factor - 1) * reliability;
  if (denominator <= 1e-12) return undefinedBecause("non-positive-denominator");
  return (factor * reliability) / denominator;
}

/**
 * How many times as long a test must be to reach the `target`: t(1 - r)/(r(1 - t)).
 * Undefined: `out-of-range` when the reliability or the target is not strictly between 0 and 1.
 */
export function lengthFactorFor(reliability: number, target: number): OrUndefined<number> {
  const inside = (value: number) => value > 0 && value < 1;
  if (!inside(reliability) || !inside(target)) return undefinedBecause("out-of-range");
  return (target * (1 - reliability)) / (reliability * (1 - target));
}
