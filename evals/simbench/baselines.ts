import { countBy } from "../core/grouping.js";
import { meanOrNull } from "../core/statistics/values.js";
import { byDataset, byEntropy, byGroup, byVariable, type Part, partOf, RESAMPLES } from "./breakdown.js";
import { casesOf } from "./case-file.js";
import type { GroupCase } from "./group-case.js";
import { expectedByChance, normsOf, type ScoredCase, scoreOf } from "./scored-case.js";

/** Answers that know nothing of the case, and the human answer itself. */
export const baselines = ["uniform", "first", "linear", "human"] as const;
export type Baseline = (typeof baselines)[number];

/** A baseline's answer: the same weight everywhere, all on the first option, 1, 2, 3 … by rank, or the people's own. */
export function answerOf(baseline: Baseline, { human }: Pick<GroupCase, "human">): Record<string, number> {
  const weight = (index: number, people: number): number => {
    if (baseline === "human") return people;
    if (baseline === "linear") return index + 1;
    return baseline === "uniform" || index === 0 ? 1 : 0;
  };
  return Object.fromEntries(
    Object.entries(human).map(([label, people], index) => [label, weight(index, people)]),
  );
}

/** A baseline's score on a file. Scores and their intervals are points; see `Part`. */
export interface BaselineResult {
  file: string;
  baseline: Baseline;
  /** From the file's name; null where it does not say. */
  split: "SimBenchPop" | "SimBenchGrouped" | null;
  cases: number;
  scored: number;
  /** Cases without a score, by reason. */
  leftOut: Record<string, number>;
  score: number | null;
  interval: Part["interval"];
  /** How the intervals were made. */
  bootstrap: { resamples: number; clusters: "data sets, then cases" };
  /** Mean score to expect of the people themselves asked again, over the cases whose group's size is known. */
  noiseFloor: { score: number | null; distance: number | null; cases: number; sizeUnknown: number };
  byDataSet: Part[];
  byEntropy: Part[];
  byVariable: Part[];
  byGroup: Part[];
}

/**
 * Scores a baseline on a SimBench file; norms are taken within the file.
 * @throws invalid_input for a file that is none, naming the lines
 */
export async function scoreBaseline(file: string, baseline: Baseline): Promise<BaselineResult> {
  const cases = await casesOf(file);
  const norms = normsOf(cases);
  const scored = cases.map((each): ScoredCase => {
    const of = { ...each, norm: norms.get(each.dataset) ?? null };
    return { ...of, ...scoreOf(of, answerOf(baseline, each)) };
  });
  const whole = partOf("all", scored);
  const reasons = scored.flatMap(({ score }) => (typeof score === "number" ? [] : [score.leftOut]));
  const floors = scored.flatMap((each) => expectedByChance(each, each.groupSize) ?? []);
  return {
    file,
    baseline,
    split: /grouped/iu.test(file) ? "SimBenchGrouped" : /pop/iu.test(file) ? "SimBenchPop" : null,
    cases: whole.cases,
    scored: whole.scored,
    leftOut: countBy(reasons, String),
    score: whole.score,
    interval: whole.interval,
    bootstrap: { resamples: RESAMPLES, clusters: "data sets, then cases" },
    noiseFloor: {
      score: meanOrNull(floors.map(({ score }) => score)),
      distance: meanOrNull(floors.map(({ distance }) => distance)),
      cases: floors.length,
      sizeUnknown: scored.filter(({ groupSize }) => groupSize === null).length,
    },
    byDataSet: byDataset(scored),
    byEntropy: byEntropy(scored),
    byVariable: byVariable(scored),
    byGroup: byGroup(scored),
  };
}
