import { describe, expect, it } from "vitest";
import { terms } from "../../ranking/terms.js";
import { letterEmbeddings } from "../conformance.js";
import { SqliteMemoryStore } from "../sqlite/sqlite-memory-store.js";
import { OverlayStore } from "./overlay-store.js";

async function layered(): Promise<{ base: SqliteMemoryStore; overlay: OverlayStore }> {
  const base = await SqliteMemoryStore.open({ path: ":memory:", embeddings: letterEmbeddings });
  await base.batch([
    { namespace: ["life"], key: "bees", value: { text: "Mother kept bees" } },
    { namespace: ["life"], key: "ice", value: { text: "I fell on the ice" } },
    { namespace: ["old"], key: "gone", value: { text: "a gone thing" } },
  ]);
  return { base, overlay: base.layer() };
}

const everything = async (store: SqliteMemoryStore) =>
  (await store.search([], { limit: 100 })).map(({ namespace, key, value }) => ({ namespace, key, value }));

describe("OverlayStore", () => {
  it("never changes the store below, and ends without trace", async () => {
    const { base, overlay } = await layered();
    const before = await everything(base);
    await overlay.put(["life"], "new", { text: "Today we talked about bees" });
    await overlay.put(["life"], "bees", { text: "Mother kept bees", recallCount: 1 });
    await overlay.delete(["old"], "gone");
    expect(await everything(base)).toEqual(before);
    await overlay.stop();
    await overlay.stop();
    expect(await everything(base)).toEqual(before);
    await expect(overlay.get(["life"], "new")).rejects.toMatchObject({ code: "store_unavailable" });
    await base.close();
  });

  it("that could not be opened is opened at the next call, and can be stopped", async () => {
    const { base } = await layered();
    let failures = 1;
    const overlay = new OverlayStore(base, async () => {
      if (failures-- > 0) throw new Error("no room");
      return SqliteMemoryStore.open({ path: ":memory:", embeddings: letterEmbeddings });
    });
    await expect(overlay.get(["life"], "ice")).rejects.toThrow("no room");
    expect(await overlay.get(["life"], "ice")).not.toBeNull();
    await overlay.stop();
    const broken = new OverlayStore(base, () => Promise.reject(new Error("no room")));
    await expect(broken.get(["life"], "ice")).rejects.toThrow("no room");
    await broken.stop();
    await base.close();
  });

  it("reads both together, with the layer in front", async () => {
    const { base, overlay } = await layered();
    await overlay.put(["life"], "new", { text: "Today we talked about bees" });
    await overlay.put(["life"], "ice", { text: "I never fell" });
    await overlay.delete(["old"], "gone");
    expect((await overlay.get(["life"], "ice"))?.value).toEqual({ text: "I never fell" });
    expect((await overlay.get(["life"], "bees"))?.value).toEqual({ text: "Mother kept bees" });
    expect(await overlay.get(["old"], "gone")).toBeNull();
    expect((await overlay.search([], { limit: 10 })).map(({ key }) => key).sort()).toEqual([
      "bees",
      "ice",
      "new",
    ]);
    expect(await overlay.listNamespaces()).toEqual([["life"]]);
    await overlay.put(["old"], "gone", { text: "back again" });
    expect(await overlay.listNamespaces()).toEqual([["life"], ["old"]]);
    expect(
      (await overlay.search(["life"], { query: "bees", limit: 2 })).map(({ key }) => key).sort(),
    ).toEqual(["bees", "new"]);
    await overlay.stop();
    await base.close();
  });

  it("counts what is to be seen, once", async () => {
    const { base, overlay } = await layered();
    await overlay.put(["life"], "new", { text: "Today we talked about bees" });
    await overlay.put(["life"], "bees", { text: "Mother kept geese" });
    const asked = terms("bees geese ice mother");
    const [vector] = await letterEmbeddings.embedDocuments(["bees"]);
    const set = await overlay.candidates({ namespaces: [["life"]], terms: asked, vector: vector ?? [] });
    expect(set.documents).toBe(3);
    expect(asked.map((term) => set.documentFrequency.get(term))).toEqual([1, 1, 1, 1]);
    expect(set.candidates.map(({ key }) => key).sort()).toEqual(["bees", "ice", "new"]);
    expect(set.candidates.every(({ cosine }) => cosine !== undefined)).toBe(true);
    expect((await overlay.nearestTerms(["mohter", "talekd"], [["life"]])).size).toBe(1);
    await overlay.stop();
    await base.close();
  });
});
