import type { Measure, MeasuredUnit, Sample } from "../core/contract.js";
import { type AnsweredCase, answeredCases } from "./answered-cases.js";
import { mean } from "./breakdown.js";
import { expectedByChance } from "./scored-case.js";

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
    const found = mean(values);
    return found === null ? [] : [{ label, value: found }];
  });
}
