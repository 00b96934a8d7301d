import type { RunnableConfig } from "@langchain/core/runnables";
import { AsyncLocalStorageProviderSingleton } from "@langchain/core/singletons";
import type { CompiledGraphs, SimulacrumGraph } from "./compiled-graph.js";

/** Whether a run has a conversation: by its own config, by one bound to the graph, or by the host's run around it. */
const hasThread = (...configs: (Partial<RunnableConfig> | undefined)[]): boolean =>
  configs.some((config) => (config?.configurable?.thread_id ?? undefined) !== undefined);

/**
 * Lets a run without a `thread_id` pass by the checkpointer. LangGraph would write to it all the same, while nobody
 * listens, and the writes that fail for want of a thread would end the process. Every way to begin a run passes `stream`.
 */
export function statelessWithoutThread({ own, withoutCheckpoints }: CompiledGraphs): CompiledGraphs {
  const stream = own.stream;
  own.stream = function inThreadOrNone(this: SimulacrumGraph, input, options) {
    const around: RunnableConfig | undefined = AsyncLocalStorageProviderSingleton.getRunnableConfig();
    if (hasThread(options, this.config, around)) return Reflect.apply(stream, this, [input, options]);
    return withoutCheckpoints.stream(input, options);
  } as typeof stream;
  return { own, withoutCheckpoints };
}
