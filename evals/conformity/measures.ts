import type { Measure, MeasuredUnit, Sample } from "../core/contract.js";
import { conformedAnswers } from "../core/statistics/conformity-rate.js";
import { type Party, subjectsOf, type TestedSubject, trialOf } from "./trial-data.js";

const fromLiterature = (measure: string) => (samples: readonly Sample[]) =>
  (samples.map(trialOf).find((data) => data !== null && data.party === "scripted")?.literature ?? [])
    .filter((found) => found.measure === measure)
    .map(({ label, value }) => ({ label, value }));

/**
 * One unit a critical trial. A trial that was never put is known as critical by those who were put it; of trials that nobody
 * was put, as many are taken as the protocol has critical ones: none is lost because every session broke.
 */
function criticalUnits(samples: readonly Sample[], score: string): MeasuredUnit[] {
  const put = samples.flatMap((sample) => {
    const data = trialOf(sample);
    return data?.party === "scripted" ? [{ item: sample.item, ...data }] : [];
  });
  const critical = new Map(put.map(({ item, critical }) => [item, critical]));
  const inAll = put[0]?.criticalTrials ?? 0;
  return subjectsOf(samples).flatMap((subject) => {
    const known = subject.samples.filter(({ item }) => critical.get(item));
    const unknown = subject.samples.filter(({ item }) => !critical.has(item));
    const lost = unknown.slice(0, Math.max(0, inAll - known.length));
    return [...known, ...lost].flatMap((sample) => unitOf(sample, score));
  });
}

const unitOf = ({ character, item, repeat, status, scores }: Sample, score: string): MeasuredUnit[] => {
  const value = scores?.[score];
  // Answered without this score: nothing was right or wrong, or there was no majority.
  if (status === "answered" && value === undefined) return [];
  return [{ character, item, repeat, value: value ?? { leftOut: status } }];
};

/** Whether a subject went along at least once: 1 as soon as it did; 0 is known only when no trial is still to be run. */
export function everOf({ character, repeat, samples, trials, criticalTrials }: TestedSubject): MeasuredUnit {
  const answers = conformedAnswers(trials);
  const put = trials.filter(({ group, correct }) => group !== correct).length;
  const failed = samples.some(({ status }) => status === "error" || status === "skipped");
  const value = answers.includes(1)
    ? 1
    : failed
      ? { leftOut: "error" }
      : put < (criticalTrials ?? Number.POSITIVE_INFINITY)
        ? { leftOut: "not yet run" }
        : answers.length === 0
          ? { leftOut: "no critical trial was answered" }
          : 0;
  return { character, item: "", repeat, value };
}

/** The samples of conditions in which this is who plays the group; those of a condition are all of one kind. */
function playedBy(party: Party, samples: readonly Sample[]): readonly Sample[] {
  return samples.some((sample) => trialOf(sample)?.party === party) ? samples : [];
}

export const measures: readonly Measure[] = [
  {
    id: "conformity",
    title: "Conformity",
    unit: "share of critical trials with the group's answer",
    better: "neither",
    binary: true,
    references: fromLiterature("conformity"),
    units: (samples) => criticalUnits(samples, "conformed"),
  },
  {
    id: "error",
    title: "Errors on critical trials",
    unit: "share of critical trials with any wrong answer",
    better: "lower",
    binary: true,
    references: fromLiterature("error"),
    units: (samples) => criticalUnits(samples, "error"),
  },
  {
    id: "ever",
    title: "Went along at least once",
    unit: "share of subjects (a character in one repeat)",
    better: "neither",
    binary: true,
    references: fromLiterature("ever"),
    units: (samples) => subjectsOf(playedBy("scripted", samples)).map(everOf),
  },
  {
    id: "agreement",
    title: "Agreement with the majority of those before, among simulacra",
    unit: "share of trials with such a majority",
    better: "neither",
    binary: true,
    units: (samples) => playedBy("simulacra", samples).flatMap((sample) => unitOf(sample, "agreed")),
  },
];
