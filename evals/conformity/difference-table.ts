import { bootstrapInterval } from "../core/analysis/measured.js";
import { columnsOf, type Sample, type Table } from "../core/contract.js";
import { groupBy } from "../core/grouping.js";
import { clusterBootstrap } from "../core/statistics/cluster-bootstrap.js";
import { conformityRate } from "../core/statistics/conformity-rate.js";
import { wilcoxonOfPairs } from "../core/statistics/mean-differences.js";
import { adjustedP } from "../core/statistics/multiple-comparisons.js";
import { proportionDifference } from "../core/statistics/proportions.js";
import { mcnemar, pairedTable } from "../core/statistics/two-by-two.js";
import {
  isUndefined,
  type OrUndefined,
  undefinedBecause,
  undefinedReasons,
} from "../core/statistics/undefined-because.js";
import { rateOf, subjectsOf, type TestedSubject, trialOf } from "./trial-data.js";

/** Every arm against the control of the same protocol, method and model. */
export function differenceTable(conditions: readonly (readonly Sample[])[]): Table {
  const arms = conditions.flatMap((samples) => {
    const [first] = samples;
    const data = samples.map(trialOf).find((each) => each !== null);
    return first && data ? [{ condition: first.condition, data, subjects: subjectsOf(samples) }] : [];
  });
  const compared = arms
    .filter(({ data }) => !data.isControl)
    .flatMap((arm) => {
      const { method, model } = arm.condition;
      const control = arms.find(
        ({ condition, data }) =>
          data.isControl &&
          data.protocol === arm.data.protocol &&
          condition.method === method &&
          condition.model === model,
      );
      const names = { method, model, arm: arm.condition.arm };
      return control ? [{ names, ...compare(arm.subjects, control.subjects) }] : [];
    });
  const bySubjects = holmOf(compared.map(({ p }) => p));
  const byTrials = holmOf(compared.map(({ pTrials }) => pTrials));
  return {
    id: "difference",
    title: "Difference from the control arm",
    columns: columnsOf(
      "method; model; arm; rate: conformity; control; pairs: subjects in both; difference: difference of subjects; low: from; high: to; p: p, subjects; pHolm: p, subjects, Holm; effect: rank-biserial r; pooled: difference, pooled; pooledLow: pooled, from; pooledHigh: pooled, to; trials: trials in both; pTrials: p, trials; pTrialsHolm: p, trials, Holm",
    ),
    rows: compared.map(({ names, p, pTrials, low, high, ...counts }, at) => ({
      ...names,
      ...counts,
      low: valueOrReason(low),
      high: isUndefined(high) ? null : high,
      p: valueOrReason(p),
      pHolm: bySubjects[at] ?? null,
      pTrials: valueOrReason(pTrials),
      pTrialsHolm: byTrials[at] ?? null,
    })),
    note: "Arm minus control. “Difference of subjects” is the mean of the subjects' own differences, a character in one repeat being a subject of both arms; its interval (95 %, cluster bootstrap) draws characters, then their repeats, so that it heeds that the same subjects stand in both arms. With one character it speaks of this one alone; with fewer than ten it is too narrow. “p, subjects” is Wilcoxon's exact signed-rank test of the same rates; it needs two subjects, and fewer than six cannot reach 0.05. Subjects that are repeats of one character are not independent, and the test takes them as if they were. A session that broke or is not run to its end gives no rate of a subject. The pooled difference is of the shares of all answered critical trials; its interval (Newcombe, 95 %) takes the arms as independent samples and every answer as independent of the others, neither of which holds here. “p, trials” is McNemar's exact test of the same trials of the same subjects; it too treats every trial as independent and is too confident. Holm: adjusted for all tests of that column. A cell in words says why there is no number.",
  };
}

/** Resamples of each interval, of a seed of their own. */
const RESAMPLES = 2_000;

function compare(arm: readonly TestedSubject[], control: readonly TestedSubject[]) {
  const [first, second] = [conformityRate(arm), conformityRate(control)];
  const pooled = proportionDifference(
    [first.withMajority, first.answered],
    [second.withMajority, second.answered],
  );
  const pairs = arm.flatMap((subject) => {
    const other = control.find(
      ({ character, repeat }) => character === subject.character && repeat === subject.repeat,
    );
    return other ? [[subject, other] as const] : [];
  });
  const rates = pairs.flatMap(([a, b]) => {
    const [rate, other] = [rateOf(a), rateOf(b)];
    return rate === null || other === null ? [] : [{ character: a.character, rate, other }];
  });
  const test = wilcoxonOfPairs(
    rates.map(({ rate }) => rate),
    rates.map(({ other }) => other),
  );
  const ofSubjects = clusterBootstrap(
    [...groupBy(rates, ({ character }) => character).values()].map((own) => ({
      items: own.map(({ rate, other }) => rate - other),
    })),
    { resamples: RESAMPLES, seed: "conformity/difference" },
  );
  const interval = isUndefined(ofSubjects)
    ? ofSubjects
    : rates.length < 2
      ? undefinedBecause("too-few")
      : bootstrapInterval(ofSubjects);
  const trials = pairs.flatMap(([a, b]) => trialPairs(a, b));
  const table = pairedTable(
    trials.map(([a]) => a),
    trials.map(([, b]) => b),
  );
  const onTrials = isUndefined(table) ? table : mcnemar(table);
  const tooFew = rates.length < 2;
  return {
    rate: valueOrReason(first.rate),
    control: valueOrReason(second.rate),
    pairs: rates.length,
    difference: valueOrReason(isUndefined(ofSubjects) ? ofSubjects : ofSubjects.estimate),
    low: isUndefined(interval) ? interval : interval[0],
    high: isUndefined(interval) ? interval : interval[1],
    p: tooFew ? undefinedBecause("too-few") : isUndefined(test) ? test : test.pTwoSided,
    effect: tooFew || isUndefined(test) ? null : test.rankBiserial,
    pooled: valueOrReason(isUndefined(pooled) ? pooled : pooled.difference),
    pooledLow: isUndefined(pooled) ? null : pooled.newcombe[0],
    pooledHigh: isUndefined(pooled) ? null : pooled.newcombe[1],
    trials: trials.length,
    pTrials: isUndefined(onTrials) ? onTrials : onTrials.pExact,
  };
}

const valueOrReason = (value: OrUndefined<number>): number | string =>
  isUndefined(value) ? `none: ${undefinedReasons[value.undefined]}` : value;

/** The p-values of one column by Holm; null where a test was not possible. */
function holmOf(p: readonly OrUndefined<number>[]): readonly (number | null)[] {
  const adjusted = adjustedP(p.map((value) => (isUndefined(value) ? null : value)));
  return isUndefined(adjusted) ? [] : adjusted.holm.map((value) => value ?? null);
}

/** Critical trials that both answered: whether each went with the group. */
function trialPairs(a: TestedSubject, b: TestedSubject): (readonly [boolean, boolean])[] {
  const conformed = ({ scores }: Sample): boolean | null =>
    scores?.conformed === undefined ? null : scores.conformed === 1;
  return a.samples.flatMap((sample) => {
    const other = b.samples.find(({ item }) => item === sample.item);
    const [first, second] = [conformed(sample), other ? conformed(other) : null];
    return first === null || second === null ? [] : [[first, second] as const];
  });
}
