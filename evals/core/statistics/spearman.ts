import { completePairs, type Missing } from "./missing-values.js";
import { pearsonR } from "./pearson.js";
import { meanRanks } from "./ranks.js";
import { isUndefined, type OrUndefined } from "./undefined-because.js";

/**
 * Spearman's rho, -1 to 1: Pearson's r of the mean ranks, taken after incomplete pairs are left out. Spearman 1904.
 * For rankings of labels see `ranksOfLabels`. Undefined: `length-mismatch`, `empty`, `too-few`, `no-variance`.
 */
export function spearman(
  x: readonly Missing<number>[],
  y: readonly Missing<number>[],
): OrUndefined<{ readonly rho: number; readonly n: number }> {
  const pairs = completePairs(x, y);
  if (isUndefined(pairs)) return pairs;
  const rho = pearsonR(meanRanks(pairs.first), meanRanks(pairs.second));
  return isUndefined(rho) ? rho : { rho, n: pairs.first.length };
}
