import { completePairs, type Missing } from "./missing-values.js";
import { sum } from "./moments.js";
import { isUndefined, type OrUndefined, undefinedBecause } from "./undefined-because.js";

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
