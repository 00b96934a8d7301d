/** A limit in time and the caller's own signal, as one signal. */
export interface TimeLimit {
  readonly signal?: AbortSignal;
  /** Lets go of timer and signal; call it when the work is over. */
  release(): void;
}

/**
 * Aborts when `signal` does or after `ms` milliseconds, whichever comes first; with neither there is no signal.
 * Not `AbortSignal.any` over `AbortSignal.timeout`: in Node 20 nothing holds the timeout, so that a garbage collection
 * may take it away before it fires, and the work hangs.
 */
export function timeLimit(ms: number | undefined, signal: AbortSignal | undefined): TimeLimit {
  if (ms === undefined || !Number.isFinite(ms))
    return { ...(signal && { signal }), release: () => undefined };
  const controller = new AbortController();
  const forward = () => controller.abort(signal?.reason);
  const late = () =>
    controller.abort(new DOMException(`The time limit of ${ms} ms has passed.`, "TimeoutError"));
  const timer = setTimeout(late, Math.max(1, Math.ceil(ms)));
  if (signal?.aborted) forward();
  signal?.addEventListener("abort", forward, { once: true });
  return {
    signal: controller.signal,
    release: () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", forward);
    },
  };
}
