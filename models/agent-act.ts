import type { CallbackManagerForLLMRun } from "@langchain/core/callbacks/manager";
import { z } from "zod";

/** Which agent calls a model, and what for: `{agent: "thinking", act: "think"}`. Empty where a call does not say. */
export interface AgentAct {
  agent?: string;
  act?: string;
}

const metadataSchema = z.object({
  simulacra: z.object({ agent: z.string().optional(), act: z.string().optional() }),
});

/** Reads what `callText` and `callStructured` put into a run's metadata as `simulacra`; a chat model finds it in its run manager. */
export function agentActOf(runManager: CallbackManagerForLLMRun | undefined): AgentAct {
  const read = metadataSchema.safeParse(runManager && Reflect.get(runManager, "metadata"));
  return read.success ? (read.data.simulacra as AgentAct) : {};
}
