import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MemorySaver } from "@langchain/langgraph";
import { afterAll, expect, it, vi } from "vitest";
import { findCharacter, ownCharactersFolder } from "../../data/character-catalogue.js";
import { memoryFolder } from "../../data/home-folder.js";
import { createSimulacrum } from "../../graphs/simulacrum/simulacrum.js";
import { threadLockName } from "../../memory/backends/named-locks.js";
import { SqliteMemoryStore } from "../../memory/backends/sqlite/sqlite-memory-store.js";
import { resolveEmbeddings } from "../../models/index.js";
import { closeResources } from "../hosting/resource-cache.js";
import { macm } from "../studio.js";

const home = await mkdtemp(join(tmpdir(), "simulacra-studio-thread-"));
vi.stubEnv("SIMULACRA_HOME", home);
vi.stubEnv("SIMULACRA_MODEL", "offline");
afterAll(async () => {
  await closeResources();
  vi.unstubAllEnvs();
  await rm(home, { recursive: true, force: true });
});

const checkpointer = new MemorySaver();
/** One run, as the server makes it: a graph of its own, with the server's checkpoints. Without words it goes on where it stopped. */
async function run(
  thread: string,
  context: Record<string, unknown>,
  content: unknown,
  signal = new AbortController().signal,
) {
  const config = { configurable: { thread_id: thread }, signal };
  const filled = { embeddings: "lexical", ...context };
  const graph = await macm(config, { executionRuntime: { context: filled } });
  Object.assign(graph, { checkpointer });
  const { invoke } = graph as {
    invoke(input: object | null, config: object): Promise<{ messages: unknown[] }>;
  };
  const sent = content === null ? null : { messages: [{ role: "user", content }] };
  return Reflect.apply(invoke, graph, [sent, { ...config, context: filled }]);
}

/** Hester's memory, as another process opens it. */
async function hestersStore(): Promise<SqliteMemoryStore> {
  const folder = memoryFolder(home, "hester-tranter");
  await mkdir(folder, { recursive: true });
  const path = join(folder, "memory.sqlite");
  const { embeddings, id: embeddingModel } = await resolveEmbeddings("lexical");
  return SqliteMemoryStore.open({ path, embeddings, embeddingModel });
}

/** What the server keeps of a thread, and where it goes on. */
async function kept(thread: string): Promise<{ values: object; next: string[] }> {
  const graph = await macm({}, { executionRuntime: null });
  Object.assign(graph, { checkpointer });
  const { getState } = graph as { getState(config: object): Promise<{ values: object; next: string[] }> };
  return Reflect.apply(getState, graph, [{ configurable: { thread_id: thread } }]);
}

const hester = async () =>
  createSimulacrum({
    character: await findCharacter("hester-tranter", [ownCharactersFolder()]),
    home: memoryFolder(home, "hester-tranter"),
    embeddings: "lexical",
  });

const refusal = { code: "thread_people" };

it.each(["persist", "overlay", "off"])("a thread is closed to others, memory mode %s", async (memoryMode) => {
  const thread = `t-${memoryMode}`;
  await run(thread, { interlocutor: "ben" }, "The word is ocelot.");
  await expect(run(thread, { interlocutor: "carla", memoryMode }, "What was said?")).rejects.toMatchObject(
    refusal,
  );
  expect((await run(thread, { interlocutor: "ben" }, "And now?")).messages).toHaveLength(4);
});

it.each(["overlay", "off"])(
  "a thread that began in memory mode %s is closed to others",
  async (memoryMode) => {
    const thread = `begun-${memoryMode}`;
    await run(thread, { interlocutor: "ben", memoryMode }, "The word is ocelot.");
    for (const mode of ["persist", memoryMode]) {
      const carla = { interlocutor: "carla", memoryMode: mode };
      await expect(run(thread, carla, "What was said?")).rejects.toMatchObject(refusal);
    }
    const { messages } = await run(thread, { interlocutor: "ben" }, "And now?");
    expect(messages).toHaveLength(4);
    expect(JSON.stringify(messages)).not.toContain("What was said?");
  },
);

it.each(["persist", "off"])("a thread is closed to another character, memory mode %s", async (memoryMode) => {
  const thread = `played-${memoryMode}`;
  const ben = { interlocutor: "ben", memoryMode };
  await run(thread, ben, "The word is ocelot.");
  const kuo = { ...ben, character: "kuo-yu-hsiang" };
  await expect(run(thread, kuo, "What was said?")).rejects.toMatchObject(refusal);
  expect((await run(thread, ben, "And now?")).messages).toHaveLength(4);
});

it("a thread is theirs whose first turn did not come to an end", async () => {
  const store = await hestersStore();
  const release = await store.locks.hold(threadLockName("cut-short"));
  const ben = { interlocutor: "ben", memoryMode: "off" };
  const stop = new AbortController();
  const turn = expect(run("cut-short", ben, "The word is ocelot.", stop.signal)).rejects.toThrow();
  await expect.poll(async () => (await kept("cut-short")).next, { timeout: 10_000 }).toEqual(["simulacrum"]);
  stop.abort();
  await turn;
  await release();
  await store.close();
  const carla = { interlocutor: "carla", memoryMode: "off" };
  for (const words of ["What was said?", null])
    await expect(run("cut-short", carla, words)).rejects.toMatchObject(refusal);
  expect((await run("cut-short", ben, "And now?")).messages).toHaveLength(3);
});

it.each(["persist", "off"])(
  "nobody reads on in a thread that was forgotten, memory mode %s",
  async (memoryMode) => {
    const thread = `forgotten-${memoryMode}`;
    await run(thread, { interlocutor: "dora" }, "The word is ocelot.");
    const simulacrum = await hester();
    await simulacrum.forget("dora");
    await simulacrum.close();
    for (const interlocutor of ["carla", "dora"])
      await expect(run(thread, { interlocutor, memoryMode }, "What was said?")).rejects.toMatchObject(
        refusal,
      );
  },
);

it("what a host writes into a thread itself is written", async () => {
  await run("edited", { interlocutor: "ben" }, "The word is ocelot.");
  const config = { configurable: { thread_id: "edited" } };
  const graph = await macm(config, { executionRuntime: null });
  Object.assign(graph, { checkpointer });
  const { updateState } = graph as {
    updateState(config: object, values: object, node: string): Promise<object>;
  };
  const values = { messages: [{ role: "user", content: "Once more." }] };
  await Reflect.apply(updateState, graph, [config, values, "__start__"]);
  expect((await run("edited", { interlocutor: "ben" }, null)).messages).toHaveLength(4);
});

it("a turn waits for the one that the same conversation takes elsewhere", async () => {
  await run("shared", { interlocutor: "ben" }, "Good morning.");
  const store = await hestersStore();
  const release = await store.locks.hold(threadLockName("shared"));
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
