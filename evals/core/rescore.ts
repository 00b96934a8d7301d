import { type EvaluationBackend, embeddedBackend } from "./backend.js";
import type { Instrument, Sample } from "./contract.js";
import { instrumentOfRun } from "./find-instruments.js";
import { rereadByInstrument } from "./instrument-fault.js";
import type { Ledger, Reading } from "./ledger.js";
import { existingRun } from "./run-file.js";
import { lockRun } from "./run-lock.js";

/** What a rescoring changed. */
export interface Rescored {
  /** Samples with a reply; those in error or skipped are left as they are. */
  read: number;
  changed: number;
  /** Changes of status: "unparsable → answered". */
  statuses: Record<string, number>;
  /** The first changes, for the eye. */
  examples: { key: string; instrument: string; item: string; before: string; after: string }[];
}

const EXAMPLES = 5;

/**
 * Reads and scores every stored reply again, with no model: after a change of an instrument's reading or scoring.
 * @param options the instruments that the run was given as objects; the others are found by name or path
 * @throws SimulacraError `invalid_input` where the folder holds no run, `invalid_option` where an instrument is gone,
 * `store_busy`
 */
export async function rescoreRun(
  folder: string,
  {
    instruments,
    backend = embeddedBackend,
  }: { instruments?: readonly Instrument[] | undefined; backend?: EvaluationBackend } = {},
): Promise<Rescored> {
  const { entries } = existingRun(folder);
  const unlock = lockRun(folder);
  let ledger: Ledger | undefined;
  try {
    ledger = await backend.openLedger(folder, { existing: true });
    const found = new Map<string, Instrument>();
    for (const entry of entries)
      if (!found.has(entry.instrument))
        found.set(entry.instrument, await instrumentOfRun(entry, instruments));
    const done: Rescored = { read: 0, changed: 0, statuses: {}, examples: [] };
    const changes: Reading[] = [];
    for await (const sample of ledger.samples()) {
      const instrument = found.get(sample.instrument);
      if (!instrument || sample.reply === null) continue;
      done.read++;
      const reading = reread(instrument, sample, sample.reply);
      if (isSame(sample, reading)) continue;
      changes.push(reading);
      note(done, sample, reading);
    }
    await ledger.rescore(changes);
    return done;
  } finally {
    await ledger?.close();
    unlock();
  }
}

function reread(instrument: Instrument, sample: Sample, text: string): Reading {
  const { key, item, data, mind, logprobs } = sample;
  const parsed = rereadByInstrument(instrument, item, "read", () =>
    instrument.parse({ text, mind, ...(logprobs && { logprobs }) }, { data }),
  );
  if (parsed.status !== "answered")
    return { key, status: parsed.status, reason: parsed.reason, answer: null, shown: null, scores: null };
  const { answer, shown } = parsed;
  return {
    key,
    status: "answered",
    reason: null,
    answer,
    shown,
    scores: rereadByInstrument(instrument, item, "score", () => instrument.score(answer, { data })),
  };
}

/** As JSON, which is how the ledger holds them. */
const isSame = (sample: Sample, reading: Reading): boolean =>
  JSON.stringify(facts(sample)) === JSON.stringify(facts(reading));
const facts = ({ status, reason, answer, shown, scores }: Reading) => [status, reason, answer, shown, scores];

function note(done: Rescored, before: Sample, after: Reading): void {
  done.changed++;
  if (before.status !== after.status) {
    const change = `${before.status} → ${after.status}`;
    done.statuses[change] = (done.statuses[change] ?? 0) + 1;
  }
  if (done.examples.length < EXAMPLES)
    done.examples.push({
      key: before.key,
      instrument: before.instrument,
      item: before.item,
      before: outcomeText(before),
      after: outcomeText(after),
    });
}

const outcomeText = ({ status, shown, scores }: Reading): string =>
  status === "answered" ? `${shown} ${JSON.stringify(scores)}` : status;
