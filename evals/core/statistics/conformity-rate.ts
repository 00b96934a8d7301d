import type { Confidence, Interval } from "./interval.js";
import { clopperPearsonInterval, wilsonInterval } from "./proportions.js";
import { type OrUndefined, undefinedBecause } from "./undefined-because.js";
import { type Missing, mean } from "./values.js";

/** One trial of a line judgement as one subject met it; lines are numbered. */
export interface ConformityTrial {
  readonly correct: number;
  /** What the script of the group says, also in a control arm that did not hear it. */
  readonly group: number;
  /** Null when refused or unparsable. */
  readonly answer: Missing<number>;
}

/** How far subjects went with the group; shares between 0 and 1. */
export interface Conformity {
  /** Trials on which the group was wrong, of all subjects. */
  readonly criticalTrials: number;
  /** Critical trials with an answer: the denominator. */
  readonly answered: number;
  readonly withMajority: number;
  /** Wrong answers that were not the group's. */
  readonly otherErrors: number;
  /** Share of the answered critical trials with the group's answer, all subjects pooled. */
  readonly rate: OrUndefined<number>;
  /** Intervals of the pooled rate that take answers as independent, which those of one subject are not. */
  readonly wilson: OrUndefined<Interval>;
  readonly clopperPearson: OrUndefined<Interval>;
  /** Share of the answered critical trials with any wrong answer. */
  readonly errorRate: OrUndefined<number>;
  /** Mean of the rates of the subjects with an answered critical trial. */
  readonly meanOfSubjects: OrUndefined<number>;
  /** Share of these subjects who went with the group at least once. */
  readonly everConformed: OrUndefined<number>;
}

/** The answered critical trials of one subject: 1 where the answer is the group's, 0 where it is not. */
export const conformedAnswers = (trials: readonly ConformityTrial[]): (0 | 1)[] =>
  trials
    .filter(({ correct, group, answer }) => group !== correct && answer !== null)
    .map(({ group, answer }) => (answer === group ? 1 : 0));

/**
 * Conformity on critical trials, those on which the group's answer is wrong; neutral trials never count.
 * Undefined where nothing critical was answered: `no-answered-critical-trial`. Asch 1956.
 */
export function conformityRate(
  subjects: readonly { readonly trials: readonly ConformityTrial[] }[],
  options: Confidence = {},
): Conformity {
  const critical = subjects.flatMap(({ trials }) => trials).filter(({ correct, group }) => group !== correct);
  const answered = critical.filter(({ answer }) => answer !== null);
  const withMajority = answered.filter(({ group, answer }) => answer === group).length;
  const wrong = answered.filter(({ correct, answer }) => answer !== correct).length;
  const rates = subjects
    .map(({ trials }) => conformedAnswers(trials))
    .filter((answers) => answers.length > 0)
    .map(mean);
  const n = answered.length;
  const ifAnswered = <T>(compute: () => T): OrUndefined<T> =>
    n === 0 ? undefinedBecause("no-answered-critical-trial") : compute();
  return {
    criticalTrials: critical.length,
    answered: n,
    withMajority,
    otherErrors: wrong - withMajority,
    rate: ifAnswered(() => withMajority / n),
    wilson: ifAnswered(() => wilsonInterval(withMajority, n, options)),
    clopperPearson: ifAnswered(() => clopperPearsonInterval(withMajority, n, options)),
    errorRate: ifAnswered(() => wrong / n),
    meanOfSubjects: ifAnswered(() => mean(rates)),
    everConformed: ifAnswered(() => rates.filter((rate) => rate > 0).length / rates.length),
  };
}
