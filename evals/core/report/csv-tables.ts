import { closeSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "csv-stringify/sync";
import type { MeasuredResult, Results } from "../analysis/results.js";
import type { Sample } from "../contract.js";
import { isUndefined, undefinedReasons } from "../statistics/undefined-because.js";
import { addedUp } from "../usage-by-role.js";
import type { InstrumentRun } from "./load-run.js";

/** A row of a CSV file: column to cell. An empty cell is a number that there is not. */
type CsvRow = Readonly<Record<string, string | number | null>>;

const snake = (name: string): string => name.replace(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`);

/**
 * Numbers of the results as cells, under their names: a statistic that is undefined is an empty cell, an interval two
 * columns, counts by reason a text; what has no cell (lists, objects of another kind) is left out.
 */
function cellsOf(numbers: object): CsvRow {
  const row: Record<string, string | number | null> = {};
  for (const [key, value] of Object.entries(numbers) as [string, unknown][]) {
    const name = snake(key);
    const isInterval = Array.isArray(value) && value.length === 2 && typeof value[0] === "number";
    if (/interval$/u.test(name) && (isInterval || isUndefined(value)))
      [row[`${name}_low`], row[`${name}_high`]] = isInterval ? value : [null, null];
    else if (name === "left_out") row[name] = listed(value as MeasuredResult["leftOut"]);
    else if (isUndefined(value) || value === null) row[name] = null;
    else if (typeof value === "number" || typeof value === "string") row[name] = value;
  }
  return row;
}

const why = (value: unknown): string | null =>
  isUndefined(value) ? undefinedReasons[value.undefined] : null;
const listed = (counts: MeasuredResult["leftOut"]): string =>
  Object.entries(counts)
    .map(([reason, n]) => `${reason} ${n}`)
    .join("; ");

/** `conditions.csv`: how the samples of each condition ended, and how long replies took. */
const conditionRows = ({ instrument, conditions, latency }: Results): CsvRow[] =>
  conditions.map(({ id, label: _label, counts, ...condition }) => {
    const { n = 0, median = null, p90 = null } = latency.find((each) => each.condition === id) ?? {};
    const times = cellsOf({ latency_n: n, latency_median_ms: median, latency_p90_ms: p90 });
    return { instrument: instrument.name, condition: id, ...condition, ...counts, ...times };
  });

/** `measures.csv`: every mean with its n, what it leaves out, interval, spread and yardsticks. */
export const measureRows = ({ instrument, measures }: Results): CsvRow[] =>
  measures.flatMap(({ id, unit, cluster, conditions }) =>
    conditions.map(({ condition, n, mean, interval, intervalBy, standardError, ...of }) =>
      cellsOf({
        instrument: instrument.name,
        measure: id,
        ...{ unit, condition, n, mean, interval, intervalBy, standardError },
        notComputedBecause: why(mean) ?? why(interval),
        characters: of.characters,
        characterIs: cluster,
        items: of.items,
        repeats: of.repeats,
        leftOut: of.leftOut,
        sdOfRepeatMeans: of.spread.ofRepeatMeans,
        sdWithinItem: of.spread.withinItem,
        sdOverItems: of.spread.overItems,
        sdOverCharacters: of.spread.overCharacters,
        references: of.references.map(({ label, value }) => `${label}: ${value}`).join("; "),
      }),
    ),
  );

/** Rows of every measure in every condition: `distributions.csv`, how values are spread; `characters.csv`, their means. */
const rowsBy =
  <Row extends object>(rows: (of: MeasuredResult) => readonly Row[]) =>
  ({ instrument, measures }: Results): CsvRow[] =>
    measures.flatMap(({ id, conditions }) =>
      conditions.flatMap((measured) =>
        rows(measured).map((row) => ({
          instrument: instrument.name,
          measure: id,
          condition: measured.condition,
          ...row,
        })),
      ),
    );

/** `comparisons.csv`: every two conditions, second minus first, on the same units. */
export const comparisonRows = ({ instrument, comparisons }: Results): CsvRow[] =>
  comparisons.map(({ interval, units, n, p, pHolm, mcnemar, differsIn, measure, ...comparison }) => {
    const { meanOfUnits, t, df, tInterval, dz, wilcoxonP, rankBiserial, ...sides } = comparison;
    return cellsOf({
      instrument: instrument.name,
      ...{ measure, differsIn, ...sides, interval },
      intervalNotComputedBecause: why(interval),
      ...{ unitsOfTests: units, n, meanOfUnits, t, df, p },
      pNotComputedBecause: why(p),
      ...{ pHolm, tInterval, dz, wilcoxonP, rankBiserial },
      mcnemarFirstOnly: mcnemar?.firstOnly ?? null,
      mcnemarSecondOnly: mcnemar?.secondOnly ?? null,
      mcnemarP: mcnemar?.p ?? null,
    });
  });

/** `usage.csv`: calls and tokens by condition and role. */
const usageRows = ({ instrument, usage, money }: Results): CsvRow[] =>
  usage.map(({ supersededCalls, inputTokens, outputTokens, ...row }) => ({
    instrument: instrument.name,
    ...row,
    ...cellsOf({ inputTokens, outputTokens, supersededCalls }),
    currency: row.cost === null ? null : (money?.currency ?? null),
  }));

/** `samples.csv`: everything of a sample but its mind and its usage by role, which are in the ledger. */
function sampleRow(sample: Sample): CsvRow {
  const { instrument, condition, character, item, repeat, position, status, reason, question, reply } =
    sample;
  return {
    instrument,
    method: condition.method,
    model: condition.model,
    framing: condition.framing,
    arm: condition.arm,
    ...{ character, item, repeat, position, status, reason, question, reply },
    extracted: sample.shown,
    key: sample.keyShown,
    scores: sample.scores && JSON.stringify(sample.scores),
    degraded: sample.degraded.join("; "),
    cached_calls: sample.cachedCalls,
    latency_ms: sample.latencyMs,
    calls: addedUp(Object.values(sample.usage)).calls,
    prompt_hash: sample.promptHash,
    at: sample.at,
    sample: sample.key,
  };
}

/** So many rows of a file are turned into text at once. */
const batch = 1_000;

/**
 * How a file is written. Replies and items are text of others: what a spreadsheet would take for a formula (it begins with
 * =, +, - or @) gets an apostrophe before it; numbers stay as they are.
 */
const wording = { record_delimiter: "windows", escape_formulas: true } as const;

/** Writes the numbers of a report as CSV files (UTF-8, RFC 4180), one a kind and one a table; returns their paths. */
export function writeTables(folder: string, instruments: readonly InstrumentRun[]): string[] {
  const all = instruments.map(({ results }) => results);
  const files: [string, Iterable<CsvRow>][] = [
    ["conditions", all.flatMap(conditionRows)],
    ["measures", all.flatMap(measureRows)],
    ["distributions", all.flatMap(rowsBy(({ distribution }) => distribution))],
    ["characters", all.flatMap(rowsBy(({ byCharacter }) => byCharacter))],
    ["comparisons", all.flatMap(comparisonRows)],
    ["usage", all.flatMap(usageRows)],
    ["samples", sampleRows(instruments)],
    ...all.flatMap(({ instrument, tables }) =>
      tables.map(({ id, columns, rows }): [string, CsvRow[]] => [
        `${instrument.name}-${id}`,
        rows.map((row) => Object.fromEntries(columns.map((column) => [column.id, row[column.id] ?? null]))),
      ]),
    ),
  ];
  return files.map(([name, rows]) => writeCsv(join(folder, `${name.replace(/[^\w-]+/gu, "-")}.csv`), rows));
}

function* sampleRows(instruments: readonly InstrumentRun[]): Generator<CsvRow> {
  for (const { samples } of instruments) for (const sample of samples) yield sampleRow(sample);
}

function writeCsv(path: string, rows: Iterable<CsvRow>): string {
  const file = openSync(path, "w");
  try {
    let waiting: CsvRow[] = [];
    let header = true;
    const write = () => {
      if (waiting.length > 0) writeSync(file, stringify(waiting, { header, ...wording }));
      header &&= waiting.length === 0;
      waiting = [];
    };
    for (const row of rows) {
      waiting.push(row);
      if (waiting.length === batch) write();
    }
    write();
  } finally {
    closeSync(file);
  }
  return path;
}
