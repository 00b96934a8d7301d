import { SimulacraError } from "../../../data/errors.js";
import { type OrUndefined, undefinedBecause } from "./undefined-because.js";

/** A value, or null where there is none: refused, unparsable, not asked. */
export type Missing<T> = T | null;

function isThere<T>(value: Missing<T>): value is T {
  if (typeof value === "number" && !Number.isFinite(value))
    throw new SimulacraError(
      "internal",
      `A statistic was given ${value} as a value. A missing value is null. This is a fault of the program.`,
      "internal",
    );
  return value !== null;
}

/** The values that are there. */
export const withoutMissing = <T>(values: readonly Missing<T>[]): T[] => values.filter(isThere);

/** The pairs with both sides there (pairwise); undefined when the sides differ in length or no pair is complete. */
export function completePairs<T, U>(
  first: readonly Missing<T>[],
  second: readonly Missing<U>[],
): OrUndefined<{ readonly first: T[]; readonly second: U[] }> {
  if (first.length !== second.length) return undefinedBecause("length-mismatch");
  const pairs: { first: T[]; second: U[] } = { first: [], second: [] };
  for (const [index, a] of first.entries()) {
    const b = second[index] ?? null;
    if (!isThere(a) || !isThere(b)) continue;
    pairs.first.push(a);
    pairs.second.push(b);
  }
  return pairs.first.length === 0 ? undefinedBecause("empty") : pairs;
}

/** The rows without a missing value (listwise); undefined when rows differ in length or none is complete. */
export function completeRows<T>(rows: readonly (readonly Missing<T>[])[]): OrUndefined<T[][]> {
  const width = rows[0]?.length ?? 0;
  if (rows.some((row) => row.length !== width)) return undefinedBecause("length-mismatch");
  const complete = rows.map(withoutMissing).filter((row) => row.length === width);
  return complete.length === 0 || width === 0 ? undefinedBecause("empty") : complete;
}

/** The sum; 0 for nothing. */
export function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let index = 0; index < values.length; index++) total += values[index] ?? 0;
  return total;
}

/** The arithmetic mean of at least one value. */
export const mean = (values: ArrayLike<number>): number => sum(values) / values.length;

/** The mean of those that there are, or null of nothing. */
export const meanOrNull = (values: readonly number[]): number | null =>
  values.length === 0 ? null : mean(values);

/** The sum of squared distances from the mean, in two passes, so that a large offset costs no digits. */
export function sumOfSquares(values: ArrayLike<number>): number {
  const centre = mean(values);
  let total = 0;
  for (let index = 0; index < values.length; index++) total += ((values[index] ?? 0) - centre) ** 2;
  return total;
}

/** The variance of at least two values, dividing by n - 1; exactly 0 where they do not vary. */
export const variance = (values: readonly number[]): number =>
  varies(values) ? sumOfSquares(values) / (values.length - 1) : 0;

/** Whether there are two different values. A computed variance cannot tell: the mean of 0.1, 0.1, 0.1 is not 0.1. */
export const varies = (values: ArrayLike<number>): boolean => {
  for (let index = 1; index < values.length; index++) if (values[index] !== values[0]) return true;
  return false;
};

/** A sum or difference of written decimals, without the dust of floating point: 0.3 - 0.1 is 0.2. */
export const asWritten = (value: number): number => {
  const rounded = Math.round(value * 1e12) / 1e12;
  // Beyond 2^53 / 1e12 twelve decimals cannot be held anyway.
  return Math.abs(value) < 9007 ? rounded : Number(value.toPrecision(14));
};

/** a - b for each pair, as of the written decimals. */
export const differences = (a: readonly number[], b: readonly number[]): number[] =>
  a.map((value, index) => asWritten(value - (b[index] ?? 0)));

/** Whether two computed values differ by rounding only: within 1e-12, or that share of a larger value. */
export const sameValue = (a: number, b: number): boolean =>
  Math.abs(a - b) <= 1e-12 * Math.max(1, Math.abs(b));

/** Ranks from 1; values that are tied share the mean of their ranks. */
export function meanRanks(values: readonly number[]): number[] {
  const order = values.map((value, index) => ({ value, index })).sort((a, b) => a.value - b.value);
  const ranks = new Array<number>(values.length);
  for (let start = 0; start < order.length; ) {
    let end = start;
    while (end < order.length && order[end]?.value === order[start]?.value) end++;
    for (const { index } of order.slice(start, end)) ranks[index] = (start + 1 + end) / 2;
    start = end;
  }
  return ranks;
}
