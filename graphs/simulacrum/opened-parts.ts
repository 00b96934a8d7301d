import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import type { MemoryStore } from "../../memory/backends/memory-store.js";
import { SqliteMemoryStore } from "../../memory/backends/sqlite/sqlite-memory-store.js";
import { clientOf, resolveChatModel, resolveEmbeddings } from "../../models/index.js";
import { NamedEmbeddings } from "../../models/named-embeddings.js";
import type { SimulacrumOptions } from "./options.js";

/** What a simulacrum runs on, and how to let go of what was opened here (what was passed in stays the caller's). */
export interface OpenedParts {
  voice: BaseChatModel;
  agents: BaseChatModel;
  embeddings: EmbeddingsInterface;
  embeddingModel: string;
  store: MemoryStore;
  close(): Promise<void>;
}

/** Opens what the options name and takes what they pass. */
export async function openParts(options: SimulacrumOptions): Promise<OpenedParts> {
  const { home, reembed, onProgress, clock } = options;
  const voice = await chatModel(options.model ?? "offline", options);
  const agents = options.agentModel === undefined ? voice : await chatModel(options.agentModel, options);
  const { embeddings, id: embeddingModel } = await embeddingsOf(options);
  const parts = { voice, agents, embeddings, embeddingModel };
  if (options.store) return { ...parts, store: options.store, close: async () => {} };
  if (home !== undefined) await mkdir(home, { recursive: true });
  const store = await SqliteMemoryStore.open({
    path: home === undefined ? ":memory:" : join(home, "memory.sqlite"),
    embeddings,
    embeddingModel,
    ...(reembed !== undefined && { reembed }),
    ...(onProgress && { onProgress }),
    ...(clock && { clock }),
  });
  if (home !== undefined) await putOldCheckpointsAside(home);
  return { ...parts, store, close: () => store.stop() };
}

const CHECKPOINTS = "checkpoints.sqlite";
/** Put aside by the migration, or by format 1 where they were damaged. */
const oldCheckpoints = /^checkpoints\.sqlite\.(?:before-v|damaged-)/u;

/**
 * Format 1 kept checkpoints beside the memory. What was said in them has moved there (`format-2.ts`), and they are read no
 * more. A host may keep its own under the same name: only those beside a memory that was of format 1 are meant, once.
 */
async function putOldCheckpointsAside(home: string): Promise<void> {
  if (!existsSync(join(home, "memory.sqlite.before-v2"))) return;
  if (existsSync(join(home, `${CHECKPOINTS}.before-v2`))) return;
  // The file itself last: it is what tells that all is done.
  for (const tail of ["-wal", "-shm", ""]) {
    const file = join(home, `${CHECKPOINTS}${tail}`);
    // Another process may have been faster.
    if (existsSync(file)) await rename(file, join(home, `${CHECKPOINTS}.before-v2${tail}`)).catch(() => {});
  }
}

/** Old checkpoints hold what was said: they go when somebody is forgotten. */
export async function removeOldCheckpoints(home: string | undefined): Promise<void> {
  if (home === undefined) return;
  await putOldCheckpointsAside(home);
  for (const file of await readdir(home))
    if (oldCheckpoints.test(file)) await rm(join(home, file), { force: true });
}

const chatModel = async (
  model: BaseChatModel | string,
  { timeLimits }: Pick<SimulacrumOptions, "timeLimits">,
): Promise<BaseChatModel> =>
  typeof model === "string" ? resolveChatModel(model, timeLimits) : clientOf(model);

async function embeddingsOf({ embeddings, embeddingModel }: SimulacrumOptions) {
  if (embeddings === undefined || typeof embeddings === "string") return resolveEmbeddings(embeddings);
  const id = embeddingModel ?? embeddings.constructor.name;
  return { embeddings: new NamedEmbeddings(id, embeddings), id };
}
