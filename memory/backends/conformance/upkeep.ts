import { terms } from "../../ranking/terms.js";
import { keys, letterEmbeddings, letterVector, type Suite } from "./suite.js";

/** Late embedding, purging, the end. */
export function upkeepConformance({ name, describe, it, expect, withStore }: Suite): void {
  const about = { namespaces: [["life"]], terms: terms("bees"), vector: letterVector("bees") };

  describe(`${name}: upkeep`, () => {
    let works = false;
    const model = {
      embedDocuments: (texts: string[]) =>
        works ? letterEmbeddings.embedDocuments(texts) : Promise.reject(new Error("out of order")),
      embedQuery: letterEmbeddings.embedQuery,
    };
    it(
      "embeds later what came in while the model failed",
      withStore(async (store) => {
        works = false;
        await store.put(["life"], "a", { text: "bees" });
        await store.transact((transaction) => transaction.put(["life"], "b", { text: "honey bees" }));
        await store.put(["life"], "no text", { n: 1 });
        expect(await store.embedPending()).toEqual({ embedded: 0, waiting: 2 });
        const { candidates } = await store.candidates(about);
        expect(keys(candidates).sort()).toEqual(["a", "b"]);
        expect(candidates.every(({ cosine }) => cosine === undefined)).toBe(true);
        works = true;
        expect(await store.embedPending()).toEqual({ embedded: 2, waiting: 0 });
        expect((await store.candidates(about)).candidates.every(({ cosine }) => cosine !== undefined)).toBe(
          true,
        );
        expect(await store.embedPending()).toEqual({ embedded: 0, waiting: 0 });
      }, model),
    );
    it(
      "purges what was deleted, and keeps the rest as it was",
      withStore(async (store) => {
        await store.put(["life"], "a", { text: "bees and honey" });
        await store.put(["with", "ann"], "secret", { text: "a confession about bees" });
        await store.delete(["with", "ann"], "secret");
        await store.purge();
        expect(await store.listNamespaces()).toEqual([["life"]]);
        const { candidates } = await store.candidates({ ...about, namespaces: [[]] });
        expect(keys(candidates)).toEqual(["a"]);
        expect(candidates[0]?.cosine !== undefined).toBe(true);
        await store.put(["life"], "b", { text: "more bees" });
        expect((await store.candidates(about)).documents).toBe(2);
      }),
    );
    it(
      "may be stopped more than once",
      withStore(async (store) => {
        await store.put(["life"], "a", { text: "bees" });
        await store.stop();
        await store.stop();
      }),
    );
  });
}
