import type { RunnableConfig } from "@langchain/core/runnables";
import { AsyncLocalStorageProviderSingleton } from "@langchain/core/singletons";
import { joinedSignal } from "../../models/joined-signal.js";
import type { TurnOptions } from "./options.js";

/** The config of the LangGraph node or tool in which we are called, if there is one: LangGraph hands it on unseen. */
function hostConfig(): RunnableConfig | undefined {
  const config: RunnableConfig | undefined = AsyncLocalStorageProviderSingleton.getRunnableConfig();
  return config?.configurable?.__pregel_read === undefined ? undefined : config;
}

/**
 * Does work apart from a host's run. Otherwise a graph that is called inside a host's node takes the host's checkpointer
 * for its own: the conversation would be lost there, and what was confided would lie in the host's checkpoints.
 */
export function apartFromHost<T>(work: () => T): T {
  return hostConfig() ? AsyncLocalStorageProviderSingleton.runWithConfig({}, work, true) : work();
}

/** Takes a turn apart from a host's run, but within its trace, and stopped by its signal. */
export async function* turnApartFromHost<T>(
  options: TurnOptions,
  start: (options: TurnOptions) => AsyncGenerator<T>,
): AsyncGenerator<T> {
  const host = hostConfig();
  const callbacks = options.callbacks ?? host?.callbacks;
  const stop = options.signal || host?.signal ? joinedSignal([options.signal, host?.signal]) : undefined;
  const turn = {
    ...options,
    ...(callbacks && { callbacks }),
    ...(stop && { signal: stop.signal }),
  };
  const events = start(turn);
  try {
    for (;;) {
      const next = await apartFromHost(() => events.next());
      if (next.done) return;
      yield next.value;
    }
  } finally {
    await apartFromHost(() => events.return(undefined));
    stop?.release();
  }
}
