import { currentSamples } from "../analysis/conditions.js";
import type { Results, RunResults } from "../analysis/results.js";
import { resultsOf } from "../analysis/results-of.js";
import { sessionOf } from "../analysis/usage-and-money.js";
import type { EvaluationBackend } from "../backend.js";
import type { Instrument, Sample } from "../contract.js";
import { instrumentOfRun } from "../find-instruments.js";
import { groupBy } from "../grouping.js";
import { collected, type Ledger } from "../ledger.js";
import type { RunEntry, RunFile } from "../run-file.js";

/** One instrument of a run with its samples (without minds) and every number made of them. */
export interface InstrumentRun {
  instrument: Instrument;
  /** What was asked for, the newest last. */
  entries: readonly RunEntry[];
  samples: readonly Sample[];
  results: Results;
}

/** What a report is made with. */
export interface LoadOptions {
  /** The instruments that the run was given as objects; the others are found by name or path. */
  instruments?: readonly Instrument[] | undefined;
  /** Resamples of every bootstrap. @default 2000 */
  resamples?: number | undefined;
  /** Share of samples in error above which the run has failed. @default what run.json says */
  errorLimit?: number | undefined;
  /** Where the run's ledger is kept. @default a file in the folder */
  backend?: EvaluationBackend | undefined;
}

/**
 * Reads a run and computes its numbers. Minds stay in the ledger: a hundred thousand samples fit in memory.
 * @throws SimulacraError `invalid_option` where an instrument of the run is gone
 */
export async function loadRun(
  run: RunFile,
  ledger: Ledger,
  { instruments, resamples, errorLimit = run.errorRate }: LoadOptions = {},
): Promise<InstrumentRun[]> {
  const samples = groupBy(await collected(ledger.samples({ mind: false })), ({ instrument }) => instrument);
  const instrumentOf = new Map<string, string>();
  for (const [name, own] of samples) for (const { session } of own) instrumentOf.set(session, name);
  const [first] = run.entries;
  // A session that was broken off before its first sample was written again has left its cost only.
  const superseded = groupBy(
    await ledger.superseded(),
    ({ key }) => instrumentOf.get(sessionOf(key)) ?? first?.instrument ?? "",
  );
  const loaded: InstrumentRun[] = [];
  for (const [name, entries] of groupBy(run.entries, ({ instrument }) => instrument)) {
    const entry = entries.at(-1);
    if (!entry) continue;
    const found = await instrumentOfRun(entry, instruments);
    const { version, title, about = found.about } = entry;
    const instrument = { ...found, title, about };
    const own = samples.get(instrument.name) ?? [];
    const results = resultsOf({
      instrument: { ...instrument, version },
      samples: own,
      superseded: superseded.get(name) ?? [],
      seed: entry.seed,
      resamples,
      prices: run.prices,
      roleModels: entry,
      errorLimit,
    });
    loaded.push({ instrument, entries, samples: currentSamples(own).current, results });
  }
  return loaded;
}

export const runResults = (instruments: readonly InstrumentRun[]): RunResults => ({
  version: 1,
  instruments: instruments.map(({ results }) => results),
});
