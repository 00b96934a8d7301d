import type { Sample, Table } from "../core/contract.js";
import { conformityRate } from "../core/statistics/conformity-rate.js";
import { mcnemar, pairedTable } from "../core/statistics/mcnemar.js";
import { proportionDifference } from "../core/statistics/proportion-difference.js";
import { isUndefined, undefinedReasons } from "../core/statistics/undefined-because.js";
import { wilcoxonOfPairs } from "../core/statistics/wilcoxon-signed-rank.js";
import { subjectsOf, type TestedSubject } from "./subjects-of.js";
import { trialOf } from "./trial-data.js";

/** Every arm against the control of the same protocol, method and model. */
export function differenceTable(conditions: readonly (readonly Sample[])[]): Table {
  const arms = conditions.flatMap((samples) => {
    const [first] = samples;
    const data = samples.map(trialOf).find((each) => each !== null);
    return first && data ? [{ condition: first.condition, data, subjects: subjectsOf(samples) }] : [];
  });
  return {
    id: "difference",
    title: "Difference from the control arm",
    columns: [
      { id: "method", title: "method" },
      { id: "model", title: "model" },
      { id: "arm", title: "arm" },
      { id: "rate", title: "conformity" },
      { id: "control", title: "control" },
      { id: "difference", title: "difference" },
      { id: "low", title: "from" },
      { id: "high", title: "to" },
      { id: "pairs", title: "subjects in both" },
      { id: "p", title: "p, subjects" },
      { id: "effect", title: "rank-biserial r" },
      { id: "trials", title: "trials in both" },
      { id: "pTrials", title: "p, trials" },
    ],
    rows: arms
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
        return control
          ? [{ method, model, arm: arm.condition.arm, ...compared(arm.subjects, control.subjects) }]
          : [];
      }),
    note: "Shares of the answered critical trials, arm minus control; the interval is Newcombe's (95 %), which takes answers as independent. “p, subjects” is Wilcoxon's exact signed-rank test of the subjects' own rates, a character in one repeat being a subject of both arms; it needs two of them, and fewer than six cannot reach 0.05. Subjects that are repeats of one character are not independent. “p, trials” is McNemar's exact test of the same trials of the same subjects; it treats every trial as independent and is too confident. A cell in words says why there is no number.",
  };
}

function compared(arm: readonly TestedSubject[], control: readonly TestedSubject[]) {
  const [first, second] = [conformityRate(arm), conformityRate(control)];
  const difference = proportionDifference(
    [first.withMajority, first.answered],
    [second.withMajority, second.answered],
  );
  const pairs = arm.flatMap((subject) => {
    const other = control.find(
      ({ character, repeat }) => character === subject.character && repeat === subject.repeat,
    );
    return other ? [[subject, other] as const] : [];
  });
  const rates = pairs
    .map(([a, b]) => [rateOf(a), rateOf(b)] as const)
    .filter(([a, b]) => a !== null && b !== null);
  const test = wilcoxonOfPairs(
    rates.map(([a]) => a),
    rates.map(([, b]) => b),
  );
  const trials = pairs.flatMap(([a, b]) => trialPairs(a, b));
  const table = pairedTable(
    trials.map(([a]) => a),
    trials.map(([, b]) => b),
  );
  const onTrials = isUndefined(table) ? table : mcnemar(table);
  const inWords = (value: number | { undefined: keyof typeof undefinedReasons }) =>
    isUndefined(value) ? `none: ${undefinedReasons[value.undefined]}` : value;
  const pSubjects =
    rates.length < 2 ? ({ undefined: "too-few" } as const) : isUndefined(test) ? test : test.pTwoSided;
  return {
    rate: inWords(first.rate),
    control: inWords(second.rate),
    difference: isUndefined(difference) ? inWords(difference) : difference.difference,
    low: isUndefined(difference) ? null : difference.newcombe[0],
    high: isUndefined(difference) ? null : difference.newcombe[1],
    pairs: rates.length,
    p: inWords(pSubjects),
    effect: rates.length < 2 || isUndefined(test) ? null : test.rankBiserial,
    trials: trials.length,
    pTrials: inWords(isUndefined(onTrials) ? onTrials : onTrials.pExact),
  };
}

/** The share of a subject's answered critical trials with the group's answer. */
function rateOf({ trials }: TestedSubject): number | null {
  const rate = conformityRate([{ trials }]).rate;
  return isUndefined(rate) ? null : rate;
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
