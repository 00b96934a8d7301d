import type { RunnableConfig } from "@langchain/core/runnables";
import { promptVersions } from "../agents/prompt-versions.js";

/** What a run belongs to, in its metadata; the first three are tags as well (`character:anna-berg`). */
export interface RunLabels {
  kind: "turn" | "consolidation" | "construction";
  character: string;
  method?: string;
  wiring?: string;
  model?: string;
  agentModel?: string;
  embeddingModel?: string;
  /** A guard hears first: what reached the graph is not yet what is heard. */
  guarded?: boolean;
  /** Number of the passage that a memory is made of. */
  passage?: number;
}

/** Tags to filter traces by, and metadata to compare them; every run below inherits both. */
export function traceConfig(labels: RunLabels): Pick<RunnableConfig, "tags" | "metadata"> {
  const { kind, character, method } = labels;
  return {
    tags: Object.entries({ kind, character, ...(method && { method }) }).map((pair) => pair.join(":")),
    metadata: { ...labels, promptVersions: JSON.stringify(promptVersions) },
  };
}
