import type { Comparison, Results, Value } from "../analysis/results.js";
import type { Sample } from "../contract.js";
import { isUndefined, undefinedReasons } from "../statistics/undefined-because.js";

/** A row of a CSV file: column to cell. An empty cell is a number that there is not. */
export type CsvRow = Readonly<Record<string, string | number | null>>;

const cell = (value: Value): number | null => (isUndefined(value) ? null : value);
const why = (value: unknown): string | null =>
  isUndefined(value) ? undefinedReasons[value.undefined] : null;
const limits = (interval: unknown, name: string): CsvRow => ({
  [`${name}_low`]: Array.isArray(interval) ? Number(interval[0]) : null,
  [`${name}_high`]: Array.isArray(interval) ? Number(interval[1]) : null,
});
const listed = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([reason, n]) => `${reason} ${n}`)
    .join("; ");

/** `conditions.csv`: how the samples of each condition ended, and how long replies took. */
export const conditionRows = ({ instrument, conditions, latency }: Results): CsvRow[] =>
  conditions.map(({ id, label: _label, counts, ...condition }) => {
    const times = latency.find((each) => each.condition === id);
    return {
      instrument: instrument.name,
      condition: id,
      ...condition,
      ...counts,
      latency_n: times?.n ?? 0,
      latency_median_ms: times ? cell(times.median) : null,
      latency_p90_ms: times ? cell(times.p90) : null,
    };
  });

/** `measures.csv`: every mean with its n, what it leaves out, interval, spread and yardsticks. */
export const measureRows = ({ instrument, measures }: Results): CsvRow[] =>
  measures.flatMap(({ id, unit, cluster, conditions }) =>
    conditions.map(({ condition, n, characters, items, repeats, ...measured }) => ({
      instrument: instrument.name,
      measure: id,
      unit,
      condition,
      n,
      mean: cell(measured.mean),
      ...limits(measured.interval, "interval"),
      interval_by: measured.intervalBy,
      standard_error: cell(measured.standardError),
      not_computed_because: why(measured.mean) ?? why(measured.interval),
      characters,
      character_is: cluster,
      items,
      repeats,
      left_out: listed(measured.leftOut),
      sd_of_repeat_means: cell(measured.spread.ofRepeatMeans),
      sd_within_item: cell(measured.spread.withinItem),
      sd_over_items: cell(measured.spread.overItems),
      sd_over_characters: cell(measured.spread.overCharacters),
      references: measured.references.map(({ label, value }) => `${label}: ${value}`).join("; "),
    })),
  );

/** `distributions.csv`: how the values of each measure are spread. */
export const distributionRows = ({ instrument, measures }: Results): CsvRow[] =>
  measures.flatMap(({ id, conditions }) =>
    conditions.flatMap(({ condition, distribution }) =>
      distribution.map((bin) => ({ instrument: instrument.name, measure: id, condition, ...bin })),
    ),
  );

/** `characters.csv`: the mean of every character. */
export const characterRows = ({ instrument, measures }: Results): CsvRow[] =>
  measures.flatMap(({ id, conditions }) =>
    conditions.flatMap(({ condition, byCharacter }) =>
      byCharacter.map((row) => ({ instrument: instrument.name, measure: id, condition, ...row })),
    ),
  );

/** `comparisons.csv`: every two conditions, second minus first, on the same units. */
export const comparisonRows = ({ instrument, comparisons }: Results): CsvRow[] =>
  comparisons.map((comparison) => ({ instrument: instrument.name, ...comparisonCells(comparison) }));

const comparisonCells = (comparison: Comparison): CsvRow => ({
  measure: comparison.measure,
  differs_in: comparison.differsIn,
  first: comparison.first,
  second: comparison.second,
  pairs: comparison.pairs,
  left_out: listed(comparison.leftOut),
  mean_first: cell(comparison.meanFirst),
  mean_second: cell(comparison.meanSecond),
  difference: cell(comparison.difference),
  ...limits(comparison.interval, "interval"),
  interval_not_computed_because: why(comparison.interval),
  units_of_tests: comparison.units,
  n: comparison.n,
  mean_of_units: cell(comparison.meanOfUnits),
  t: cell(comparison.t),
  df: cell(comparison.df),
  p: cell(comparison.p),
  p_not_computed_because: why(comparison.p),
  p_holm: cell(comparison.pHolm),
  ...limits(comparison.tInterval, "t_interval"),
  dz: cell(comparison.dz),
  wilcoxon_p: cell(comparison.wilcoxonP),
  rank_biserial: cell(comparison.rankBiserial),
  mcnemar_first_only: comparison.mcnemar?.firstOnly ?? null,
  mcnemar_second_only: comparison.mcnemar?.secondOnly ?? null,
  mcnemar_p: comparison.mcnemar ? cell(comparison.mcnemar.p) : null,
});

/** `usage.csv`: calls and tokens by condition and role. */
export const usageRows = ({ instrument, usage, money }: Results): CsvRow[] =>
  usage.map(({ supersededCalls, inputTokens, outputTokens, ...row }) => ({
    instrument: instrument.name,
    ...row,
    input_tokens: inputTokens,
    output_tokens: outputTokens,
    superseded_calls: supersededCalls,
    currency: row.cost === null ? null : (money?.currency ?? null),
  }));

/** `samples.csv`: everything of a sample but its mind and its usage by role, which are in the ledger. */
export const sampleRow = (sample: Sample): CsvRow => ({
  instrument: sample.instrument,
  method: sample.condition.method,
  model: sample.condition.model,
  framing: sample.condition.framing,
  arm: sample.condition.arm,
  character: sample.character,
  item: sample.item,
  repeat: sample.repeat,
  position: sample.position,
  status: sample.status,
  reason: sample.reason,
  question: sample.question,
  reply: sample.reply,
  extracted: sample.shown,
  key: sample.keyShown,
  scores: sample.scores && JSON.stringify(sample.scores),
  degraded: sample.degraded.join("; "),
  cached_calls: sample.cachedCalls,
  latency_ms: sample.latencyMs,
  calls: Object.values(sample.usage).reduce((sum, { calls }) => sum + calls, 0),
  prompt_hash: sample.promptHash,
  at: sample.at,
  sample: sample.key,
});
