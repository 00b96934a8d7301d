import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MemorySaver } from "@langchain/langgraph";
import { afterAll, expect, it, vi } from "vitest";
import { memoryFolder } from "../../data/home-folder.js";
import { SqliteMemoryStore } from "../../memory/store/sqlite-memory-store.js";
import { threadLockName, threadLockOf } from "../../memory/thread-lock.js";
import { resolveEmbeddings } from "../../models/index.js";
import { macm } from "../studio.js";
import { closeEverything } from "./opened-once.js";

const home = await mkdtemp(join(tmpdir(), "simulacra-studio-thread-"));
vi.stubEnv("SIMULACRA_HOME", home);
vi.stubEnv("SIMULACRA_MODEL", "offline");
afterAll(async () => {
  await closeEverything();
  vi.unstubAllEnvs();
  await rm(home, { recursive: true, force: true });
});

const checkpointer = new MemorySaver();
/** One run, as the server makes it: a graph of its own, with the server's checkpoints. */
async function run(thread: string, context: Record<string, unknown>, content: unknown) {
  const config = { configurable: { thread_id: thread } };
  const filled = { embeddings: "lexical", ...context };
  const graph = await macm(config, { executionRuntime: { context: filled } });
  Object.assign(graph, { checkpointer });
  const { invoke } = graph as { invoke(input: object, config: object): Promise<{ messages: unknown[] }> };
  const sent = { messages: [{ role: "user", content }] };
  return Reflect.apply(invoke, graph, [sent, { ...config, context: filled }]);
}

it.each(["persist", "overlay", "off"])("a thread is closed to others, memory mode %s", async (memoryMode) => {
  const thread = `t-${memoryMode}`;
  await run(thread, { interlocutor: "ben" }, "The word is ocelot.");
  await expect(run(thread, { interlocutor: "carla", memoryMode }, "What was said?")).rejects.toMatchObject({
    code: "thread_people",
  });
  expect((await run(thread, { interlocutor: "ben" }, "And now?")).messages).toHaveLength(4);
});

it("a turn waits for the one that the same conversation takes elsewhere", async () => {
  await run("shared", { interlocutor: "ben" }, "Good morning.");
  const path = join(memoryFolder(home, "hester-tranter"), "memory.sqlite");
  const { embeddings, id: embeddingModel } = await resolveEmbeddings("lexical");
  const store = await SqliteMemoryStore.open({ path, embeddings, embeddingModel });
  const release = await threadLockOf(store).hold(threadLockName("shared"));
  let over = false;
  const turn = run("shared", { interlocutor: "ben" }, "And now?").finally(() => {
    over = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(over).toBe(false);
  await release();
  expect((await turn).messages).toHaveLength(4);
  await store.close();
});

it("a message that cannot be read spoils no thread", async () => {
  await expect(run("bad", {}, { a: 1 })).rejects.toMatchObject({ code: "invalid_input" });
  expect((await run("bad", {}, "Good morning.")).messages).toHaveLength(2);
});
