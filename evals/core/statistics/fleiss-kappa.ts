import { mean, sum } from "./moments.js";
import { type OrUndefined, undefinedBecause } from "./undefined-because.js";

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
