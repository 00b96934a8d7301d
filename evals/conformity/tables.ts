import { columnsOf, type Sample, type Table } from "../core/contract.js";
import { groupBy, naturally } from "../core/grouping.js";
import { conformityRate } from "../core/statistics/conformity-rate.js";
import { isUndefined, type OrUndefined } from "../core/statistics/undefined-because.js";
import { meanOrNull } from "../core/statistics/values.js";
import { differenceTable } from "./difference-table.js";
import { everOf } from "./measures.js";
import { majorityOf, rateOf, subjectsOf, trialOf } from "./trial-data.js";

type Row = Table["rows"][number];

/** A statistic in a cell; an empty cell where it is undefined (the counts beside it say why). */
const cell = (value: OrUndefined<number>): number | null => (isUndefined(value) ? null : value);

/** Samples by condition, in an order that does not depend on which session ended first. */
function byCondition(samples: readonly Sample[]): Sample[][] {
  const order = ({ condition: { method, model, arm }, character, repeat, position }: Sample) =>
    [method, model, arm, character, repeat, position].join("\n");
  const inOrder = samples
    .map((sample) => ({ sample, at: order(sample) }))
    .sort((a, b) => naturally(a.at, b.at))
    .map(({ sample }) => sample);
  return [...groupBy(inOrder, ({ condition }) => JSON.stringify(condition)).values()];
}

const conditionColumns = columnsOf("method; model; arm");

/** The experiment as its papers report it. */
export function tables(samples: readonly Sample[]): Table[] {
  const conditions = byCondition(samples);
  const scripted = conditions.filter((list) => list.some((sample) => trialOf(sample)?.party === "scripted"));
  const free = conditions.filter((list) => list.some((sample) => trialOf(sample)?.party === "simulacra"));
  return [
    ...(scripted.length === 0 ? [] : [byArm(scripted), differenceTable(scripted), byTrial(scripted)]),
    ...(free.length === 0 ? [] : [agreement(free)]),
  ];
}

function byArm(conditions: readonly Sample[][]): Table {
  return {
    id: "by-arm",
    title: "Conformity by arm",
    columns: [
      ...conditionColumns,
      ...columnsOf(
        "subjects; critical: critical trials; answered; rate: conformity, pooled; low: from; high: to; whole: whole sessions; mean: mean of these; known: known of subjects; ever: at least once; other: other errors; errors: error rate; refused; unparsable; error: in error or skipped; people: people (from the literature)",
      ),
    ],
    rows: conditions.map((samples) => {
      const subjects = subjectsOf(samples);
      const rate = conformityRate(subjects);
      const ever = subjects.map(everOf).flatMap(({ value }) => (typeof value === "number" ? [value] : []));
      const [low, high] = isUndefined(rate.wilson) ? [null, null] : rate.wilson;
      const whole = subjects.flatMap((subject) => rateOf(subject) ?? []);
      // Where nothing is right, nothing is an error.
      const judged = samples.flatMap(({ scores }) =>
        scores?.critical === 1 && scores.error !== undefined ? [scores] : [],
      );
      const literature = samples.map(trialOf).find((data) => data !== null)?.literature ?? [];
      const counted = (...statuses: Sample["status"][]) =>
        samples.filter(({ status }) => statuses.includes(status)).length;
      return {
        ...conditionOf(samples),
        subjects: subjects.length,
        critical: rate.criticalTrials,
        answered: rate.answered,
        rate: cell(rate.rate),
        low,
        high,
        whole: whole.length,
        mean: meanOrNull(whole),
        known: ever.length,
        ever: meanOrNull(ever),
        other: judged.length === 0 ? null : judged.filter(isOther).length,
        errors: meanOrNull(judged.map(({ error }) => Number(error))),
        refused: counted("refused"),
        unparsable: counted("unparsable"),
        error: counted("error", "skipped"),
        people:
          literature.map(({ measure, value, label }) => `${measure} ${value}: ${label}`).join("; ") || null,
      };
    }),
    note: "Rates are of the answered critical trials. An arm that hears nobody is counted by the same script: its rate is how often the group's wrong answer is given without a group. The interval (Wilson, 95 %) takes answers as independent, which those of one subject are not; intervals that resample subjects stand with the measures. “Whole sessions” are those in which nothing broke and a critical trial was answered. “At least once” is of the subjects of whom it is known: who went along, or answered critical trials to the end of the session. Errors are of the answered critical trials that have a right answer. Refused, unparsable and failed items are of all trials.",
  };
}

/** A wrong answer that is not the group's. */
const isOther = ({ error, conformed }: Readonly<Record<string, number>>): boolean =>
  error === 1 && conformed === 0;

function byTrial(conditions: readonly Sample[][]): Table {
  const several = new Set(conditions.map(([first]) => first?.condition.model)).size > 1;
  return {
    id: "by-trial",
    title: "Conformity by trial",
    columns: columnsOf(
      "series: condition; trial; kind; answered; conformity: with the group; errors: wrong answers; leftOut: left out",
    ),
    rows: conditions.flatMap((samples) => {
      const { method, model, arm } = conditionOf(samples);
      const series = [method, ...(several ? [model] : []), arm].join(", ");
      const trials = groupBy(samples, ({ item }) => item);
      return [...trials.values()]
        .flatMap((of) => trialRow(of, series))
        .sort((a, b) => Number(a.trial) - Number(b.trial));
    }),
    note: "“With the group” is the share of the answered critical trials with the group's answer; neutral trials have none. “I don't know” is a wrong answer.",
    chart: { kind: "line", x: "trial", y: ["conformity"], series: "series" },
  };
}

function trialRow(samples: readonly Sample[], series: string): Row[] {
  const data = samples.map(trialOf).find((each) => each !== null);
  if (!data) return [];
  const answers = samples.flatMap(({ scores }) => (scores ? [scores] : []));
  const share = (score: string) => meanOrNull(answers.flatMap((scores) => scores[score] ?? []));
  return [
    {
      series,
      trial: data.trial,
      kind: data.critical ? "critical" : "neutral",
      answered: answers.length,
      conformity: share("conformed"),
      errors: share("error"),
      leftOut: samples.length - answers.length,
    },
  ];
}

function agreement(conditions: readonly Sample[][]): Table {
  return {
    id: "agreement",
    title: "Agreement among simulacra",
    columns: [
      ...conditionColumns,
      ...columnsOf(
        "majorities: trials with a majority; agreed: subject agreed; wrong: majority wrong; agreedWrong: subject agreed with a wrong majority; without: without a majority",
      ),
    ],
    rows: conditions.map((samples) => {
      const answered = samples.flatMap((sample) => {
        const data = trialOf(sample);
        return sample.scores && data
          ? [{ agreed: sample.scores.agreed, majority: majorityOf(data), data }]
          : [];
      });
      const withMajority = answered.filter(({ majority }) => majority !== null);
      const wrong = withMajority.filter(
        ({ majority, data }) => data.correct !== null && majority !== data.correct,
      );
      const agreed = (of: typeof answered) => of.filter((each) => each.agreed === 1).length;
      return {
        ...conditionOf(samples),
        majorities: withMajority.length,
        agreed: agreed(withMajority),
        wrong: wrong.length,
        agreedWrong: agreed(wrong),
        without: answered.length - withMajority.length,
      };
    }),
    note: "Counts of answered trials. A majority is one option named by more than half of those who spoke before and could be read. Nobody followed a script, so this is agreement, not conformity.",
  };
}

function conditionOf([first]: readonly Sample[]) {
  const { method = null, model = null, arm = null } = first?.condition ?? {};
  return { method, model, arm };
}
