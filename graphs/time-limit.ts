import { isSimulacraError, SimulacraError } from "../data/errors.js";
import { joinedSignal } from "../models/joined-signal.js";

/** A limit in time and the caller's own signal, as one signal. */
export interface TimeLimit {
  readonly signal?: AbortSignal;
  /** Lets go of timer and signal; call it when the work is over. */
  release(): void;
}

/** Above this, some 25 days, Node.js lets a timer fire at once. */
const LONGEST_MS = 2 ** 31 - 1;

/** Aborts when `signal` does or after `ms` milliseconds, whichever comes first; with neither there is no signal. */
export function timeLimit(ms: number | undefined, signal: AbortSignal | undefined): TimeLimit {
  if (ms === undefined || !Number.isFinite(ms))
    return signal ? joinedSignal([signal]) : { release: () => undefined };
  const limit = new AbortController();
  const timer = setTimeout(
    () => limit.abort(timeoutError(ms)),
    Math.min(LONGEST_MS, Math.max(1, Math.ceil(ms))),
  );
  const joined = joinedSignal([signal, limit.signal]);
  return {
    signal: joined.signal,
    release() {
      clearTimeout(timer);
      joined.release();
    },
  };
}

/** What work failed with, or, where that is only how the end of the time made itself felt, the error that says so. */
export function failureWithin({ signal }: TimeLimit, error: unknown): unknown {
  const reason: unknown = signal?.reason;
  const cutShort =
    isSimulacraError(error, "cancelled") || (error instanceof Error && error.name === "AbortError");
  return cutShort && isSimulacraError(reason, "model_timeout") ? reason : error;
}

const timeoutError = (ms: number): SimulacraError =>
  new SimulacraError(
    "model_timeout",
    `The turn was not over within the ${ms} ms that the option timeoutMs allows. What was said is kept where the turn had begun: ask again, or allow more time.`,
    "model",
    { option: "timeoutMs", timeoutMs: ms },
  );
