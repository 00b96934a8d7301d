import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { terms } from "../../ranking/terms.js";
import { letterEmbeddings } from "../conformance.js";
import { SqliteMemoryStore } from "./sqlite-memory-store.js";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "store-"));
  path = join(folder, "memory.sqlite");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Two dimensions, and it can be out of order; counts what it embedded. */
class ShortEmbeddings implements EmbeddingsInterface {
  readonly model = "short";
  embedded = 0;
  works = true;
  failAfter = Number.POSITIVE_INFINITY;
  async embedDocuments(texts: string[]): Promise<number[][]> {
    if (!this.works || this.embedded >= this.failAfter) throw new Error("out of order");
    this.embedded += texts.length;
    return texts.map((text) => [text.length, 1]);
  }
  async embedQuery(text: string): Promise<number[]> {
    return (await this.embedDocuments([text]))[0] ?? [];
  }
}

const put = async (store: SqliteMemoryStore, count: number) =>
  store.batch(
    Array.from({ length: count }, (_, index) => ({
      namespace: ["life"],
      key: `${index}`,
      value: { text: `memory number ${index}` },
    })),
  );

describe("embedding models", () => {
  it("refuses another model, and says what to do", async () => {
    const first = await SqliteMemoryStore.open({
      path,
      embeddings: letterEmbeddings,
      embeddingModel: "letters",
    });
    await put(first, 3);
    await first.close();
    const other = SqliteMemoryStore.open({ path, embeddings: new ShortEmbeddings() });
    await expect(other).rejects.toMatchObject({
      code: "embedding_mismatch",
      message: expect.stringContaining("reembed: true"),
    });
    const lexicalOnly = await SqliteMemoryStore.open({ path });
    expect((await lexicalOnly.search(["life"], { query: "memories" })).length).toBe(3);
    await lexicalOnly.close();
  });

  it("embeds anew with progress, continues where it was cut short, and never mixes", async () => {
    const first = await SqliteMemoryStore.open({
      path,
      embeddings: letterEmbeddings,
      embeddingModel: "letters",
    });
    await put(first, 200);
    const short = new ShortEmbeddings();
    short.failAfter = 100;
    const reembed = () => SqliteMemoryStore.open({ path, embeddings: short, reembed: true, onProgress });
    const seen: [number, number][] = [];
    const onProgress = (done: number, total: number) => seen.push([done, total]);
    await expect(reembed()).rejects.toMatchObject({ code: "model_failed" });

    // Half done: still a store of the old model, for those who have it open and for those who open it.
    await first.put(["life"], "5", { text: "changed meanwhile" });
    await first.put(["life"], "new", { text: "added meanwhile" });
    expect((await first.search(["life"], { query: "changed meanwhile", limit: 1 }))[0]?.key).toBe("5");
    await expect(SqliteMemoryStore.open({ path, embeddings: short })).rejects.toMatchObject({
      code: "embedding_mismatch",
    });

    short.failAfter = Number.POSITIVE_INFINITY;
    const before = short.embedded;
    const second = await reembed();
    expect(short.embedded - before).toBe(201 - before + 1);
    expect(seen[seen.length - 1]).toEqual([201, 201]);
    const set = await second.candidates({
      namespaces: [["life"]],
      terms: [],
      vector: [1, 1],
      denseLimit: 1000,
    });
    expect(set.candidates.length).toBe(201);

    // Who still has it open with the old model may neither write nor ask.
    await expect(first.put(["life"], "late", { text: "too late" })).rejects.toMatchObject({
      code: "embedding_mismatch",
    });
    await expect(first.search(["life"], { query: "too late" })).rejects.toMatchObject({
      code: "embedding_mismatch",
    });
    await first.close();
    await second.close();
  });

  it("is not asked with vectors of the old model once another process embedded it anew, of whatever size", async () => {
    const short = new ShortEmbeddings();
    const opened = (embeddingModel: string) =>
      SqliteMemoryStore.open({ path, embeddings: short, embeddingModel, reembed: true });
    const [old, vector] = [await opened("small"), [3, 1]];
    await put(old, 3);
    const request = { namespaces: [["life"]], terms: terms("number"), vector };
    expect((await old.candidates(request)).candidates.length).toBe(3);
    const anew = await opened("ada");
    expect((await anew.candidates(request)).candidates.length).toBe(3);
    await expect(old.candidates(request)).rejects.toMatchObject({
      code: "embedding_mismatch",
      message: expect.stringMatching(/embedded with ada.* used with small/u),
    });
    await old.close();
    await anew.close();
  });

  it("keeps memories while the model fails, finds them by words, and embeds them later", async () => {
    const short = new ShortEmbeddings();
    short.works = false;
    const store = await SqliteMemoryStore.open({ path, embeddings: short });
    await put(store, 40);
    const ask = () => store.candidates({ namespaces: [["life"]], terms: terms("number"), vector: [3, 1] });
    expect((await ask()).candidates.length).toBe(40);
    expect((await ask()).candidates.every(({ cosine }) => cosine === undefined)).toBe(true);
    expect(await store.embedPending()).toEqual({ embedded: 0, waiting: 40 });
    expect((await store.search(["life"], { query: "number 7", limit: 1 }))[0]?.key).toBe("7");
    short.works = true;
    expect(await store.embedPending()).toEqual({ embedded: 40, waiting: 0 });
    expect((await ask()).candidates.every(({ cosine }) => cosine !== undefined)).toBe(true);
    await store.close();
  });

  it("does not wait for a failing model at every write", async () => {
    let asked = 0;
    const hanging: EmbeddingsInterface = {
      embedDocuments: async () => {
        asked += 1;
        throw new Error("timeout");
      },
      embedQuery: async () => [1],
    };
    const store = await SqliteMemoryStore.open({ path, embeddings: hanging });
    for (const key of ["a", "b", "c"]) await store.put(["life"], key, { text: key });
    await store.transact((transaction) => transaction.put(["life"], "d", { text: "d" }));
    await store.candidates({ namespaces: [["life"]], terms: ["a"] });
    expect(asked).toBe(1);
    expect(await store.count()).toBe(4);
    await store.close();
  });

  it("does not wait long for a model that hangs: what was written is embedded later", async () => {
    const short = new ShortEmbeddings();
    let hangs = true;
    const hanging: EmbeddingsInterface = {
      embedDocuments: (texts) => (hangs ? new Promise(() => {}) : short.embedDocuments(texts)),
      embedQuery: (text) => short.embedQuery(text),
    };
    const store = await SqliteMemoryStore.open({ path, embeddings: hanging });
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      let written = false;
      const writing = store.put(["life"], "a", { text: "said once" }).then(() => {
        written = true;
      });
      await vi.advanceTimersByTimeAsync(2_000);
      expect(written).toBe(false);
      await vi.advanceTimersByTimeAsync(8_000);
      expect(written).toBe(true);
      await writing;
    } finally {
      vi.useRealTimers();
    }
    await store.put(["life"], "b", { text: "said at once" });
    hangs = false;
    expect(await store.embedPending()).toEqual({ embedded: 2, waiting: 0 });
    await store.close();
  });

  it("gives a model more time for many texts", async () => {
    const slow: EmbeddingsInterface = {
      embedDocuments: (texts) =>
        new Promise((resolve) => setTimeout(() => resolve(texts.map(() => [1, 1])), 20_000)),
      embedQuery: async () => [1, 1],
    };
    const store = await SqliteMemoryStore.open({ path, embeddings: slow });
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const writing = put(store, 40);
      await vi.advanceTimersByTimeAsync(20_000);
      await writing;
    } finally {
      vi.useRealTimers();
    }
    const { candidates } = await store.candidates({ namespaces: [["life"]], terms: [], vector: [1, 1] });
    expect(candidates.length).toBe(40);
    await store.close();
  });

  it("embeds what was written without a model once it is opened with one", async () => {
    const lexicalOnly = await SqliteMemoryStore.open({ path });
    await put(lexicalOnly, 3);
    expect(await lexicalOnly.embedPending()).toEqual({ embedded: 0, waiting: 3 });
    await lexicalOnly.close();
    const store = await SqliteMemoryStore.open({ path, embeddings: new ShortEmbeddings() });
    await new Promise((resolve) => setTimeout(resolve, 50));
    const set = await store.candidates({ namespaces: [["life"]], terms: [], vector: [1, 1] });
    expect(set.candidates.length).toBe(3);
    await store.close();
  });

  it("passes over a single text that the model cannot take", async () => {
    const picky: EmbeddingsInterface = {
      embedDocuments: async (texts) =>
        texts.map((text) => {
          if (text.includes("number 1")) throw new Error("cannot take this one");
          return [text.length, 1];
        }),
      embedQuery: async () => [1, 1],
    };
    const store = await SqliteMemoryStore.open({ path, embeddings: picky });
    await put(store, 5);
    expect(await store.embedPending()).toEqual({ embedded: 4, waiting: 1 });
    await store.close();
  });

  it("does not embed again what means the same", async () => {
    const short = new ShortEmbeddings();
    const store = await SqliteMemoryStore.open({ path, embeddings: short });
    await store.put(["life"], "a", { text: "said once", recallCount: 0 });
    await store.put(["life"], "a", { text: "said once", recallCount: 1 });
    await store.put(["life"], "a", { text: "said once more", denseText: "said once", recallCount: 2 });
    expect(short.embedded).toBe(1);
    const set = await store.candidates({ namespaces: [["life"]], terms: terms("said"), vector: [1, 1] });
    expect(set.candidates[0]?.cosine).toBeGreaterThan(0);
    await store.close();
  });

  it("writes several things in one transaction, and embeds them after it", async () => {
    const store = await SqliteMemoryStore.open({ path, embeddings: new ShortEmbeddings() });
    await store.put(["n"], "count", { n: 1 });
    const seen = await store.transact(async (transaction) => {
      const before = (await transaction.get(["n"], "count"))?.value.n as number;
      await transaction.put(["n"], "count", { n: before + 1 });
      await transaction.put(["life"], "said", { text: "hello" });
      return (await transaction.get(["n"], "count"))?.value.n;
    });
    expect(seen).toBe(2);
    const failing = store.transact(async (transaction) => {
      await transaction.put(["life"], "lost", { text: "never" });
      throw new Error("stop");
    });
    await expect(failing).rejects.toThrow("stop");
    expect(await store.get(["life"], "lost")).toBeNull();
    const set = await store.candidates({
      namespaces: [["life"]],
      terms: terms("hello never"),
      vector: [1, 1],
    });
    expect(set.candidates.map(({ key, cosine }) => [key, cosine !== undefined])).toEqual([["said", true]]);
    expect(set.documents).toBe(1);
    await store.close();
  });
});
