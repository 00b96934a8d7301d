import { packageVersion } from "../../data/package-version.js";
import { checkNoConflict } from "./conflicting-sessions.js";
import type { SampleStatus } from "./contract.js";
import { type EvaluationOptions, type FullOptions, fullOptions } from "./evaluation-options.js";
import { SpendingLimits } from "./limits.js";
import { checkLimits, type OpenedRun, openRun } from "./open-run.js";
import { type Pending, pendingSessions } from "./pending-sessions.js";
import { type PreparedInstrument, runnableEvaluation } from "./prepare-evaluation.js";
import { type RunEntry, readRunFile, withEntry, writeRunFile } from "./run-file.js";
import { lockRun } from "./run-lock.js";
import { runSessions } from "./run-sessions.js";

/** How a run ended. */
export interface EvaluationOutcome {
  /** The run's folder. */
  folder: string;
  /** Samples planned, of these settled before this command, and made by it. */
  planned: number;
  settled: number;
  made: number;
  /** Why it stopped before its end: a limit in words, or "interrupted". Null: everything planned was put. */
  stopped: string | null;
  /** Of what the folder now holds of these instruments, by status. */
  counts: Record<SampleStatus, number>;
  /** Share of these in error or skipped. */
  errorShare: number;
  /** Whether the share of one instrument is above the one stated. */
  failed: boolean;
  /** What this command spent: calls of chat models, and money where there is a price table. */
  spent: { calls: number; cost: number | null };
}

/**
 * Runs instruments: plans, checks everything before anything is spent, puts what the folder does not hold yet, and keeps
 * every sample in the ledger as it is made. The same options again fill gaps; more repeats, methods or models extend it.
 * `writeReport(out)` makes the report; instruments that are given as objects are given to it again.
 * @throws SimulacraError `invalid_option`, `invalid_input` (with every problem found), `unknown_character`, `store_busy`,
 * those of models and memories
 */
export async function runEvaluation(given: EvaluationOptions): Promise<EvaluationOutcome> {
  const options = fullOptions(given);
  const { instruments, characters } = await runnableEvaluation(options);
  checkLimits(options);
  const unlock = lockRun(options.out);
  let run: OpenedRun | undefined;
  try {
    run = await openRun(options, characters);
    const planned: { prepared: PreparedInstrument; pending: Pending }[] = [];
    for (const prepared of instruments) {
      const { instrument, plan } = prepared;
      const pending = await pendingSessions(instrument, plan, run.subjects, run.ledger);
      await checkNoConflict(instrument, plan, pending.keys, run.ledger);
      planned.push({ prepared, pending });
    }
    keepRequest(options, planned, {
      embeddings: run.embeddings(),
      servers: run.servers(),
      programs: [await packageVersion()],
    });
    return await putAll(options, planned, run);
  } finally {
    try {
      await run?.close();
    } finally {
      unlock();
    }
  }
}

async function putAll(
  options: FullOptions,
  planned: readonly { prepared: PreparedInstrument; pending: Pending }[],
  { ledger, queue, ...run }: OpenedRun,
): Promise<EvaluationOutcome> {
  const limits = new SpendingLimits({
    ...options,
    roleModels: { agentModel: options.agentModel ?? null, embeddings: run.embeddings() },
  });
  const total = planned.reduce((sum, { pending }) => sum + pending.planned, 0);
  const settled = planned.reduce((sum, { pending }) => sum + pending.settled, 0);
  const progress = { made: 0, errors: 0, refusals: 0, unparsable: 0, inputTokens: 0, outputTokens: 0 };
  let stopped: string | null = null;
  for (const { prepared, pending } of planned) {
    const { instrument, plan } = prepared;
    stopped = await runSessions(pending.sessions, {
      instrument,
      plan,
      ledger,
      queue,
      mayBegin: (session) => limits.mayBegin(session),
      ...(options.callbacks && { callbacks: options.callbacks }),
      ...(options.signal && { signal: options.signal }),
      onSample: (sample) => {
        limits.note(sample);
        progress.made++;
        if (sample.status === "error" || sample.status === "skipped") progress.errors++;
        if (sample.status === "refused") progress.refusals++;
        if (sample.status === "unparsable") progress.unparsable++;
        for (const { inputTokens, outputTokens } of Object.values(sample.usage)) {
          progress.inputTokens += inputTokens;
          progress.outputTokens += outputTokens;
        }
        const done = settled + progress.made;
        options.onProgress?.({ instrument: instrument.name, planned: total, done, ...progress, sample });
      },
    });
    if (stopped !== null) break;
  }
  const names = planned.map(({ prepared }) => prepared.instrument.name);
  const counts = await ledger.counts(names);
  const shares = await Promise.all(names.map(async (name) => errorShareOf(await ledger.counts([name]))));
  return {
    folder: options.out,
    planned: total,
    settled,
    made: progress.made,
    stopped,
    counts,
    errorShare: errorShareOf(counts),
    // Many good samples of one instrument do not make up for another that broke.
    failed: shares.some((share) => share > options.errorRate),
    spent: { calls: limits.spent.calls, cost: options.prices ? limits.spent.cost : null },
  };
}

function errorShareOf(counts: Record<SampleStatus, number>): number {
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return all === 0 ? 0 : (counts.error + counts.skipped) / all;
}

/** Writes what is asked for into run.json, before the first sample: a killed run can then be understood. */
function keepRequest(
  { out, repeats, seed, framing, agentModel, methods, models, prices, errorRate }: FullOptions,
  planned: readonly { prepared: PreparedInstrument; pending: Pending }[],
  used: Pick<RunEntry, "embeddings" | "servers" | "programs">,
): void {
  const file = readRunFile(out);
  const now = new Date().toISOString();
  const entries = planned.reduce(
    (all, { prepared: { instrument, module, request, plan }, pending }) =>
      withEntry(all, {
        instrument: instrument.name,
        module,
        version: instrument.version,
        title: plan.title ?? instrument.title,
        ...(plan.about && { about: [...plan.about] }),
        settings: Object(request.settings) as Record<string, unknown>,
        characters: request.characters.map(({ id, name }) => ({ id, name })),
        methods: [...methods],
        models: [...models],
        agentModel: agentModel ?? null,
        ...used,
        repeats,
        seed,
        framing,
        startedAt: now,
        updatedAt: now,
        planned: pending.planned,
      }),
    file.entries,
  );
  writeRunFile(out, { layout: 1, entries, prices: prices ?? file.prices, errorRate });
}
