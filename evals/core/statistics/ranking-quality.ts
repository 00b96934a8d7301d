import { isUndefined, type OrUndefined, undefinedBecause } from "./undefined-because.js";
import { completePairs, type Missing, mean, meanRanks, sum } from "./values.js";

/** What is relevant: ids (grade 1 each), or a grade for each id; grade 0 is not relevant. */
export type Relevant = readonly string[] | Readonly<Record<string, number>>;

export interface RankingOptions {
  /** How many of the first results count. */
  k: number;
  /** What a grade is worth: itself, or 2^grade - 1. @default "linear" */
  gain?: "linear" | "exponential" | undefined;
}

/** How good the first k of a ranked list are; all but the DCGs between 0 and 1. */
export interface RankingQuality {
  readonly recallAtK: number;
  /** Divided by k also where fewer were returned. */
  readonly precisionAtK: number;
  /** Over the whole list; 0 if nothing relevant is in it. */
  readonly reciprocalRank: number;
  readonly ndcgAtK: number;
  readonly dcgAtK: number;
  readonly idealDcgAtK: number;
  readonly hitAtK: 0 | 1;
}

const isList = (relevant: Relevant): relevant is readonly string[] => Array.isArray(relevant);

const discounted = (gains: readonly number[]): number =>
  sum(gains.map((gain, index) => gain / Math.log2(index + 2)));

/**
 * Quality of `ranked`, best first, against what is relevant. nDCG@k: sum of gain / log2(rank + 1) by that of the ideal
 * list of all relevant ids. A repeated id keeps its rank and gains nothing the second time.
 * Järvelin & Kekäläinen 2002; Manning, Raghavan & Schütze 2008.
 * Undefined: `no-relevant` when nothing relevant exists, `out-of-range` for a k that is no whole number from 1.
 */
export function rankingQuality(
  ranked: readonly string[],
  relevant: Relevant,
  { k, gain = "linear" }: RankingOptions,
): OrUndefined<RankingQuality> {
  if (!Number.isInteger(k) || k < 1) return undefinedBecause("out-of-range");
  const given = isList(relevant) ? relevant.map((id) => [id, 1] as const) : Object.entries(relevant);
  const grades = new Map(given.filter(([, grade]) => grade > 0));
  if (grades.size === 0) return undefinedBecause("no-relevant");
  const worth = (grade: number) => (gain === "linear" ? grade : 2 ** grade - 1);
  const seen = new Set<string>();
  const gains = ranked.map((id) => {
    const again = seen.has(id);
    seen.add(id);
    return again ? 0 : worth(grades.get(id) ?? 0);
  });
  const found = gains.slice(0, k).filter((value) => value > 0).length;
  const firstRank = gains.findIndex((value) => value > 0) + 1;
  const ideal = [...grades.values()].sort((a, b) => b - a).slice(0, k);
  const dcgAtK = discounted(gains.slice(0, k));
  const idealDcgAtK = discounted(ideal.map(worth));
  return {
    recallAtK: found / grades.size,
    precisionAtK: found / k,
    reciprocalRank: firstRank === 0 ? 0 : 1 / firstRank,
    ndcgAtK: dcgAtK / idealDcgAtK,
    dcgAtK,
    idealDcgAtK,
    hitAtK: found > 0 ? 1 : 0,
  };
}

/** Means over the queries that have anything relevant. */
export interface MeanRankingQuality {
  readonly scored: number;
  readonly notScored: number;
  readonly meanRecallAtK: OrUndefined<number>;
  readonly meanPrecisionAtK: OrUndefined<number>;
  readonly meanReciprocalRank: OrUndefined<number>;
  readonly meanNdcgAtK: OrUndefined<number>;
}

/**
 * Means of `rankingQuality` over queries; those without anything relevant are counted, not scored. Voorhees 1999.
 * Undefined: `empty`, `out-of-range`; the means `no-scored-query`.
 */
export function meanRankingQuality(
  queries: readonly { readonly ranked: readonly string[]; readonly relevant: Relevant }[],
  options: RankingOptions,
): OrUndefined<MeanRankingQuality> {
  if (queries.length === 0) return undefinedBecause("empty");
  const all = queries.map(({ ranked, relevant }) => rankingQuality(ranked, relevant, options));
  if (all.some((one) => isUndefined(one) && one.undefined === "out-of-range"))
    return undefinedBecause("out-of-range");
  const scored = all.filter((one): one is RankingQuality => !isUndefined(one));
  const meanOf = (pick: (one: RankingQuality) => number) =>
    scored.length === 0 ? undefinedBecause("no-scored-query") : mean(scored.map(pick));
  return {
    scored: scored.length,
    notScored: all.length - scored.length,
    meanRecallAtK: meanOf(({ recallAtK }) => recallAtK),
    meanPrecisionAtK: meanOf(({ precisionAtK }) => precisionAtK),
    meanReciprocalRank: meanOf(({ reciprocalRank }) => reciprocalRank),
    meanNdcgAtK: meanOf(({ ndcgAtK }) => ndcgAtK),
  };
}

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
