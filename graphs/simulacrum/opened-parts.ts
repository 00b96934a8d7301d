import { existsSync, renameSync, rmSync } from "node:fs";
import { mkdir, readdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import type { BaseCheckpointSaver } from "@langchain/langgraph-checkpoint";
import { SqliteSaver } from "@langchain/langgraph-checkpoint-sqlite";
import type { MemoryStore } from "../../memory/store/ranked-search.js";
import { SqliteMemoryStore } from "../../memory/store/sqlite-memory-store.js";
import { explained } from "../../memory/store/store-errors.js";
import { clientOf, resolveChatModel, resolveEmbeddings } from "../../models/index.js";
import { NamedEmbeddings } from "../../models/named-embeddings.js";
import type { SimulacrumOptions } from "./contract.js";
import { ThreadCheckpoints } from "./thread-checkpoints.js";
import { TurnCheckpoints } from "./turn-checkpoints.js";

/** What a simulacrum runs on, and how to let go of what was opened here (what was passed in stays the caller's). */
export interface OpenedParts {
  voice: BaseChatModel;
  agents: BaseChatModel;
  embeddings: EmbeddingsInterface;
  embeddingModel: string;
  store: MemoryStore;
  checkpointer: BaseCheckpointSaver | undefined;
  /** Leaves no bytes of deleted checkpoints in the files that were opened here. */
  wipeCheckpoints(): Promise<void>;
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
    async wipeCheckpoints() {
      if (checkpointer instanceof SqliteSaver) {
        const { db } = checkpointer;
        explained(db.name, () => {
          // Deleted rows are overwritten where they lie; copies that SQLite left behind when it moved them are not.
          db.exec("VACUUM");
          db.pragma("wal_checkpoint(TRUNCATE)");
        });
      }
      if (options.home === undefined) return;
      for (const file of await readdir(options.home)) {
        if (file.startsWith(DAMAGED)) await rm(join(options.home, file), { force: true });
      }
    },
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
    // What must not last needs no file.
    if (options.home === undefined || (options.memoryMode ?? "persist") !== "persist")
      return new ThreadCheckpoints();
    const saver = openedSaver(join(options.home, "checkpoints.sqlite"));
    opened.push(() => {
      saver.db.close();
    });
    return saver;
  }
}

/** Begins the name of checkpoints that were put aside; they go when a person is forgotten. */
const DAMAGED = "checkpoints.sqlite.damaged-";

/**
 * Opens the checkpoints. A damaged file is put aside under another name: the memory is the truth, and the window of a
 * conversation is read back from it.
 */
function openedSaver(path: string): SqliteSaver {
  if (existsSync(path) && !TurnCheckpoints.isSound(path)) {
    const aside = join(dirname(path), `${DAMAGED}${Date.now()}`);
    renameSync(path, aside);
    process.emitWarning(
      `checkpoints.sqlite was damaged and is put aside as ${aside}. Conversations go on from the memory.`,
    );
    for (const tail of ["-wal", "-shm"]) rmSync(`${path}${tail}`, { force: true });
  }
  return TurnCheckpoints.open(path);
}

const chatModel = async (model: BaseChatModel | string): Promise<BaseChatModel> =>
  typeof model === "string" ? resolveChatModel(model) : clientOf(model);

async function embeddingsOf({ embeddings, embeddingModel }: SimulacrumOptions) {
  if (embeddings === undefined || typeof embeddings === "string") return resolveEmbeddings(embeddings);
  const id = embeddingModel ?? embeddings.constructor.name;
  return { embeddings: new NamedEmbeddings(id, embeddings), id };
}
