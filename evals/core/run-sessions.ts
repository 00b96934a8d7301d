import { setMaxListeners } from "node:events";
import type { Callbacks } from "@langchain/core/callbacks/manager";
import { joinedSignal } from "../../models/joined-signal.js";
import { contentHash } from "./content-hash.js";
import type { Instrument, InstrumentPlan, Sample, SessionPlan } from "./contract.js";
import type { Ledger } from "./ledger.js";
import type { PendingSession } from "./pending-sessions.js";
import { runSession } from "./run-session.js";
import { sessionGraph } from "./session-graph.js";
import type { SessionQueue } from "./session-queue.js";
import { SessionScope } from "./session-scope.js";

/** What a run does with its sessions. */
export interface RunOptions {
  instrument: Instrument;
  plan: InstrumentPlan<unknown>;
  ledger: Pick<Ledger, "begin" | "record">;
  queue: SessionQueue;
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
  { instrument, plan, ledger, queue, mayBegin = () => null, onSample, callbacks, signal }: RunOptions,
): Promise<string | null> {
  const graph = sessionGraph();
  const broken = new AbortController();
  const { signal: stop, release } = joinedSignal([signal, broken.signal]);
  // Every session under way listens, on several levels: that is no leak.
  setMaxListeners(0, stop);
  const underWay = new Map<string, PendingSession>();
  let oneEnded = () => {};
  let failure: unknown;
  let stopped: string | null = null;
  try {
    await queue.run(keys(), work);
  } finally {
    release();
  }
  if (failure !== undefined) throw failure;
  return signal?.aborted ? "interrupted" : stopped;

  /** Beginning is asked for at the last moment: what those before have spent is known by then. */
  async function* keys(): AsyncGenerator<string> {
    for (const pending of sessions) {
      if (stop.aborted) return;
      stopped = mayBegin(pending);
      while (stopped !== null && underWay.size > 0 && !stop.aborted) {
        await new Promise<void>((resolve) => {
          oneEnded = resolve;
        });
        stopped = mayBegin(pending);
      }
      if (stopped !== null) return;
      underWay.set(pending.key, pending);
      yield pending.key;
    }
  }

  async function work(key: string): Promise<void> {
    const pending = underWay.get(key);
    if (!pending) return;
    try {
      await put(pending);
    } catch (error) {
      if (!stop.aborted) failure = error;
      broken.abort(error);
    } finally {
      underWay.delete(key);
      oneEnded();
    }
  }

  async function put({ key, session, subject, parties }: PendingSession): Promise<void> {
    await ledger.begin(key);
    const scope = new SessionScope(observationOf(instrument, session));
    const record = async (sample: Sample) => {
      await ledger.record(sample);
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
