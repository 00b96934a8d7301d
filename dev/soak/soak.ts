import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RandomSource } from "./random-source.js";
import { roundPlans } from "./rounds/round-plans.js";
import { runRound } from "./rounds/run-round.js";
import { SoakModel } from "./soak-model.js";
import type { Violation } from "./violation.js";
import { bundledWorker } from "./worker-bundle.js";
import { WorkerPool } from "./worker-pool.js";

/** Lives a round has before its peaceful end. */
const LIVES = { least: 8, most: 16 };

export interface SoakOptions {
  seed: number;
  /** Ends after this many kills, or this many minutes: whichever is given and comes first. */
  kills?: number;
  minutes?: number;
  /** Only rounds whose name holds this. */
  only?: string;
  signal: AbortSignal;
  onProgress(totals: SoakTotals): void;
}

/** What a kind of round came to. */
export interface RoundTotals {
  rounds: number;
  kills: number;
  answered: number;
}

export interface SoakTotals extends RoundTotals {
  seed: number;
  seconds: number;
  byRound: Record<string, RoundTotals>;
  /** How disks were filled. */
  disk: string | null;
  violations: (Violation & { round: string })[];
  /** Where the files of a violation lie; null where there was none. */
  folder: string | null;
}

/** Runs rounds until the time is over, the kills are done, something is violated or the signal comes. */
export async function soak(options: SoakOptions): Promise<SoakTotals> {
  const random = new RandomSource(options.seed);
  const key = `sk-soak-${Buffer.from(`seed ${options.seed}`).toString("hex").padEnd(40, "7")}`;
  const folder = mkdtempSync(join(tmpdir(), "simulacra-soak-"));
  const model = new SoakModel(random, key);
  const worker = await bundledWorker();
  const pool = new WorkerPool(worker.file, folder, key);
  const started = performance.now();
  const totals: SoakTotals = {
    seed: options.seed,
    seconds: 0,
    rounds: 0,
    kills: 0,
    answered: 0,
    byRound: {},
    disk: null,
    violations: [],
    folder,
  };
  const over = () =>
    options.signal.aborted ||
    totals.kills >= (options.kills ?? Number.POSITIVE_INFINITY) ||
    totals.seconds >= (options.minutes ?? Number.POSITIVE_INFINITY) * 60;
  const plans = roundPlans.filter(({ name }) => name.includes(options.only ?? ""));
  try {
    const baseURL = await model.start();
    let waiting = [...plans];
    while (!over() && totals.violations.length === 0) {
      // Each kind once before any comes again.
      if (waiting.length === 0) waiting = [...plans];
      const plan = random.one(waiting);
      waiting = waiting.filter((other) => other !== plan);
      const left = (options.kills ?? Number.POSITIVE_INFINITY) - totals.kills;
      const lives = Math.min(random.whole(LIVES.least, LIVES.most), Math.ceil(left / plan.processes));
      const stopped = () => {
        totals.seconds = (performance.now() - started) / 1000;
        return over();
      };
      const report = await runRound(plan, lives, { random, model, baseURL, pool, folder, key, stopped });
      const kind = totals.byRound[plan.name] ?? { rounds: 0, kills: 0, answered: 0 };
      totals.byRound[plan.name] = kind;
      for (const sum of [kind, totals]) {
        sum.rounds += 1;
        sum.kills += report.kills;
        sum.answered += report.answered;
      }
      totals.disk ??= report.disk ?? null;
      totals.violations.push(...report.violations.map((found) => ({ ...found, round: plan.name })));
      totals.seconds = (performance.now() - started) / 1000;
      options.onProgress(totals);
    }
  } finally {
    await pool.close();
    worker.remove();
    await model.stop();
    if (totals.violations.length === 0) {
      rmSync(folder, { recursive: true, force: true });
      totals.folder = null;
    }
  }
  return totals;
}
