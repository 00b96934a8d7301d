import { setMaxListeners } from "node:events";

/** Where Ctrl-C arrives: the process, or readline where it holds the terminal. */
export interface InterruptSource {
  on(event: "SIGINT", listener: () => void): unknown;
  off(event: "SIGINT", listener: () => void): unknown;
}

/**
 * The first Ctrl-C aborts the signal, so that the work ends in good order; the second leaves at once.
 * @returns the signal, and `release`, which gives Ctrl-C back its usual meaning
 */
export function abortOnInterrupt(
  source: InterruptSource = process,
  leave: () => void = () => process.exit(1),
): { signal: AbortSignal; release: () => void } {
  const controller = new AbortController();
  // Every model call under way listens; Node would warn of a leak from the eleventh on.
  setMaxListeners(0, controller.signal);
  const listener = () => {
    if (controller.signal.aborted) leave();
    else controller.abort();
  };
  source.on("SIGINT", listener);
  return { signal: controller.signal, release: () => source.off("SIGINT", listener) };
}
