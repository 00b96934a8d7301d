/** Several signals as one. */
export interface JoinedSignal {
  readonly signal: AbortSignal;
  /** Lets go of the signals; call it when the work is over. */
  release(): void;
}

/**
 * Aborts when one of these does, for its reason. Signals are joined here and nowhere else, and not by `AbortSignal.any`:
 * in Node 20 what that gives holds an `AbortSignal.timeout` only weakly, so that a garbage collection takes the timeout
 * away before it fires, and the work hangs (callers do pass us such signals); and every joined signal leaves a little
 * behind in one that lives long. A listener of our own keeps its signal alive, and is taken off again.
 * One alone is joined too: what listens to it (LangGraph, for as long as it lives) is gone with the work.
 */
export function joinedSignal(signals: readonly (AbortSignal | undefined)[]): JoinedSignal {
  const given = signals.filter((signal) => signal !== undefined);
  const joined = new AbortController();
  const listening = given.map((signal) => {
    const forward = () => joined.abort(signal.reason);
    if (signal.aborted) forward();
    else signal.addEventListener("abort", forward, { once: true });
    return () => signal.removeEventListener("abort", forward);
  });
  return {
    signal: joined.signal,
    release() {
      for (const letGo of listening) letGo();
    },
  };
}
