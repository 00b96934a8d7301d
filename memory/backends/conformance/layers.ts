import { terms } from "../../ranking/terms.js";
import type { MemoryStore } from "../memory-store.js";
import { keys, type Suite, sorted } from "./suite.js";

/** `layer`: reads through, writes to itself, ends without a trace. */
export function layerConformance({ name, describe, it, expect, withStore }: Suite): void {
  const withLayer = (test: (layer: MemoryStore, store: MemoryStore) => Promise<void>) =>
    withStore(async (store) => {
      await store.batch([
        { namespace: ["life"], key: "bees", value: { text: "Mother kept bees" } },
        { namespace: ["life"], key: "ice", value: { text: "I fell on the ice" } },
        { namespace: ["old"], key: "gone", value: { text: "a gone thing" } },
      ]);
      const layer = store.layer();
      try {
        await test(layer, store);
      } finally {
        await layer.stop();
      }
    });

  describe(`${name}: layers`, () => {
    it(
      "read both together, with what the layer wrote in front",
      withLayer(async (layer, store) => {
        await layer.put(["life"], "ice", { text: "I never fell" });
        await layer.put(["life"], "new", { text: "Today we talked about bees" });
        await layer.delete(["old"], "gone");
        await store.put(["life"], "later", { text: "written below" });
        expect((await layer.get(["life"], "ice"))?.value).toEqual({ text: "I never fell" });
        expect((await layer.get(["life"], "bees"))?.value).toEqual({ text: "Mother kept bees" });
        expect(await layer.get(["old"], "gone")).toBe(null);
        expect(keys(await layer.search([]))).toEqual(["bees", "ice", "later", "new"]);
        expect(keys(await layer.search([], { limit: 2, offset: 1 }))).toEqual(["ice", "later"]);
        expect(await layer.listNamespaces()).toEqual([["life"]]);
        expect(await layer.listNamespaces({ prefix: ["old"] })).toEqual([]);
        const set = await layer.candidates({ namespaces: [["life"]], terms: terms("bees fell") });
        expect(sorted(set.candidates)).toEqual(["bees", "ice", "new"]);
        expect([set.documents, ...set.documentFrequency.values()]).toEqual([4, 2, 1]);
      }),
    );
    it(
      "never change the store below, and vanish",
      withLayer(async (layer, store) => {
        const before = await store.search([]);
        await layer.put(["life"], "bees", { text: "There were no bees" });
        await layer.delete(["old"], "gone");
        await layer.transact((transaction) => transaction.put(["life"], "new", { text: "new" }));
        await layer.purge();
        expect(await store.search([])).toEqual(before);
        await layer.stop();
        await layer.stop();
        expect(await store.search([])).toEqual(before);
        await expect(layer.get(["life"], "new")).rejects.toMatchObject({ code: "store_unavailable" });
      }),
    );
    it(
      "take a transaction as a whole or not at all",
      withLayer(async (layer, store) => {
        const broken = layer.transact(async (transaction) => {
          await transaction.put(["life"], "bees", { text: "changed" });
          await transaction.delete(["old"], "gone");
          expect((await transaction.get(["life"], "bees"))?.value).toEqual({ text: "changed" });
          expect(keys(await transaction.search([]))).toEqual(["bees", "ice"]);
          throw new Error("stop");
        });
        await expect(broken).rejects.toMatchObject({ message: "stop" });
        expect((await layer.get(["life"], "bees"))?.value).toEqual({ text: "Mother kept bees" });
        expect(keys(await layer.search([]))).toEqual(["bees", "ice", "gone"]);
        await layer.transact(async (transaction) => {
          await transaction.put(["life"], "bees", { text: "changed" });
          await transaction.delete(["old"], "gone");
        });
        expect(keys(await layer.search([]))).toEqual(["bees", "ice"]);
        expect(keys(await store.search([]))).toEqual(["bees", "ice", "gone"]);
      }),
    );
    it(
      "have locks of their own, and the clock that is asked for",
      withLayer(async (layer, store) => {
        const release = await store.locks.hold("writing");
        expect(await layer.locks.withLock("writing", async () => "mine", { waitMs: 0 })).toBe("mine");
        await release();
        const dated = store.layer({ clock: () => new Date(0) });
        await dated.put(["life"], "new", { text: "bees" });
        expect((await dated.get(["life"], "new"))?.updatedAt).toEqual(new Date(0));
        expect(keys(await dated.search(["life"], { query: "bees", limit: 1 }))).toEqual(["new"]);
        await dated.stop();
      }),
    );
  });
}
