import { Embeddings } from "@langchain/core/embeddings";
import { afterEach, describe, expect, it, vi } from "vitest";
import { LexicalEmbeddings } from "../../models/lexical-embeddings.js";
import { SqliteMemoryStore } from "../backends/sqlite/sqlite-memory-store.js";
import type { RankRequest, RankResult } from "./contract.js";
import { rank } from "./rank.js";

const embeddings = new LexicalEmbeddings();
const life = ["life"];
const talk = ["with", "bob", "long"];
const ann = { name: "Ann" };
const bob = { name: "Bob" };
let opened: SqliteMemoryStore[] = [];

afterEach(async () => {
  await Promise.all(opened.map((store) => store.close()));
  opened = [];
});

async function storeOf(
  records: readonly Record<string, unknown>[],
  namespace = life,
): Promise<SqliteMemoryStore> {
  const store = await SqliteMemoryStore.open({ path: ":memory:", embeddings });
  opened.push(store);
  await store.batch(records.map((value, index) => ({ namespace, key: String(index), value })));
  return store;
}

const dialogue = (lines: readonly [speaker: string, text: string, at?: string][]) =>
  lines.map(([speaker, text, at], position) => ({
    speaker,
    text,
    position,
    conversation: "c",
    ...(at && { at }),
  }));

function ask(
  store: SqliteMemoryStore,
  query: string | string[],
  more: Partial<RankRequest> = {},
): Promise<RankResult> {
  const queries = [query].flat();
  const now = new Date("2024-01-01T00:00:00Z");
  return rank({
    store,
    embeddings,
    namespaces: [life, talk],
    queries,
    self: ann,
    others: [bob],
    now,
    k: 5,
    ...more,
  });
}
const texts = (result: RankResult) => result.memories.map(({ value }) => value.text);

const story = [
  { text: "My grandmother kept bees behind the mill." },
  { text: "At school I was afraid of the arithmetic teacher." },
  { text: "I sold the old boat after the flood." },
  { text: "We danced in the barn until the lamps went out." },
];

