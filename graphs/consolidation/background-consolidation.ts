import type { RunnableConfig } from "@langchain/core/runnables";
import type { ConsolidationDependencies } from "../../agents/memory/consolidate.js";
import type { DueRecord } from "../../memory/turn-record.js";
import type { ConsolidationReport } from "../simulacrum/options.js";
import { timeLimit } from "../time-limit.js";
import { consolidateDue } from "./consolidate-due.js";

/** Consolidation beside the talk: one run at a time, which gives way to turns. */
export class BackgroundConsolidation {
  private underWay: { report: Promise<ConsolidationReport>; stop: AbortController } | undefined;

  /** `run` gives the config (tags, callbacks) with which an episode is consolidated. */
  constructor(
    private readonly deps: ConsolidationDependencies,
    private readonly run: (due: DueRecord) => RunnableConfig,
  ) {}

  /** Works off what is due. Whoever asks meanwhile shares the run under way, and may set it an earlier end. */
  async work(options: { forMs?: number; signal?: AbortSignal } = {}): Promise<ConsolidationReport> {
    const { report, stop } = this.underWay ?? this.start();
    const limit = timeLimit(options.forMs, options.signal);
    const end = () => stop.abort();
    if (limit.signal?.aborted || (options.forMs ?? 1) <= 0) end();
    limit.signal?.addEventListener("abort", end, { once: true });
    try {
      return await report;
    } finally {
      limit.signal?.removeEventListener("abort", end);
      limit.release();
    }
  }

  /** Stops the run under way; what it did not finish stays due. */
  giveWay(): void {
    this.underWay?.stop.abort();
  }

  /** Stops, and waits until it has. */
  async stopped(): Promise<void> {
    this.giveWay();
    await this.underWay?.report.catch(() => undefined);
  }

  private start() {
    const stop = new AbortController();
    const report = consolidateDue(this.deps, { signal: stop.signal, run: this.run }).finally(() => {
      this.underWay = undefined;
    });
    this.underWay = { report, stop };
    return this.underWay;
  }
}
