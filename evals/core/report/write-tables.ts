import { closeSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "csv-stringify/sync";
import {
  type CsvRow,
  characterRows,
  comparisonRows,
  conditionRows,
  distributionRows,
  measureRows,
  sampleRow,
  usageRows,
} from "./csv-tables.js";
import type { InstrumentRun } from "./load-run.js";

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
    ["distributions", all.flatMap(distributionRows)],
    ["characters", all.flatMap(characterRows)],
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
