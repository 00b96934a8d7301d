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
