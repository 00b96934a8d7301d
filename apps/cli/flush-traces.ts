/** How long an exit waits for traces to leave, in milliseconds: a dead endpoint must not hold it for a minute. */
const longestFlushMs = 3_000;

/** Lets LangSmith traces of this process leave, where tracing is on; gives up after a short while. */
export async function flushTraces(env: NodeJS.ProcessEnv): Promise<void> {
  if (env.LANGSMITH_TRACING !== "true" && env.LANGCHAIN_TRACING_V2 !== "true") return;
  const { awaitAllCallbacks } = await import("@langchain/core/callbacks/promises");
  await Promise.race([
    awaitAllCallbacks().catch(() => undefined),
    new Promise((resolve) => setTimeout(resolve, longestFlushMs).unref()),
  ]);
}
