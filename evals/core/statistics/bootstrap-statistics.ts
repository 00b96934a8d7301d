import { mean } from "./moments.js";
import { pearsonR } from "./pearson.js";
import { type OrUndefined, undefinedBecause } from "./undefined-because.js";

/** Two values of one unit, resampled together. */
export type PairOfValues = readonly [number, number];

/** The mean of at least one value. */
export const meanOf = (values: readonly number[]): number => mean(values);

/** The middle value, or the mean of the middle two. */
export function medianOf(values: readonly number[]): OrUndefined<number> {
  const sorted = Float64Array.from(values).sort();
  const low = sorted[Math.floor((sorted.length - 1) / 2)];
  const high = sorted[Math.ceil((sorted.length - 1) / 2)];
  return low === undefined || high === undefined ? undefinedBecause("empty") : (low + high) / 2;
}

/** The mean of the first minus the second value of each pair. */
export const meanDifferenceOf = (pairs: readonly PairOfValues[]): number =>
  mean(pairs.map(([a, b]) => a - b));

/** Pearson's correlation of the pairs. */
export const correlationOf = (pairs: readonly PairOfValues[]): OrUndefined<number> =>
  pearsonR(
    pairs.map(([x]) => x),
    pairs.map(([, y]) => y),
  );
