/** What a ranking gave for one question: ids best first, and those that hold the evidence. */
export interface Found {
  ids: readonly string[];
  evidence: readonly string[];
}

/** Quality of many rankings: R@k is the share of a question's evidence among the first k, averaged over questions. */
export interface RankingQuality {
  n: number;
  r1: number;
  r5: number;
  r10: number;
  r20: number;
  /** Mean reciprocal rank of the first evidence among those returned. */
  mrr: number;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** R@k of one ranking. */
export function evidenceRecall({ ids, evidence }: Found, k: number): number {
  const first = new Set(ids.slice(0, k));
  return evidence.filter((id) => first.has(id)).length / evidence.length;
}

/** Means over questions with evidence; NaN (null in JSON) where there are none. */
export function rankingQuality(found: readonly Found[]): RankingQuality {
  const recall = (k: number) => mean(found.map((one) => evidenceRecall(one, k)));
  const reciprocal = found.map(({ ids, evidence }) => {
    const place = ids.findIndex((id) => evidence.includes(id));
    return place < 0 ? 0 : 1 / (place + 1);
  });
  return {
    n: found.length,
    r1: recall(1),
    r5: recall(5),
    r10: recall(10),
    r20: recall(20),
    mrr: mean(reciprocal),
  };
}

/**
 * Area under the ROC curve: how often a value of `positive` stands above one of `negative`, ties half (Hanley & McNeil
 * 1982). NaN where a side is empty.
 */
export function areaUnderRoc(positive: readonly number[], negative: readonly number[]): number {
  let above = 0;
  for (const one of positive)
    for (const other of negative) above += one > other ? 1 : one === other ? 0.5 : 0;
  return above / (positive.length * negative.length);
}

/** 95 % interval of a proportion (Wilson 1927). */
export function wilsonInterval(hits: number, n: number): [number, number] {
  const z = 1.959964;
  const share = hits / n;
  const centre = share + (z * z) / (2 * n);
  const half = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  const whole = 1 + (z * z) / n;
  return [Math.max(0, (centre - half) / whole), Math.min(1, (centre + half) / whole)];
}
