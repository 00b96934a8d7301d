import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { MemorySaver } from "@langchain/langgraph";
import type { BaseCheckpointSaver } from "@langchain/langgraph-checkpoint";
import { SqliteSaver } from "@langchain/langgraph-checkpoint-sqlite";
import type { MemoryStore } from "../../memory/store/ranked-search.js";
import { SqliteMemoryStore } from "../../memory/store/sqlite-memory-store.js";
import { clientOf, resolveChatModel, resolveEmbeddings } from "../../models/index.js";
import type { SimulacrumOptions } from "./contract.js";

/** What a simulacrum runs on, and how to let go of what was opened here (what was passed in stays the caller's). */
export interface OpenedParts {
  voice: BaseChatModel;
  agents: BaseChatModel;
  embeddings: EmbeddingsInterface;
  embeddingModel: string;
  store: MemoryStore;
  checkpointer: BaseCheckpointSaver | undefined;
  close(): Promise<void>;
}

/** Opens what the options name and takes what they pass. */
export async function openParts(options: SimulacrumOptions): Promise<OpenedParts> {
  const voice = await chatModel(options.model ?? "offline");
  const agents = options.agentModel === undefined ? voice : await chatModel(options.agentModel);
  const { embeddings, id: embeddingModel } = await embeddingsOf(options);
  if (options.home !== undefined) await mkdir(options.home, { recursive: true });
  const opened: (() => Promise<void> | void)[] = [];
  const store = options.store ?? (await openStore());
  const checkpointer =
    options.checkpointer === false ? undefined : (options.checkpointer ?? openCheckpointer());
  return {
    voice,
    agents,
    embeddings,
    embeddingModel,
    store,
    checkpointer,
    async close() {
      for (const close of opened.reverse()) await close();
      opened.length = 0;
    },
  };

  async function openStore(): Promise<MemoryStore> {
    const made = await SqliteMemoryStore.open({
      path: options.home === undefined ? ":memory:" : join(options.home, "memory.sqlite"),
      embeddings,
      embeddingModel,
      ...(options.reembed !== undefined && { reembed: options.reembed }),
      ...(options.onProgress && { onProgress: options.onProgress }),
      ...(options.clock && { clock: options.clock }),
    });
    opened.push(() => made.close());
    return made;
  }

  function openCheckpointer(): BaseCheckpointSaver {
    // A layer that vanishes needs no file.
    if (options.home === undefined || options.memoryMode === "overlay") return new MemorySaver();
    const saver = SqliteSaver.fromConnString(join(options.home, "checkpoints.sqlite"));
    opened.push(() => {
      saver.db.close();
    });
    return saver;
  }
}

const chatModel = async (model: BaseChatModel | string): Promise<BaseChatModel> =>
  typeof model === "string" ? resolveChatModel(model) : clientOf(model);

async function embeddingsOf({ embeddings, embeddingModel }: SimulacrumOptions) {
  if (embeddings === undefined || typeof embeddings === "string") return resolveEmbeddings(embeddings);
  return { embeddings, id: embeddingModel ?? embeddings.constructor.name };
}
