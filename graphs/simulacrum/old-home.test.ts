import { existsSync } from "node:fs";
import { MemorySaver } from "@langchain/langgraph";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openInHome, readContents } from "../../dev/doubles/graphs/home-contents.js";
import {
  expected,
  memoryFile,
  oldHome,
  people,
  removeOldHome,
  rowsOf,
  unpackOldHome,
} from "../../dev/doubles/graphs/old-home.js";
import { SqliteMemoryStore } from "../../memory/backends/sqlite/sqlite-memory-store.js";
import { LexicalEmbeddings } from "../../models/index.js";
import { methodNamed } from "../methods.js";

beforeAll(unpackOldHome);
afterAll(removeOldHome);

/** The words on both sides of a conversation that nobody answered yet, by thread. */
const waiting = (id: string) =>
  Object.values(expected.characters[id]?.threads ?? {}).filter(({ unanswered }) => unanswered.length > 0);

describe.each(people)("an old home: %s", (id) => {
  it("opens with everything in it", async () => {
    const contents = await readContents(oldHome(), id);
    expect(contents.counts).toEqual(expected.characters[id]?.counts);
    expect(contents).toEqual(expected.characters[id]);
  });

  it("opens a second time with the same in it", async () => {
    const home = oldHome();
    await readContents(home, id);
    expect(await readContents(home, id)).toEqual(expected.characters[id]);
  });

  it("keeps nothing that was taken back, refused, stopped, void or forgotten", async () => {
    const home = oldHome();
    await readContents(home, id);
    const rows = rowsOf(memoryFile(home, id)).join("\n");
    expect(expected.nowhere.filter((words) => rows.includes(words))).toEqual([]);
  });

  it("answers the words that wait with the next turn, and only once", async () => {
    const home = oldHome();
    for (const { record, turns, unanswered } of waiting(id)) {
      const present = record.audience
        .filter((one) => one !== `thread:${record.thread}`)
        .map((one) => ({ id: one, ...(record.names[one] !== undefined && { name: record.names[one] }) }));
      const { thread } = record;
      const person = await openInHome(home, id, { method: methodNamed(record.method).id });
      const who = present.length > 0 ? { present } : {};
      await person.ask("Are you still there?", { thread, ...who });
      await person.ask("Good.", { thread, ...who });
      const stored = await person.memory.transcript.turns(thread);
      await person.close();
      const [first = [], second, ...more] = stored.slice(turns.length).map(({ stimulus }) => stimulus);
      expect(first.slice(0, -1)).toEqual(unanswered);
      expect(first.at(-1)?.text).toBe("Are you still there?");
      expect(second?.map(({ text }) => text)).toEqual(["Good."]);
      expect(more).toEqual([]);
    }
  });

  it("takes back the words that wait, before any turn", async () => {
    const home = oldHome();
    for (const { record, turns, unanswered } of waiting(id)) {
      const person = await openInHome(home, id, { method: methodNamed(record.method).id });
      const stimulus = unanswered.map(({ text }) => text).join("\n");
      expect(await person.withdraw(record.thread)).toEqual({ stimulus, answer: "" });
      expect(await person.memory.transcript.turns(record.thread)).toEqual(turns);
      await person.close();
    }
  });
});

/** Opens the memory alone, as programs do that need no person. */
const openStore = (home: string, id: string, exactBelow?: number) =>
  SqliteMemoryStore.open({
    path: memoryFile(home, id),
    embeddings: new LexicalEmbeddings(),
    embeddingModel: "lexical-384",
    ...(exactBelow !== undefined && { exactBelow }),
  });

describe("an old home", () => {
  it.each<[string, (home: string, id: string) => Promise<{ close(): Promise<void> }>]>([
    ["its memory alone", (home, id) => openStore(home, id)],
    ["one who keeps nothing", (home, id) => openInHome(home, id, { memoryMode: "overlay" })],
    ["one without memory", (home, id) => openInHome(home, id, { memoryMode: "off" })],
    [
      "a host with its own checkpoints",
      (home, id) => openInHome(home, id, { checkpointer: new MemorySaver() }),
    ],
    ["another method", (home, id) => openInHome(home, id, { method: "blank" })],
  ])("loses nothing where it was first opened by %s", async (_who, open) => {
    for (const id of people) {
      const home = oldHome();
      await (await open(home, id)).close();
      expect(await readContents(home, id)).toEqual(expected.characters[id]);
    }
  });

  it("recalls by meaning what was told in it, though its index is damaged", async () => {
    const [id = ""] = people.filter((one) => existsSync(`${memoryFile(oldHome(), one)}.hnsw`));
    const store = await openStore(oldHome(), id, 1);
    const [found] = await store.search(["with", "ben"], { query: "the toll of the bridge", limit: 1 });
    expect(found?.value.text).toContain("bridge toll");
    await store.close();
  });

  it("knows one conversation's people from another's", async () => {
    const home = oldHome();
    const person = await openInHome(home, "anna-berg");
    const stranger = { interlocutor: { id: "carl", name: "Carl" } };
    for (const thread of ["kitchen", "first-words", "only-stopped", "vigil"])
      await expect(person.ask("What was said?", { thread, ...stranger })).rejects.toMatchObject({
        code: "thread_people",
      });
    await person.close();
  });
});
