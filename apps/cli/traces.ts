import type { Output } from "./output.js";

/** How long an exit waits for traces to leave, in milliseconds. */
export const longestFlushMs = 3_000;
/** How long the endpoint of traces may take to say that it is there. */
const probeMs = 1_500;

/** What the environment says about LangSmith. */
export interface TraceSettings {
  on: boolean;
  /** Without a slash at its end. */
  endpoint: string;
  project: string;
  hasKey: boolean;
}

/** Reads the variables that LangChain itself reads; the newer names win. */
export function traceSettings(env: NodeJS.ProcessEnv): TraceSettings {
  const switches = [
    env.LANGSMITH_TRACING_V2,
    env.LANGCHAIN_TRACING_V2,
    env.LANGSMITH_TRACING,
    env.LANGCHAIN_TRACING,
  ];
  const endpoint = env.LANGSMITH_ENDPOINT || env.LANGCHAIN_ENDPOINT || "https://api.smith.langchain.com";
  return {
    on: switches.includes("true"),
    endpoint: endpoint.replace(/\/+$/u, ""),
    project: env.LANGSMITH_PROJECT || env.LANGCHAIN_PROJECT || "default",
    hasKey: Boolean((env.LANGSMITH_API_KEY || env.LANGCHAIN_API_KEY)?.trim()),
  };
}

/**
 * Where tracing is on: lets a dead or slow endpoint be given up at once, told of in one line, and asks it in the
 * background whether it is there, so that this is known before the first turn ends.
 */
export async function prepareTraces(env: NodeJS.ProcessEnv, output: Output): Promise<void> {
  const { on, endpoint } = traceSettings(env);
  if (!on) return;
  const { sendTracesWithLimits } = await import("../../models/send-traces.js");
  await sendTracesWithLimits({
    probeMs,
    sendMs: longestFlushMs,
    probe: endpoint,
    onLost: (origin, reason) => output.warn(`Traces could not be sent to ${origin} (${reason}).`),
  });
}

/** Lets traces of this process leave, where tracing is on; gives up after a short while. */
export async function flushTraces(env: NodeJS.ProcessEnv): Promise<void> {
  if (traceSettings(env).on) await callbacksDone();
}

/** Waits until every callback has been told of what is over, but not for long. */
export async function callbacksDone(): Promise<void> {
  const { awaitAllCallbacks } = await import("@langchain/core/callbacks/promises");
  await Promise.race([
    awaitAllCallbacks().catch(() => undefined),
    new Promise((resolve) => setTimeout(resolve, longestFlushMs).unref()),
  ]);
}
