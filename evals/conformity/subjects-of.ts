import type { Condition, Sample } from "../core/contract.js";
import { groupBy } from "../core/group-by.js";
import { type ConformityTrial, conformityRate } from "../core/statistics/conformity-rate.js";
import { isUndefined } from "../core/statistics/undefined-because.js";
import { trialOf } from "./trial-data.js";

/** One session: a character in one condition and repeat. */
export interface TestedSubject {
  character: string;
  repeat: number;
  condition: Condition;
  samples: readonly Sample[];
  /** Trials that were put, as the statistics take them; an unread answer is null, "I don't know" is 0. */
  trials: ConformityTrial[];
  /** Critical trials of its protocol; null where nothing was put. */
  criticalTrials: number | null;
}

/** The sessions of these samples, in the order in which they were met. */
export function subjectsOf(samples: readonly Sample[]): TestedSubject[] {
  const sessions = groupBy(samples, ({ character, repeat, condition }) =>
    JSON.stringify([character, repeat, condition]),
  );
  return [...sessions.values()].flatMap((session) => {
    const [first] = session;
    if (!first) return [];
    const { character, repeat, condition } = first;
    const criticalTrials = session.map(trialOf).find((data) => data !== null)?.criticalTrials ?? null;
    return [
      { character, repeat, condition, samples: session, trials: session.flatMap(trialIn), criticalTrials },
    ];
  });
}

/** Whether every critical trial was put and nothing broke: part of a session is no rate of a subject. */
function isWhole({ samples, trials, criticalTrials }: TestedSubject): boolean {
  const put = trials.filter(({ group, correct }) => group !== correct).length;
  const broken = samples.some(({ status }) => status === "error" || status === "skipped");
  return !broken && criticalTrials !== null && put >= criticalTrials;
}

/** The share of a subject's answered critical trials with the group's answer; null unless the whole session was put. */
export function rateOf(subject: TestedSubject): number | null {
  if (!isWhole(subject)) return null;
  const { rate } = conformityRate([{ trials: subject.trials }]);
  return isUndefined(rate) ? null : rate;
}

/** Critical or not is the protocol's to say: a filler is entered as one on which the group is right. */
function trialIn(sample: Sample): ConformityTrial[] {
  const data = trialOf(sample);
  if (data?.party !== "scripted") return [];
  const answer = sample.status === "answered" && typeof sample.answer === "number" ? sample.answer : null;
  const { group, critical } = data;
  return [{ correct: critical ? (data.correct ?? NOTHING_IS_RIGHT) : group, group, answer }];
}

/** Stands for the right option where there is none; no number of an option, and no answer. */
const NOTHING_IS_RIGHT = -1;
