import { isUndefined, type OrUndefined, undefinedBecause } from "./undefined-because.js";
import { completePairs, type Missing, mean, sum, withoutMissing } from "./values.js";

export type Category = number | string | boolean;

/** Agreement of two raters beyond chance; at most 1, may be negative. */
export interface CohenKappa {
  readonly kappa: number;
  /** Pairs of ratings. */
  readonly n: number;
  /** Shares of equal ratings, observed and expected from the margins. */
  readonly observedAgreement: number;
  readonly expectedAgreement: number;
}

export interface CohenOptions {
  /** How much a disagreement weighs: 1, the distance of the categories, or its square. @default "none" */
  weights?: "none" | "linear" | "quadratic" | undefined;
}

const weigh = {
  none: () => 1,
  linear: (distance: number) => distance,
  quadratic: (distance: number) => distance ** 2,
};

/**
 * Cohen's kappa of a table of counts (rows the first rater, columns the second): 1 - sum w o / sum w e.
 * Cohen 1960, 1968. Undefined: `empty`, `length-mismatch` (not square), `out-of-range` (no counts),
 * `no-variance` when both raters are constant and equal.
 */
export function cohenKappaOfTable(
  table: readonly (readonly number[])[],
  { weights = "none" }: CohenOptions = {},
): OrUndefined<CohenKappa> {
  if (table.some((row) => row.length !== table.length)) return undefinedBecause("length-mismatch");
  if (table.flat().some((count) => !(count >= 0))) return undefinedBecause("out-of-range");
  const rows = table.map(sum);
  const columns = table.map((_, column) => sum(table.map((row) => row[column] ?? 0)));
  const n = sum(rows);
  if (n === 0) return undefinedBecause("empty");
  let [observed, expected, same, sameByChance] = [0, 0, 0, 0];
  for (const [i, row] of table.entries())
    for (const [j, count] of row.entries()) {
      const byChance = ((rows[i] ?? 0) * (columns[j] ?? 0)) / n;
      const weight = i === j ? 0 : weigh[weights](Math.abs(i - j));
      observed += weight * count;
      expected += weight * byChance;
      if (i === j) [same, sameByChance] = [same + count, sameByChance + byChance];
    }
  if (expected === 0) return undefinedBecause("no-variance");
  return {
    kappa: 1 - observed / expected,
    n,
    observedAgreement: same / n,
    expectedAgreement: sameByChance / n,
  };
}

/**
 * Cohen's kappa of two lists of ratings; a pair with a missing one is left out.
 * @param options.categories in their order, also those that nobody used: they space the others in weighted kappa.
 * Default: those that occur, sorted. Undefined also: `unknown-category`.
 */
export function cohenKappa(
  a: readonly Missing<Category>[],
  b: readonly Missing<Category>[],
  options: CohenOptions & { categories?: readonly Category[] | undefined } = {},
): OrUndefined<CohenKappa> {
  const pairs = completePairs(a, b);
  if (isUndefined(pairs)) return pairs;
  const used = [...new Set([...pairs.first, ...pairs.second])];
  const categories = options.categories ?? used.sort((x, y) => (x < y ? -1 : 1));
  const indices = new Map(categories.map((category, index) => [category, index]));
  const table = categories.map(() => categories.map(() => 0));
  for (const [index, first] of pairs.first.entries()) {
    const second = pairs.second[index];
    const row = table[indices.get(first) ?? -1];
    const column = second === undefined ? undefined : indices.get(second);
    if (row === undefined || column === undefined) return undefinedBecause("unknown-category");
    row[column] = (row[column] ?? 0) + 1;
  }
  return cohenKappaOfTable(table, options);
}

/** Agreement of several raters beyond chance; at most 1, may be negative. */
export interface FleissKappa {
  readonly kappa: number;
  readonly subjects: number;
  /** Ratings of each subject. */
  readonly raters: number;
  readonly meanAgreement: number;
  readonly expectedAgreement: number;
}

/**
 * Fleiss's kappa = (P - Pe)/(1 - Pe); `counts` is subjects x categories, each row the same number of ratings.
 * With missing ratings use Krippendorff's alpha. Fleiss 1971.
 * Undefined: `empty`, `length-mismatch`, `out-of-range` (no counts), `unequal-raters`, `one-rater`,
 * `no-variance` (one category only).
 */
export function fleissKappa(counts: readonly (readonly number[])[]): OrUndefined<FleissKappa> {
  const subjects = counts.length;
  const raters = sum(counts[0] ?? []);
  if (subjects === 0) return undefinedBecause("empty");
  if (counts.some((row) => row.length !== counts[0]?.length)) return undefinedBecause("length-mismatch");
  if (counts.flat().some((count) => !(count >= 0))) return undefinedBecause("out-of-range");
  if (counts.some((row) => sum(row) !== raters)) return undefinedBecause("unequal-raters");
  if (raters === 0) return undefinedBecause("empty");
  if (raters === 1) return undefinedBecause("one-rater");
  const ofCategories = (counts[0] ?? []).map((_, category) => sum(counts.map((row) => row[category] ?? 0)));
  if (ofCategories.filter((count) => count > 0).length < 2) return undefinedBecause("no-variance");
  const pairs = (row: readonly number[]) => sum(row.map((count) => count * (count - 1)));
  const meanAgreement = mean(counts.map((row) => pairs(row) / (raters * (raters - 1))));
  const expectedAgreement = sum(ofCategories.map((count) => (count / (subjects * raters)) ** 2));
  const kappa = (meanAgreement - expectedAgreement) / (1 - expectedAgreement);
  return { kappa, subjects, raters, meanAgreement, expectedAgreement };
}

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
