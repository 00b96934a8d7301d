import { type Missing, withoutMissing } from "./missing-values.js";
import { sum } from "./moments.js";
import { type OrUndefined, undefinedBecause } from "./undefined-because.js";

export type Level = "nominal" | "ordinal" | "interval";
export type RatingLabel = number | string;

/** Agreement of any number of coders with values missing; at most 1, may be negative. */
export interface Krippendorff {
  readonly alpha: number;
  /** Units with at least two values. */
  readonly units: number;
  /** Values in these units. */
  readonly pairableValues: number;
  readonly observedDisagreement: number;
  readonly expectedDisagreement: number;
}

const inTheirOrder = (a: RatingLabel, b: RatingLabel): number =>
  typeof a === "number" && typeof b === "number" ? a - b : String(a) < String(b) ? -1 : 1;

/** The squared difference of two values, given by their indices, and how often each value occurs. */
function differenceOf(level: Level, values: readonly RatingLabel[], margins: readonly number[]) {
  return (c: number, k: number): number => {
    if (c === k) return 0;
    if (level === "nominal") return 1;
    if (level === "interval") return (Number(values[c]) - Number(values[k])) ** 2;
    const between = margins.slice(Math.min(c, k), Math.max(c, k) + 1);
    return (sum(between) - ((margins[c] ?? 0) + (margins[k] ?? 0)) / 2) ** 2;
  };
}

/**
 * Krippendorff's alpha = 1 - Do/De; `ratings` is coders x units, null where a coder did not rate. A unit with fewer
 * than two values is left out, and so are its values. Each ordered pair within a unit of m values weighs 1/(m-1).
 * Krippendorff 2011; Hayes & Krippendorff 2007.
 * @param order the labels of an ordinal scale, lowest first; numbers sort as numbers without it
 * Undefined: `empty`, `length-mismatch`, `no-pairable-values`, `no-variance`, `unknown-category` (a label not in
 * `order`, or none that is a number on an interval scale).
 */
export function krippendorffAlpha(
  ratings: readonly (readonly Missing<RatingLabel>[])[],
  level: Level,
  order?: readonly RatingLabel[],
): OrUndefined<Krippendorff> {
  const width = ratings[0]?.length ?? 0;
  if (width === 0) return undefinedBecause("empty");
  if (ratings.some((row) => row.length !== width)) return undefinedBecause("length-mismatch");
  const units = [...Array(width).keys()]
    .map((unit) => withoutMissing(ratings.map((row) => row[unit] ?? null)))
    .filter((values) => values.length > 1);
  if (units.length === 0) return undefinedBecause("no-pairable-values");
  const used = new Set(units.flat());
  const values = order ?? [...used].sort(inTheirOrder);
  const indices = new Map(values.map((value, index) => [value, index]));
  const unknown = (value: RatingLabel) =>
    !indices.has(value) || (level === "interval" && typeof value !== "number");
  if ([...used].some(unknown)) return undefinedBecause("unknown-category");
  if (used.size < 2) return undefinedBecause("no-variance");

  const indexed = units.map((unit) => unit.map((value) => indices.get(value) ?? 0));
  const margins = values.map(() => 0);
  for (const index of indexed.flat()) margins[index] = (margins[index] ?? 0) + 1;
  const n = sum(margins);
  const difference = differenceOf(level, values, margins);
  let observed = 0;
  for (const unit of indexed)
    for (const c of unit) for (const k of unit) observed += difference(c, k) / (unit.length - 1);
  const expected = sum(margins.map((ofC, c) => sum(margins.map((ofK, k) => ofC * ofK * difference(c, k)))));
  const observedDisagreement = observed / n;
  const expectedDisagreement = expected / (n * (n - 1));
  return {
    alpha: 1 - observedDisagreement / expectedDisagreement,
    units: units.length,
    pairableValues: n,
    observedDisagreement,
    expectedDisagreement,
  };
}
