import type { RunnableConfig } from "@langchain/core/runnables";
import type { ModelCall } from "../models/index.js";
import { type AgentDependencies, meterOf } from "./turn.js";

/** What every call of an agent that does not speak has in common: its model, its role in usage and traces, its act, and silence. */
export function agentCall(
  deps: AgentDependencies,
  role: string,
  act: string,
  config: RunnableConfig,
): Omit<ModelCall, "messages"> {
  const meter = meterOf(config);
  return { model: deps.agents, role, act, config, silent: true, ...(meter && { meter }) };
}
