import { setMaxListeners } from "node:events";
import type { Callbacks } from "@langchain/core/callbacks/manager";
import PQueue from "p-queue";
import { joinedSignal } from "../../models/joined-signal.js";
import { contentHash } from "./content-hash.js";
import type { Instrument, InstrumentPlan, Sample, SessionPlan } from "./contract.js";
import type { Ledger } from "./ledger.js";
import type { PendingSession } from "./pending-sessions.js";
import { runSession } from "./run-session.js";
import { sessionGraph } from "./session-graph.js";
import { SessionScope } from "./session-scope.js";

/** What a run does with its sessions. */
export interface RunOptions {
  instrument: Instrument;
  plan: InstrumentPlan<unknown>;
  ledger: Ledger;
  /**
   * Model calls at the same time, which the model clients see to. A quarter more sessions are under way, so that what
   * they do between their calls keeps no call waiting.
   */
  concurrency: number;
  /**
   * Asked before each session. A reason to stop is asked again as those under way end, since they may take less than they
   * could have; with none left the run stops.
   */
  mayBegin?: (session: PendingSession) => string | null;
  onSample?: (sample: Sample) => void;
  callbacks?: Callbacks;
  /** Breaks off what is under way; the ledger keeps what is finished. */
  signal?: AbortSignal;
}

/**
 * Puts sessions side by side, every sample into the ledger as it is made.
 * @returns why it stopped before the end, or null
 * @throws what broke a session that was no failure of a subject (a full disk, a fault of an instrument)
 */
export async function runSessions(
  sessions: Iterable<PendingSession>,
  { instrument, plan, ledger, concurrency, mayBegin, onSample, callbacks, signal }: RunOptions,
): Promise<string | null> {
  const graph = sessionGraph();
  const queue = new PQueue({ concurrency: Math.floor(concurrency * 1.25) });
  const broken = new AbortController();
  const { signal: stop, release } = joinedSignal([signal, broken.signal]);
  // Every session under way listens, on several levels: that is no leak.
  setMaxListeners(0, stop);
  let failure: unknown;
  let stopped: string | null = null;
  for (const pending of sessions) {
    // Beginning is asked for at the last moment: what those before have spent is known by then.
    await queue.onSizeLessThan(1);
    if (stop.aborted) break;
    stopped = mayBegin?.(pending) ?? null;
    while (stopped !== null && queue.pending > 0 && !stop.aborted) {
      await new Promise((resolve) => queue.once("next", resolve));
      stopped = mayBegin?.(pending) ?? null;
    }
    if (stopped !== null) break;
    queue
      .add(() => put(pending))
      .catch((error: unknown) => {
        if (!stop.aborted) failure = error;
        broken.abort(error);
      });
  }
  await queue.onIdle();
  release();
  if (failure !== undefined) throw failure;
  return signal?.aborted ? "interrupted" : stopped;

  async function put({ key, session, subject, parties }: PendingSession): Promise<void> {
    ledger.begin(key);
    const scope = new SessionScope(observationOf(instrument, session));
    const record = async (sample: Sample) => {
      await ledger.keep(sample);
      onSample?.(sample);
    };
    const parts = { instrument, plan, session, key, subject, parties, scope, record };
    await runSession(graph, parts, { signal: stop, ...(callbacks && { callbacks }) });
  }
}

/** What tells a session's observations from any other's: versions are left out, so that replies outlive a new one. */
const observationOf = (
  { name }: Instrument,
  { subject, condition, repeat, seed, items }: SessionPlan,
): string => contentHash([name, subject, condition, repeat, seed, items.map(({ id }) => id)]);
