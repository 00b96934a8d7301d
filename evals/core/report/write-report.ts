import { renameSync, writeFileSync } from "node:fs";
import type { RunResults } from "../analysis/results.js";
import { embeddedBackend } from "../backend.js";
import { existingRun, runPaths } from "../run-file.js";
import { writeTables } from "./csv-tables.js";
import { type LoadOptions, loadRun, runResults } from "./load-run.js";
import { reportPage } from "./report-page.js";

/** What was written, and the numbers in it. */
export interface WrittenReport {
  /** The page. */
  report: string;
  /** All files written, the page and results.json among them. */
  files: readonly string[];
  results: RunResults;
  /** Whether an instrument's share of errors is above the limit. */
  failed: boolean;
}

/**
 * Writes report.html, results.json and the CSV files of a run into its folder, from run.json and the ledger.
 * @throws SimulacraError `invalid_input` for a folder without a run, `store_damaged`, `missing_package` without ECharts
 */
export async function writeReport(folder: string, options: LoadOptions = {}): Promise<WrittenReport> {
  const run = existingRun(folder);
  const paths = runPaths(folder);
  const { backend = embeddedBackend } = options;
  const ledger = await backend.openLedger(folder, { existing: true });
  try {
    const instruments = await loadRun(run, ledger, options);
    const results = runResults(instruments);
    writeWhole(paths.results, `${JSON.stringify(results, null, 2)}\n`);
    const tables = writeTables(folder, instruments);
    writeWhole(paths.report, await reportPage(instruments, ledger));
    return {
      report: paths.report,
      files: [paths.report, paths.results, ...tables],
      results,
      failed: results.instruments.some(({ failed }) => failed),
    };
  } finally {
    await ledger.close();
  }
}

/** Written aside and renamed: a reader never finds half a file. */
export function writeWhole(path: string, text: string): void {
  writeFileSync(`${path}.new`, text);
  renameSync(`${path}.new`, path);
}
