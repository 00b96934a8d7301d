import type { Sample } from "../core/contract.js";
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
