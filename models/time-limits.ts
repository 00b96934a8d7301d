/** How long a reply may take, in milliseconds. */
export interface TimeLimits {
  /** Until the first token (of reasoning or text). */
  firstTokenMs: number;
  /** Between two tokens. */
  idleMs: number;
}

/** A reply that took longer than its limit. `phase` says which one. */
export class TimeLimitError extends Error {
  override readonly name = "TimeLimitError";
  constructor(
    readonly phase: "first" | "idle",
    readonly limitMs: number,
  ) {
    super(phase === "first" ? `no token within ${limitMs} ms` : `no further token within ${limitMs} ms`);
  }
}

/**
 * Passes on what `start` yields, and ends it at once when a limit is reached (TimeLimitError) or when `outer` aborts
 * (throws its reason), even if the source never settles. The signal given to `start` aborts in both cases.
 * Only waiting counts: time that the consumer takes between two tokens does not.
 */
export async function* withTimeLimits<T>(
  start: (signal: AbortSignal) => AsyncGenerator<T>,
  limits: TimeLimits,
  outer?: AbortSignal,
): AsyncGenerator<T> {
  outer?.throwIfAborted();
  const controller = new AbortController();
  let stop: (reason: unknown) => void = () => {};
  const stopped = new Promise<never>((_, reject) => {
    stop = reject;
  });
  stopped.catch(() => {});
  const end = (reason: unknown): void => {
    stop(reason);
    controller.abort(reason);
  };
  const onAbort = (): void => end(outer?.reason);
  outer?.addEventListener("abort", onAbort, { once: true });
  const source = start(controller.signal);
  let timer: NodeJS.Timeout | undefined;
  let finished = false;
  try {
    for (let phase: "first" | "idle" = "first"; ; phase = "idle") {
      const limitMs = phase === "first" ? limits.firstTokenMs : limits.idleMs;
      timer = setTimeout(() => end(new TimeLimitError(phase, limitMs)), limitMs);
      const next = await Promise.race([source.next(), stopped]);
      clearTimeout(timer);
      if (next.done) {
        finished = true;
        return;
      }
      yield next.value;
    }
  } catch (error) {
    finished = true;
    controller.abort(error);
    throw error;
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener("abort", onAbort);
    if (!finished) controller.abort();
    // Not awaited: a source that hangs would never return.
    source.return(undefined).catch(() => {});
  }
}
