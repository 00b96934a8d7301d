import {
  auroc,
  isUndefined,
  meanRankingQuality,
  type OrUndefined,
} from "../../../evals/core/statistics/index.js";

/** What a ranking gave for one question: ids best first, and those that hold the evidence. */
export interface Found {
  ids: readonly string[];
  evidence: readonly string[];
}

/** Quality of many rankings: R@k is the share of a question's evidence among the first k, averaged over questions. */
export interface RecallQuality {
  n: number;
  r1: number;
  r5: number;
  r10: number;
  r20: number;
  /** Mean reciprocal rank of the first evidence among those returned. */
  mrr: number;
}

/** Means over questions with evidence; NaN (null in JSON) where there are none. */
export function recallQuality(found: readonly Found[]): RecallQuality {
  const queries = found.map(({ ids, evidence }) => ({ ranked: ids, relevant: evidence }));
  const at = (k: number) => {
    const means = meanRankingQuality(queries, { k });
    return isUndefined(means)
      ? { recall: Number.NaN, mrr: Number.NaN }
      : { recall: orNaN(means.meanRecallAtK), mrr: orNaN(means.meanReciprocalRank) };
  };
  return {
    n: found.length,
    r1: at(1).recall,
    r5: at(5).recall,
    r10: at(10).recall,
    r20: at(20).recall,
    mrr: at(20).mrr,
  };
}

const orNaN = (value: OrUndefined<number>): number => (isUndefined(value) ? Number.NaN : value);

/** How often a value of `positive` stands above one of `negative`, ties half; null where a side is empty. */
export function areaUnderRoc(positive: readonly number[], negative: readonly number[]): number | null {
  const labels = [...positive.map(() => 1), ...negative.map(() => 0)];
  const area = auroc(labels, [...positive, ...negative]);
  return isUndefined(area) ? null : area.auroc;
}
