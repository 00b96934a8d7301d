import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { storyChunks, storyParagraphs } from "../../data/story.js";
import { anna, callsOf, scriptedAgents } from "../../dev/doubles/graphs/scripted-agents.js";
import { LIFE, SqliteMemoryStore } from "../../memory/index.js";
import { clientOf, LexicalEmbeddings, resolveChatModel } from "../../models/index.js";
import { constructionJournal, constructMemories } from "./construct-memories.js";

const folder = await mkdtemp(join(tmpdir(), "simulacra-construct-"));
afterAll(() => rm(folder, { recursive: true, force: true }));
const openStore = (name: string) =>
  SqliteMemoryStore.open({
    path: join(folder, name),
    embeddings: new LexicalEmbeddings(),
    embeddingModel: "lexical-384",
  });

describe("memory construction", () => {
  it("makes a memory of every two paragraphs: four calls each, with its source", async () => {
    const model = scriptedAgents({
      reasoning: () => '{"thinking":"That is how one learns.","importance":0.4}',
    });
    const store = await openStore("whole.sqlite");
    const seen: number[] = [];
    const report = await constructMemories({
      character: anna,
      model,
      store,
      onProgress: ({ done }) => seen.push(done),
    });
    expect(report).toEqual({ total: 2, made: 2, found: 0, failed: [] });
    expect(model.calls).toHaveLength(8);
    expect(seen.at(-1)).toBe(2);
    const [first] = (await store.search([...LIFE])).sort((a, b) => a.key.localeCompare(b.key));
    expect(first?.value).toMatchObject({
      kind: "life",
      thinking: "That is how one learns.",
      importance: 0.4,
      valence: 0.3,
      source: { kind: "story", chunk: 1, paragraphs: [1, 2] },
    });
    await store.close();
  });

  it("keeps with the offline model all that was written", async () => {
    const store = await openStore("offline.sqlite");
    const story =
      "My name is Ada Quist and I am forty-one. I tune pianos. My sister Runa moved to Tromsø.\n\nIn 2021 I dropped the lid of a concert grand on my left hand. Two fingers never came back.";
    const model = await resolveChatModel("offline");
    expect(await constructMemories({ character: { ...anna, story }, model, store })).toMatchObject({
      made: 1,
    });
    const [memory] = await store.search([...LIFE]);
    expect(memory?.value).toMatchObject({
      content: story,
      summary: expect.stringMatching(/^My name is Ada/),
    });
    const { thinking, emotion } = memory?.value ?? {};
    for (const part of [thinking, emotion]) expect(part).toMatch(/^(?:I|It) [^.]{5,60}\.$/);
    await store.close();
  });

  it("makes content and feeling at the same time, then thoughts and summary", async () => {
    const model = scriptedAgents({}, { latencyMs: 40 });
    const store = await openStore("parallel.sqlite");
    await constructMemories({ character: { ...anna, story: "One.\n\nTwo." }, model: clientOf(model), store });
    const [content, feeling, reasoning, summary] = (
      ["content", "feeling-of-memory", "reasoning", "summary"] as const
    ).map((agent) => callsOf(model, agent)[0]);
    if (!content?.end || !feeling?.end || !reasoning || !summary) throw new Error("a call is missing");
    expect(feeling.start).toBeLessThan(content.end);
    expect(reasoning.start).toBeGreaterThanOrEqual(Math.max(content.end, feeling.end));
    expect(summary.start).toBeGreaterThanOrEqual(Math.max(content.end, feeling.end));
    await store.close();
  });

  it("goes on where it stopped, without repeating a finished call", async () => {
    const store = await openStore("resume.sqlite");
    const failing = scriptedAgents({ summary: () => new Error("down") });
    const broken = await constructMemories({ character: anna, model: failing, store });
    expect(broken.made).toBe(0);
    expect(broken.failed.map(({ chunk }) => chunk)).toEqual([1, 2]);
    const model = scriptedAgents();
    expect(await constructMemories({ character: anna, model, store })).toMatchObject({ made: 2, failed: [] });
    expect(callsOf(model, "content")).toHaveLength(0);
    expect(callsOf(model, "feeling-of-memory")).toHaveLength(0);
    const again = scriptedAgents();
    expect(await constructMemories({ character: anna, model: again, store })).toMatchObject({
      made: 0,
      found: 2,
    });
    expect(again.calls).toHaveLength(0);
    await store.close();
  });

  it("builds anew what changed in the story, and drops what is no longer in it", async () => {
    const store = await openStore("changed.sqlite");
    await constructMemories({ character: anna, model: scriptedAgents(), store });
    const changed = {
      ...anna,
      story: `${anna.story}\n\nShe bought a dog.\n\nIt died.`.replace("Gudrun", "Petrel"),
    };
    expect(await constructMemories({ character: changed, model: scriptedAgents(), store })).toMatchObject({
      made: 2,
      found: 1,
    });
    const texts = (await store.search([...LIFE], { limit: 100 })).map(({ value }) => String(value.text));
    expect(texts).toHaveLength(3);
    expect(texts.join()).not.toContain("Gudrun");
    await store.close();
  });

  it("builds all anew when asked to", async () => {
    const store = await openStore("again.sqlite");
    await constructMemories({ character: anna, model: scriptedAgents({ summary: () => "Poor." }), store });
    const report = await constructMemories({
      character: anna,
      model: scriptedAgents({ summary: () => "Better." }),
      store,
      again: true,
    });
    expect(report).toMatchObject({ made: 2, found: 0 });
    const items = await store.search([...LIFE], { limit: 100 });
    expect(items.map(({ value }) => value.summary)).toEqual(["Better.", "Better."]);
    await store.close();
  });

  it("keeps, when all is built anew, each old memory until the new one is there, and goes on after a stop", async () => {
    const store = await openStore("again-broken.sqlite");
    const summaries = async () =>
      (await store.search([...LIFE], { limit: 100 }))
        .sort((a, b) => a.key.localeCompare(b.key))
        .map(({ value }) => value.summary);
    const saying = (summary: string) => scriptedAgents({ summary: () => summary });
    await constructMemories({ character: anna, model: saying("Paid for."), store });

    const down = scriptedAgents({ content: () => new Error("no such model") });
    const broken = await constructMemories({ character: anna, model: down, store, again: true });
    expect(broken).toMatchObject({ made: 0, found: 0 });
    expect(await summaries()).toEqual(["Paid for.", "Paid for."]);

    await constructMemories({ character: anna, model: saying("New."), store, chunks: [1] });
    expect(await summaries()).toEqual(["New.", "Paid for."]);
    expect(await constructMemories({ character: anna, model: saying("Newer."), store })).toMatchObject({
      made: 1,
      found: 1,
    });
    expect(await summaries()).toEqual(["New.", "Newer."]);
    expect(await store.search(["construction"])).toEqual([]);
    await store.close();
  });

  it("builds only the parts anew that are asked for", async () => {
    const store = await openStore("again-part.sqlite");
    await constructMemories({ character: anna, model: scriptedAgents(), store });
    const model = scriptedAgents();
    expect(
      await constructMemories({ character: anna, model, store, again: true, chunks: [2] }),
    ).toMatchObject({ made: 1, failed: [] });
    expect(await store.search([...LIFE], { limit: 100 })).toHaveLength(2);
    expect(await constructMemories({ character: anna, model, store })).toMatchObject({ found: 2 });
    await store.close();
  });

  it("says what is missing where there is no story", async () => {
    const { story: _, ...without } = anna;
    const store = await openStore("none.sqlite");
    await expect(
      constructMemories({ character: without, model: scriptedAgents(), store }),
    ).rejects.toMatchObject({ code: "invalid_character" });
    await store.close();
  });

  it("keeps nothing of a slower construction of the same part", async () => {
    const store = await openStore("twice.sqlite");
    const [chunk] = storyChunks(storyParagraphs(anna.story ?? ""));
    if (!chunk) throw new Error("there is no story");
    const slower = constructionJournal(store, chunk);
    await slower.finish("content", "half of it");
    expect(await store.search(["construction"])).toHaveLength(1);
    await constructMemories({ character: anna, model: scriptedAgents(), store });
    await slower.finish("summary", "the rest");
    expect(await store.search(["construction"])).toEqual([]);
    await store.close();
  });
});
