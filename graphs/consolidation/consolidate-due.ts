import type { RunnableConfig } from "@langchain/core/runnables";
import type { ConsolidationDependencies } from "../../agents/memory/consolidate.js";
import { isSimulacraError } from "../../data/errors.js";
import type { DueRecord } from "../../memory/turn-record.js";
import type { ConsolidationReport } from "../simulacrum/options.js";
import { timeLimit } from "../time-limit.js";
import { consolidationGraph } from "./consolidation-graph.js";

/** How long to wait for another process that consolidates. */
const WAIT_MS = 500;

/** How often a failing consolidation is tried before it is left to a later opening with another model. */
const ATTEMPTS = 3;

/**
 * Works off the episodes that are due, one at a time for a character (a lease keeps other processes out), until none is
 * left, the time is over, or the signal comes. What waits stays in the store. `run` gives the config (tags, callbacks) of each run.
 */
export async function consolidateDue(
  deps: ConsolidationDependencies,
  options: {
    forMs?: number;
    signal?: AbortSignal;
    now?: () => number;
    run?: (due: DueRecord) => RunnableConfig;
  } = {},
): Promise<ConsolidationReport> {
  const now = options.now ?? (() => performance.now());
  const until = now() + (options.forMs ?? Number.POSITIVE_INFINITY);
  const report: ConsolidationReport = { consolidated: 0, refused: 0, failed: 0, waiting: 0 };
  const graph = consolidationGraph(deps).compile({ name: "consolidation" });
  const tried = new Set<string>();
  const work = async () => {
    for (;;) {
      const open = (await deps.memory.consolidation.due()).filter(
        ({ key, due }) => !tried.has(key) && due.attempts < ATTEMPTS,
      );
      const next = open[0];
      if (!next || now() >= until || options.signal?.aborted) break;
      tried.add(next.key);
      const limit = timeLimit(until - now(), options.signal);
      try {
        const done = await graph.invoke(
          { key: next.key, due: next.due },
          { ...options.run?.(next.due), ...(limit.signal && { signal: limit.signal }) },
        );
        if (done.refusal === null) report.consolidated++;
        else report.refused++;
      } catch (error) {
        // A run that was cut short by time is not a failure of the memory: it waits.
        if (limit.signal?.aborted) break;
        await deps.memory.consolidation.failed(
          next,
          error instanceof Error ? error.message : "unknown failure",
        );
        report.failed++;
      } finally {
        limit.release();
      }
    }
  };
  await deps.memory.consolidation.alone(work, Math.min(WAIT_MS, until - now())).catch((error: unknown) => {
    // Another process is at it: what is due is in good hands.
    if (!isSimulacraError(error, "thread_busy")) throw error;
  });
  report.waiting = (await deps.memory.consolidation.due()).length;
  return report;
}
