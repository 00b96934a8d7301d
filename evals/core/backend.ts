import type { Ledger } from "./ledger.js";
import { runPaths } from "./run-file.js";
import { InProcessQueue, type SessionQueue } from "./session-queue.js";
import { SqliteLedger } from "./sqlite-ledger.js";

/** What a run stands on. Instruments and the code of a run know these interfaces only, not what is behind them. */
export interface EvaluationBackend {
  /**
   * The ledger of the run in a folder.
   * @param options `existing`: there must be one, else it is made
   */
  openLedger(folder: string, options?: { existing?: boolean }): Promise<Ledger>;
  /** @param concurrency model calls at the same time, which the model clients see to */
  openQueue(concurrency: number): Promise<SessionQueue>;
}

/**
 * One machine: a SQLite file in the run's folder, and a queue in this process. A quarter more sessions than model calls are
 * under way, so that what they do between their calls keeps no call waiting.
 */
export const embeddedBackend: EvaluationBackend = {
  openLedger: (folder, options) => SqliteLedger.open(runPaths(folder).ledger, options),
  openQueue: async (concurrency) => new InProcessQueue(Math.floor(concurrency * 1.25)),
};
