/** The sum; 0 for nothing. */
export function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let index = 0; index < values.length; index++) total += values[index] ?? 0;
  return total;
}

/** The arithmetic mean of at least one value. */
export const mean = (values: ArrayLike<number>): number => sum(values) / values.length;

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
