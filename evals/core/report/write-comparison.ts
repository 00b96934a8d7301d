import { mkdirSync, type Stats, statSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { reasonOf } from "../../../data/errors.js";
import { embeddedBackend } from "../backend.js";
import { invalidOption } from "../invalid.js";
import type { Ledger } from "../ledger.js";
import { existingRun } from "../run-file.js";
import { comparisonPage } from "./comparison-page.js";
import { type LoadOptions, loadRun } from "./load-run.js";
import { type PairedComparison, type PairedInstrument, pairInstrument } from "./paired-runs.js";
import { writeWhole } from "./write-report.js";

/** The numbers of a comparison of two runs, B minus A. */
export interface WrittenComparison {
  page: string;
  instruments: readonly {
    instrument: string;
    /** In what the conditions of A and B that are compared may differ. */
    differsIn: PairedInstrument["differsIn"];
    /** Samples that both runs have, and of these those with another answer. */
    paired: number;
    changed: number;
    unpaired: number;
    /** `n` counts what `cluster` says, or items of one. */
    comparisons: readonly Omit<PairedComparison, "title" | "unit">[];
  }[];
}

/**
 * Writes the paired page of two run folders to a file: B minus A on the samples that both have.
 * @param options `replace`: writes over a file that is there; by default it is refused
 * @throws SimulacraError `invalid_input` for a folder without a run, `invalid_option` where no file can be at `out`
 */
export async function writeComparison(
  folderA: string,
  folderB: string,
  out: string,
  {
    instruments,
    resamples = 2_000,
    replace = false,
    backend = embeddedBackend,
  }: Pick<LoadOptions, "instruments" | "resamples" | "backend"> & { replace?: boolean } = {},
): Promise<WrittenComparison> {
  makePlaceFor(out, replace);
  const opened: Ledger[] = [];
  const open = async (folder: string) => {
    const run = existingRun(folder);
    const ledger = await backend.openLedger(folder, { existing: true });
    opened.push(ledger);
    // The numbers of each run alone are in its own report: here they are drawn as few times as possible.
    const loaded = await loadRun(run, ledger, { instruments, resamples: 1 });
    return { name: basename(resolve(folder)), ledger, loaded };
  };
  try {
    const [a, b] = [await open(folderA), await open(folderB)];
    const paired = a.loaded.flatMap((one) => {
      const other = b.loaded.find(({ instrument }) => instrument.name === one.instrument.name);
      return other ? [pairInstrument(one, other, resamples)] : [];
    });
    writeWhole(out, await comparisonPage(paired, a, b));
    return {
      page: out,
      instruments: paired.map(({ first: { instrument }, differsIn, samples, unpaired, comparisons }) => ({
        instrument: instrument.name,
        differsIn,
        paired: samples.length,
        changed: samples.filter(({ changed }) => changed).length,
        unpaired,
        comparisons: comparisons.map(({ title: _title, unit: _unit, ...comparison }) => comparison),
      })),
    };
  } finally {
    for (const ledger of opened) await ledger.close();
  }
}

/** The folder of the page, so that nothing is computed for a page that cannot be written. */
function makePlaceFor(out: string, replace: boolean): void {
  let there: Stats | undefined;
  try {
    mkdirSync(dirname(out), { recursive: true });
    there = statSync(out, { throwIfNoEntry: false });
  } catch (cause) {
    const said = reasonOf(cause);
    const message = `The page cannot be written to ${out} (${said}). Give another file with --out.`;
    throw invalidOption(message, { out }, cause);
  }
  if (there === undefined || (replace && !there.isDirectory())) return;
  const message = there.isDirectory()
    ? `${out} is a folder. Give a file with --out.`
    : `${out} is there already. Give another name with --out, or --replace to write over it.`;
  throw invalidOption(message, { out });
}
