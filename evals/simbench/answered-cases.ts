import { type Measure, type MeasuredUnit, type Sample, statusCounts } from "../core/contract.js";
import { groupBy } from "../core/grouping.js";
import { meanOrNull } from "../core/statistics/values.js";

import type { CaseData, Shares } from "./group-case.js";
import { expectedByChance, type ScoredCase, scoreOf } from "./scored-case.js";

/** A case as it was answered once, by a model for the group or by several people. */
export interface AnsweredCase extends ScoredCase {
  repeat: number;
  /** How many were to answer, and how many did. */
  people: number;
  answered: number;
  counts: Readonly<Record<Sample["status"], number>>;
  /** Share of the first token's chance that named an option; null where it was not asked for. */
  covered: number | null;
}

/** What this instrument put into a sample; null for one that was never put. */
const dataOf = ({ data }: Sample): CaseData | null => data as CaseData | null;

/**
 * The cases of one condition's samples, each repeat apart. Refused and unparsable answers leave; a case with one in error,
 * or with people who were not asked yet, has no score until these are run.
 */
export function answeredCases(samples: readonly Sample[]): AnsweredCase[] {
  const put = samples.flatMap((sample) => {
    const data = dataOf(sample);
    return data ? [{ sample, data }] : [];
  });
  const groups = groupBy(put, ({ sample, data }) => `${data.case}\n${sample.repeat}`);
  return [...groups.values()].flatMap((own) => {
    const [first] = own;
    if (!first) return [];
    const counts = statusCounts(own.map(({ sample }) => sample));
    const shares: Record<string, number> = {};
    let covered: number | null = null;
    for (const { sample } of own) {
      if (sample.status !== "answered") continue;
      const answer = sample.answer as Shares;
      for (const [label, weight] of Object.entries(answer.shares))
        shares[label] = (shares[label] ?? 0) + weight;
      covered = answer.covered ?? covered;
    }
    const people = Math.max(...own.map(({ data }) => data.people));
    const leftOut =
      counts.error + counts.skipped > 0
        ? "error"
        : own.length < people
          ? "not yet run"
          : counts.answered === 0
            ? (own.find(({ sample }) => sample.status !== "answered")?.sample.status ?? "refused")
            : null;
    const { data, sample } = first;
    return [
      {
        ...data,
        id: data.case,
        repeat: sample.repeat,
        people,
        answered: counts.answered,
        counts,
        covered,
        ...scoreOf(data, leftOut === null ? shares : { leftOut }),
      },
    ];
  });
}

/**
 * The numbers of SimBench. A unit is a case; what the contract calls its character is the data set, so that intervals draw
 * data sets and then cases, and comparisons pair the cases.
 */
export const measures: readonly Measure[] = [
  {
    id: "score",
    title: "SimBench score",
    unit: "points (0: the uniform answer, 100: the people's own)",
    better: "higher",
    cluster: "data set",
    units: (samples) => unitsOf(samples, ({ score }) => score),
    references: (samples) => [
      { label: "uniform answer", value: 0 },
      ...byChance(samples, ({ score }) => score),
    ],
  },
  {
    id: "distance",
    title: "Total variation from the people's answer",
    unit: "share of answers that would have to change",
    better: "lower",
    cluster: "data set",
    units: (samples) => unitsOf(samples, ({ distance }) => distance),
    references: (samples) => byChance(samples, ({ distance }) => distance),
  },
];

function unitsOf(
  samples: readonly Sample[],
  value: (of: AnsweredCase) => MeasuredUnit["value"],
): MeasuredUnit[] {
  return answeredCases(samples).map((each) => ({
    character: each.dataset,
    item: each.id,
    repeat: each.repeat,
    value: value(each),
  }));
}

/** What chance alone would give over the scored cases: the people asked again, and a population of the size that answered. */
function byChance(
  samples: readonly Sample[],
  value: (expected: { score: number; distance: number }) => number,
): { label: string; value: number }[] {
  const scored = answeredCases(samples).filter(({ score }) => typeof score === "number");
  const expected = (people: (of: AnsweredCase) => number | null) =>
    scored.flatMap((each) => expectedByChance(each, people(each)) ?? []).map(value);
  const again = expected(({ groupSize }) => groupSize);
  const drawn = expected(({ people, answered }) => (people > 1 ? answered : null));
  return [
    {
      label: "noise floor: the people themselves, as many drawn again",
      values: again,
    },
    { label: "as many of the people as answered here, drawn at random", values: drawn },
  ].flatMap(({ label, values }) => {
    const found = meanOrNull(values);
    return found === null ? [] : [{ label, value: found }];
  });
}
