import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import { terms } from "../../ranking/terms.js";
import { keys, letterVector, type Suite } from "./suite.js";

const failing: EmbeddingsInterface = {
  embedDocuments: () => Promise.reject(new Error("out of order")),
  embedQuery: () => Promise.reject(new Error("out of order")),
};

/** Lets everything that only waits for promises go on. */
async function ticks(count = 100): Promise<void> {
  for (let tick = 0; tick < count; tick += 1) await Promise.resolve();
}

/** `transact`: all or nothing, alone, and found afterwards as what was put one by one. */
export function transactionConformance({ name, describe, it, expect, withStore }: Suite): void {
  const about = { namespaces: [["life"]], terms: terms("bees"), vector: letterVector("bees") };

  describe(`${name}: transactions`, () => {
    it(
      "read what they wrote, and give back what their work gives",
      withStore(async (store) => {
        await store.put(["u"], "b", { n: 1 });
        await store.put(["u"], "gone", { n: 1 });
        const seen = await store.transact(async (transaction) => {
          await transaction.put(["u"], "c", { n: 3 });
          await transaction.put(["u", "deep"], "a", { n: 0 });
          await transaction.put(["u"], "b", { n: 2 });
          await transaction.delete(["u"], "gone");
          const pages = [0, 2].map((offset) => transaction.search(["u"], { limit: 2, offset }));
          return {
            b: (await transaction.get(["u"], "b"))?.value,
            gone: await transaction.get(["u"], "gone"),
            pages: (await Promise.all(pages)).map(keys),
          };
        });
        expect(seen).toEqual({ b: { n: 2 }, gone: null, pages: [["a", "b"], ["c"]] });
        expect(keys(await store.search(["u"]))).toEqual(["a", "b", "c"]);
        expect(await store.transact(() => "nothing read")).toBe("nothing read");
      }),
    );
    it(
      "leave nothing where their work throws",
      withStore(async (store) => {
        await store.put(["life"], "kept", { text: "Mother kept bees" });
        const before = await store.candidates(about);
        const broken = store.transact(async (transaction) => {
          await transaction.put(["life"], "kept", { text: "There never were bees" });
          await transaction.put(["life"], "new", { text: "bees, bees" });
          await transaction.put(["other"], "new", { n: 1 });
          throw new TypeError("stop");
        });
        await expect(broken).rejects.toMatchObject({ name: "TypeError", message: "stop" });
        const refused = store.transact(async (transaction) => {
          await transaction.delete(["life"], "kept");
          await transaction.put([], "no namespace", { n: 1 });
        });
        await expect(refused).rejects.toMatchObject({ name: "InvalidNamespaceError" });
        expect(await store.listNamespaces()).toEqual([["life"]]);
        const after = await store.candidates(about);
        expect([after.documents, [...after.documentFrequency.values()], keys(after.candidates)]).toEqual([
          1,
          [1],
          ["kept"],
        ]);
        expect(after.candidates[0]?.value).toEqual(before.candidates[0]?.value);
        await store.put(["life"], "new", { text: "bees at last" });
        expect((await store.candidates(about)).documents).toBe(2);
      }),
    );
    it(
      "are seen by nobody before their end, and take nothing else back with them",
      withStore(async (store) => {
        await store.put(["u"], "a", { n: 0 });
        let outside: Promise<unknown[]> | undefined;
        let written: Promise<void> | undefined;
        const broken = store.transact(async (transaction) => {
          await transaction.put(["u"], "a", { n: 1 });
          await transaction.put(["u", "x"], "b", { text: "bees" });
          outside = Promise.all([
            store.get(["u"], "a").then((item) => item?.value),
            store.search(["u"]).then(keys),
            store.listNamespaces({ prefix: ["u"] }),
            store.candidates({ ...about, namespaces: [["u"]] }).then(({ documents }) => documents),
          ]);
          written = store.put(["v"], "own", { n: 1 });
          await ticks();
          throw new Error("stop");
        });
        await expect(broken).rejects.toMatchObject({ message: "stop" });
        expect(await outside).toEqual([{ n: 0 }, ["a"], [["u"]], 0]);
        await written;
        expect((await store.get(["v"], "own"))?.value).toEqual({ n: 1 });
      }),
    );
    it(
      "that read and then write at the same time lose nothing",
      withStore(async (store) => {
        const add = (wait: number) =>
          store.transact(async (transaction) => {
            const before = (await transaction.get(["sum"], "n"))?.value.n ?? 0;
            await ticks(wait);
            await transaction.put(["sum"], "n", { n: before + 1 });
            return before;
          });
        const seen = await Promise.all(Array.from({ length: 20 }, (_, index) => add(index % 3)));
        expect([...seen].sort((left, right) => left - right)).toEqual([...seen.keys()]);
        expect((await store.get(["sum"], "n"))?.value).toEqual({ n: 20 });
      }),
    );
    it(
      "are searched by words and by meaning once they are over, but for what was put with index: false",
      withStore(async (store) => {
        await store.transact(async (transaction) => {
          await transaction.put(["life"], "t1", {
            text: "father sold honey",
            conversation: "c",
            position: 1,
          });
          await transaction.put(["life"], "t2", { text: "bees", conversation: "c", position: 2 });
          await transaction.put(["life"], "hidden", { text: "bees" }, false);
        });
        const { candidates, documents } = await store.candidates({ ...about, denseLimit: 1 });
        expect(documents).toBe(2);
        expect(keys(candidates).sort()).toEqual(["t1", "t2"]);
        expect(candidates.find(({ key }) => key === "t2")?.cosine).toBeCloseTo(1, 5);
        expect(candidates.find(({ key }) => key === "t2")?.neighbours.length).toBe(1);
        expect(keys(await store.search(["life"], { query: "bees", limit: 1 }))).toEqual(["t2"]);
      }),
    );
    it(
      "keep the words where the embedding model fails",
      withStore(async (store) => {
        await store.transact((transaction) => transaction.put(["life"], "a", { text: "Mother kept bees" }));
        const found = await store.candidates({ namespaces: [["life"]], terms: terms("bees") });
        expect(keys(found.candidates)).toEqual(["a"]);
      }, failing),
    );
  });
}
