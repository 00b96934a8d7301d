import { Document } from "@langchain/core/documents";
import { getCallbackManagerForConfig, type RunnableConfig } from "@langchain/core/runnables";
import type { Recollection } from "../../memory/simulacrum-memory.js";

/**
 * Recalls, and shows it to whoever watches the run as a retriever's work: the queries, and the memories found with
 * their score parts and sources.
 */
export async function tracedRecall(
  queries: string[],
  config: RunnableConfig,
  find: (queries: string[]) => Promise<Recollection>,
): Promise<Recollection> {
  const manager = await getCallbackManagerForConfig(config);
  const run = await manager?.handleRetrieverStart(
    { lc: 1, type: "not_implemented", id: ["langgraph-simulacra", "memory"] },
    queries.join("\n"),
    undefined,
    undefined,
    undefined,
    undefined,
    "memories",
  );
  try {
    const found = await find(queries);
    await run?.handleRetrieverEnd(
      found.memories.map(({ id, text, score, parts, source, kind }) => {
        const metadata = { id, kind, score, ...parts, source };
        return new Document({ id, pageContent: text, metadata });
      }),
    );
    return found;
  } catch (error) {
    await run?.handleRetrieverError(error);
    throw error;
  }
}
