import type { Condition, Sample } from "../core/contract.js";
import { groupBy } from "../core/grouping.js";
import { type ConformityTrial, conformityRate } from "../core/statistics/conformity-rate.js";
import { isUndefined } from "../core/statistics/undefined-because.js";
import type { Literature, Option } from "./protocol.js";

/** Who plays the group: confederates by script, or simulacra who answer freely. */
export type Party = "scripted" | "simulacra";

/** The number of an option, from 1; 0: the subject says that it does not know. */
export type OptionNumber = number;
export const DOES_NOT_KNOW: OptionNumber = 0;

/** What reading and scoring need of a trial; kept with its sample. */
export interface TrialData {
  protocol: string;
  /** This arm is the one that others are held against. */
  isControl: boolean;
  /** From 1, in the order of the protocol. */
  trial: number;
  reading: "numbered" | "named";
  noun: string;
  options: readonly Option[];
  correct: OptionNumber | null;
  /** What the script of the group says, also in an arm that does not hear it. */
  group: OptionNumber;
  /** The scripted answer of the group differs from the right one. */
  critical: boolean;
  /** Critical trials of the session. */
  criticalTrials: number;
  party: Party;
  /** What simulacra said before the subject; null where it could not be read. Absent for a scripted group. */
  others?: readonly (OptionNumber | null)[];
  /** The experimenter's id: what was said after their last words belongs to this trial. */
  experimenter: string;
  literature: readonly Literature[];
}

/** What this instrument put into a sample; null for one that was never put. */
export const trialOf = ({ data }: Pick<Sample, "data">): TrialData | null => data as TrialData | null;

/** What more than half of those said who spoke before and could be read; null without such a majority. */
export function majorityOf({ others = [] }: Pick<TrialData, "others">): OptionNumber | null {
  const read = others.filter((option) => option !== null && option !== DOES_NOT_KNOW);
  return read.find((option) => 2 * read.filter((other) => other === option).length > read.length) ?? null;
}

/**
 * `error`: not the right option (absent where nothing is right); `critical`; `conformed`, in critical trials of a script:
 * the group's answer was given. Among simulacra instead `agreed`: the answer of the majority of those before.
 */
export function scoresOf(answer: OptionNumber, data: TrialData): Record<string, number> {
  const error = data.correct === null ? {} : { error: Number(answer !== data.correct) };
  if (data.party === "simulacra") {
    const majority = majorityOf(data);
    return { ...error, ...(majority !== null && { agreed: Number(answer === majority) }) };
  }
  return {
    ...error,
    critical: Number(data.critical),
    ...(data.critical && { conformed: Number(answer === data.group) }),
  };
}

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