describe("rank", () => {
  it("finds by words in another form, and says why: the parts make the score", async () => {
    const { memories, nothingRelevant } = await ask(await storeOf(story), "Did you ever sell a boat?");
    expect(memories[0]?.value.text).toBe("I sold the old boat after the flood.");
    expect(nothingRelevant).toBe(false);
    for (const { score, parts } of memories) {
      expect(score).toBeCloseTo(parts.lexical + parts.dense + parts.priors, 10);
      expect(parts).not.toHaveProperty("importance");
    }
  });

  it("finds a word with a typing error, a swap near the end, and a swap in a short word", async () => {
    const store = await storeOf(story);
    for (const typed of ["grandmothr bees", "dnacing in the barn", "the old baot"]) {
      expect((await ask(store, typed)).nothingRelevant, typed).toBe(false);
    }
    expect(texts(await ask(store, "Who was the arithmetci person?"))[0]).toContain("arithmetic");
  });

  it("says that nothing is relevant for what was never stored, and still gives the nearest", async () => {
    const result = await ask(await storeOf(story), "How did you translate Sanskrit poems for the embassy?");
    expect(result.nothingRelevant).toBe(true);
    expect(result.support).toBe(0);
    expect((await ask(await storeOf([]), "Anything?")).memories).toEqual([]);
    expect((await ask(await storeOf(story), ["", "  "])).nothingRelevant).toBe(true);
  });

  it("prefers what the person asked about said", async () => {
    const store = await storeOf(
      dialogue([
        ["Ann", "I love soup."],
        ["Bob", "I love soup."],
        ["Ann", "Weather was fine."],
      ]).map((turn, index) => ({ ...turn, text: `${turn.text} ${index}` })),
      talk,
    );
    expect((await ask(store, "What does Bob love, soup?")).memories[0]?.value.speaker).toBe("Bob");
    expect((await ask(store, "What soup do you love?")).memories[0]?.value.speaker).toBe("Ann");
  });

  it("knows a fact of somebody else", async () => {
    const store = await storeOf(
      dialogue([
        ["Ann", "I went to bed early."],
        ["Bob", "I bought a red canoe in the harbour."],
        ["Ann", "How nice. Good night!"],
      ]),
      talk,
    );
    const wrong = await ask(store, "Where did Ann buy the red canoe?");
    expect(wrong.someoneElse).toBe(true);
    expect(wrong.whose).toBe(-1);
    expect((await ask(store, "Where did Bob buy the red canoe?")).someoneElse).toBe(false);
  });

  it("does not take the asker of a question for the one it is true of", async () => {
    const store = await storeOf(
      dialogue([
        ["Ann", "Did you paint? Paint, really?"],
        ["Bob", "I painted it after supper."],
      ]),
      talk,
    );
    expect((await ask(store, "What did Bob paint?")).someoneElse).toBe(false);
  });

  it("leaves speaker and whose open for exchanges that nobody alone has said", async () => {
    const store = await storeOf(
      [{ text: "Bob: I bought a canoe.\nMe: How nice.", conversation: "t", position: 1 }],
      talk,
    );
    const result = await ask(store, "What did Bob buy? A canoe?");
    expect(result).not.toHaveProperty("whose");
    expect(result.someoneElse).toBe(false);
    expect(result.memories[0]?.parts).not.toHaveProperty("whose");
  });

  it("finds the answer that leaves out what was asked, by the turn before it", async () => {
    const store = await storeOf(
      dialogue([
        ["Bob", "Which instrument did you play at the wedding?"],
        ["Ann", "The clarinet, badly."],
        ["Bob", "Ha!"],
        ["Ann", "It rained all day."],
        ["Bob", "Yes, it poured."],
      ]),
      talk,
    );
    expect(texts(await ask(store, "Which instrument did Ann play at the wedding?"))[0]).toBe(
      "The clarinet, badly.",
    );
  });

  it("prefers what was told near the date asked for", async () => {
    const store = await storeOf(
      dialogue([
        ["Bob", "We ate at the harbour.", "2023-02-03T10:00:00Z"],
        ["Bob", "We ate at the station.", "2023-05-04T10:00:00Z"],
      ]).map((turn, index) => ({ ...turn, conversation: String(index) })),
      talk,
    );
    expect(texts(await ask(store, "Where did Bob eat on May 3, 2023?"))[0]).toContain("station");
    expect(texts(await ask(store, "Where did Bob eat in February?"))[0]).toContain("harbour");
  });

  it("answers in Japanese and Chinese", async () => {
    const store = await storeOf([
      { text: "子供の頃、祖母と海で貝を集めました。" },
      { text: "大学では数学を勉強しました。" },
      { text: "我小时候在上海学过小提琴。" },
      { text: "我的父亲是一名医生。" },
    ]);
    expect(texts(await ask(store, "大学で何を勉強しましたか？"))[0]).toContain("数学");
    expect(texts(await ask(store, "你小时候学过小提琴吗？"))[0]).toContain("小提琴");
    expect((await ask(store, "¿Dónde naciste? Где ты родилась?")).nothingRelevant).toBe(true);
  });

  it("takes the best score over several queries, each memory once", async () => {
    const store = await storeOf(story);
    const both = await ask(store, [
      "Well, you know how it is these days.",
      "bees of the grandmother",
      "dancing in the barn",
    ]);
    expect(texts(both).slice(0, 2).sort()).toEqual([story[0]?.text, story[3]?.text]);
    expect(new Set(texts(both)).size).toBe(both.memories.length);
    expect(both.nothingRelevant).toBe(false);
  });

  it("gives the same words once", async () => {
    const store = await storeOf([
      { text: "I sold the boat." },
      { text: "I SOLD the boat!" },
      { text: "A boat sank." },
    ]);
    expect(texts(await ask(store, "boat"))).toHaveLength(2);
  });

  it("weighs importance, recency and mood only where told to, and leaves the unknown in the middle", async () => {
    const store = await storeOf([
      { text: "boat one", importance: 1, valence: 1, at: "2023-12-31T00:00:00Z" },
      { text: "boat two" },
      { text: "boat three", importance: 0, valence: -1, at: "2020-01-01T00:00:00Z" },
    ]);
    const options = {
      importanceWeight: 0.5,
      recencyWeight: 0.5,
      moodWeight: 0.5,
      mood: { valence: 1, arousal: 0.5 },
    };
    const { memories } = await ask(store, "boat", { options });
    expect(memories.map(({ value }) => value.text)).toEqual(["boat one", "boat two", "boat three"]);
    const [best, unknown, worst] = memories.map(({ parts }) => parts);
    expect(best?.importance).toBeCloseTo(0.25);
    expect(worst?.importance).toBeCloseTo(-0.25);
    for (const part of ["importance", "recency", "mood"]) expect(unknown).not.toHaveProperty(part);
    for (const { score, parts } of memories) {
      const { lexical, dense, priors, importance = 0, recency = 0, mood = 0 } = parts;
      expect(score).toBeCloseTo(lexical + dense + priors + importance + recency + mood, 10);
    }
  });

  it("is deterministic, ties included", async () => {
    const same = [{ text: "boat a" }, { text: "boat b" }, { text: "boat c" }];
    const once = texts(await ask(await storeOf(same), "boat"));
    expect(texts(await ask(await storeOf(same), "boat"))).toEqual(once);
  });

  it("ranks by words alone, and says so, where embeddings are missing or fail", async () => {
    const store = await storeOf(story);
    class Failing extends Embeddings {
      override embedQuery = () => Promise.reject(new Error("no connection"));
      override embedDocuments = this.embedQuery;
    }
    const failed = await ask(store, "the old boat", { embeddings: new Failing({}) });
    expect(failed.lexicalOnly).toEqual({ reason: "no connection" });
    expect(texts(failed)[0]).toContain("boat");
    const { embeddings: _, ...without } = {
      store,
      namespaces: [life],
      queries: ["boat"],
      self: ann,
      now: new Date(0),
      k: 1,
      embeddings,
    };
    expect((await rank(without)).lexicalOnly?.reason).toMatch(/no embeddings/);
    expect(await ask(store, "boat")).not.toHaveProperty("lexicalOnly");
  });

  it("does not wait for embeddings that hang", async () => {
    const store = await storeOf(story);
    const embedQuery = () => new Promise<never>(() => {});
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const hanging = ask(store, "the old boat", { embeddings: { embedQuery, embedDocuments: embedQuery } });
    await vi.advanceTimersByTimeAsync(20_000);
    vi.useRealTimers();
    expect((await hanging).lexicalOnly?.reason).toMatch(/20 s/);
  });

  it("reads a page from its end, within time", async () => {
    const page = `${"lorem ipsum dolor ".repeat(6_000)} And where are the bees of your grandmother?`;
    const started = performance.now();
    expect(texts(await ask(await storeOf(story), page))[0]).toContain("bees");
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it("refuses weights out of range, naming the option", async () => {
    const store = await storeOf(story);
    await expect(ask(store, "boat", { options: { moodWeight: -1 } })).rejects.toMatchObject({
      code: "invalid_option",
      message: expect.stringContaining("moodWeight"),
    });
  });
});
