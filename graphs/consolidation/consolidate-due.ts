import type { RunnableConfig } from "@langchain/core/runnables";
import { type ConsolidationDependencies, consolidationJournal } from "../../agents/memory/consolidate.js";
import { isSimulacraError, reasonOf } from "../../data/errors.js";
import type { DueRecord } from "../../memory/turn-record.js";
import { joinedSignal } from "../../models/joined-signal.js";
import type { ConsolidationReport } from "../simulacrum/options.js";
import { consolidationGraph } from "./consolidation-graph.js";

/** How long to wait for another process that consolidates. */
const WAIT_MS = 500;

/** How often a failing consolidation is tried before it is left to a later opening with another model. */
const ATTEMPTS = 3;

/**
 * Works off the episodes that are due, one at a time for a character (a lease keeps other processes out), until none is
 * left or the signal comes. What waits stays in the store, with what has been made of it. `run` gives the config (tags, callbacks) of each run.
 */
export async function consolidateDue(
  deps: ConsolidationDependencies,
  options: {
    signal?: AbortSignal;
    run?: (due: DueRecord) => RunnableConfig;
  } = {},
): Promise<ConsolidationReport> {
  const report: ConsolidationReport = { consolidated: 0, refused: 0, failed: 0, waiting: 0 };
  const tried = new Set<string>();
  const work = async () => {
    for (;;) {
      const open = (await deps.memory.consolidation.due()).filter(
        ({ key, due }) => !tried.has(key) && due.attempts < ATTEMPTS,
      );
      const next = open[0];
      if (!next || options.signal?.aborted) break;
      tried.add(next.key);
      const journal = consolidationJournal(deps.memory, next.key);
      const graph = consolidationGraph({ ...deps, journal }).compile({ name: "consolidation" });
      // LangGraph listens to the signal of each run for as long as the signal lives.
      const own = joinedSignal([options.signal]);
      try {
        const done = await graph.invoke(
          { key: next.key, due: next.due },
          { ...options.run?.(next.due), signal: own.signal },
        );
        if (done.refusal === null) report.consolidated++;
        else report.refused++;
      } catch (error) {
        // A run that was cut short is not a failure of the memory: it waits.
        if (options.signal?.aborted) break;
        await deps.memory.consolidation.failed(next, reasonOf(error));
        report.failed++;
      } finally {
        own.release();
      }
    }
  };
  await deps.memory.consolidation.alone(work, WAIT_MS).catch((error: unknown) => {
    // Another process is at it: what is due is in good hands.
    if (!isSimulacraError(error, "thread_busy")) throw error;
  });
  report.waiting = (await deps.memory.consolidation.due()).length;
  return report;
}
