/** How long a reply may take, in milliseconds. */
export interface TimeLimits {
  /** Until the first token (of reasoning or text). */
  firstTokenMs: number;
  /** Between two tokens. */
  idleMs: number;
  /** The whole reply, however much the server shows that it lives. @default none */
  totalMs?: number;
}

/** A reply that took longer than its limit. `phase` says which one. */
export class TimeLimitError extends Error {
  override readonly name = "TimeLimitError";
  constructor(
    readonly phase: "first" | "idle" | "total",
    readonly limitMs: number,
  ) {
    super(`${said[phase]} within ${limitMs} ms`);
  }
}
const said = { first: "no token", idle: "no further token", total: "no end of the reply" };

/** What a limited source is given: a signal that aborts at a limit, and what to call when its server shows that it lives. */
export interface LimitedStart {
  signal: AbortSignal;
  alive(): void;
}

/**
 * Passes on what `start` yields, and ends it at once when a limit is reached (TimeLimitError) or when `outer` aborts
 * (throws its reason), even if the source never settles. The signal given to `start` aborts in both cases.
 * Only waiting counts: time that the consumer takes between two tokens does not. A sign of life begins the wait anew,
 * within the limit of the whole.
 * @param isToken whether a value is a token; what comes before the first is only a sign of life
 */
export async function* withTimeLimits<T>(
  start: (limited: LimitedStart) => AsyncGenerator<T>,
  limits: TimeLimits,
  outer?: AbortSignal,
  isToken: (value: T) => boolean = () => true,
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
  let phase: "first" | "idle" = "first";
  let waiting: NodeJS.Timeout | undefined;
  let waitedMs = 0;
  const wait = (): void => {
    const limitMs = phase === "first" ? limits.firstTokenMs : limits.idleMs;
    waiting = setTimeout(() => end(new TimeLimitError(phase, limitMs)), limitMs);
  };
  const alive = (): void => {
    waiting?.refresh();
  };
  const source = start({ signal: controller.signal, alive });
  const { totalMs } = limits;
  let finished = false;
  let whole: NodeJS.Timeout | undefined;
  try {
    for (;;) {
      const began = performance.now();
      wait();
      if (totalMs !== undefined)
        whole = setTimeout(() => end(new TimeLimitError("total", totalMs)), Math.max(1, totalMs - waitedMs));
      const next = await Promise.race([source.next(), stopped]);
      clearTimeout(waiting);
      clearTimeout(whole);
      waiting = undefined;
      waitedMs += performance.now() - began;
      if (next.done) {
        finished = true;
        return;
      }
      if (isToken(next.value)) phase = "idle";
      yield next.value;
    }
  } catch (error) {
    finished = true;
    controller.abort(error);
    throw error;
  } finally {
    clearTimeout(waiting);
    clearTimeout(whole);
    outer?.removeEventListener("abort", onAbort);
    if (!finished) controller.abort();
    // Not awaited: a source that hangs would never return.
    source.return(undefined).catch(() => {});
  }
}
