import { completePairs, type Missing } from "./missing-values.js";
import { sum } from "./moments.js";
import { meanRanks } from "./ranks.js";
import { isUndefined, type OrUndefined, undefinedBecause } from "./undefined-because.js";

/**
 * Area under the ROC curve, 0 to 1: the chance that a positive scores higher than a negative, ties counting half.
 * Labels are 1 and 0; pairs with a missing side are left out. Hanley & McNeil 1982.
 * Undefined: `length-mismatch`, `empty`, `one-class`, `out-of-range` (another label).
 */
export function auroc(
  labels: readonly Missing<number>[],
  scores: readonly Missing<number>[],
): OrUndefined<{ readonly auroc: number; readonly positives: number; readonly negatives: number }> {
  const pairs = completePairs(labels, scores);
  if (isUndefined(pairs)) return pairs;
  if (pairs.first.some((label) => label !== 0 && label !== 1)) return undefinedBecause("out-of-range");
  const positives = sum(pairs.first);
  const negatives = pairs.first.length - positives;
  if (positives === 0 || negatives === 0) return undefinedBecause("one-class");
  const ranks = meanRanks(pairs.second).filter((_, index) => pairs.first[index] === 1);
  const above = sum(ranks) - (positives * (positives + 1)) / 2;
  return { auroc: above / (positives * negatives), positives, negatives };
}
