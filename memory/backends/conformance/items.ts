import { terms } from "../../ranking/terms.js";
import { keys, type Suite, sorted } from "./suite.js";

/** LangGraph's store interface, with namespaces compared label by label. */
export function itemConformance({ name, describe, it, expect, withStore }: Suite): void {
  describe(`${name}: items`, () => {
    it(
      "gives back what was put, and null for what is not there",
      withStore(async (store) => {
        await store.put(["u", "1"], "a", { n: 1, deep: { list: [1, "zwei", null] } });
        const item = await store.get(["u", "1"], "a");
        expect(item?.value).toEqual({ n: 1, deep: { list: [1, "zwei", null] } });
        expect(item?.namespace).toEqual(["u", "1"]);
        expect(item?.createdAt instanceof Date && item.updatedAt instanceof Date).toBe(true);
        expect(await store.get(["u"], "a")).toBe(null);
        expect(await store.get(["u", "1"], "b")).toBe(null);
      }),
    );
    it(
      "replaces and deletes, and its values are not the caller's objects",
      withStore(async (store) => {
        const value = { n: 1 };
        await store.put(["u"], "a", value);
        value.n = 2;
        expect((await store.get(["u"], "a"))?.value).toEqual({ n: 1 });
        await store.put(["u"], "a", { m: 3 });
        expect((await store.get(["u"], "a"))?.value).toEqual({ m: 3 });
        await store.delete(["u"], "a");
        await store.delete(["u"], "never there");
        expect(await store.get(["u"], "a")).toBe(null);
        expect(await store.search(["u"])).toEqual([]);
      }),
    );
    it(
      "answers a batch in its order, reads before writes, the last write of a key wins",
      withStore(async (store) => {
        const results = await store.batch([
          { namespace: ["u"], key: "a", value: { n: 1 } },
          { namespace: ["u"], key: "a" },
          { namespace: ["u"], key: "a", value: { n: 2 } },
        ]);
        expect(results.length).toBe(3);
        expect(results[1]).toBe(null);
        expect((await store.get(["u"], "a"))?.value).toEqual({ n: 2 });
      }),
    );
    it(
      "refuses invalid namespaces and keeps nothing of their batch",
      withStore(async (store) => {
        const name = "InvalidNamespaceError";
        await expect(store.put([], "a", { n: 1 })).rejects.toMatchObject({ name });
        await expect(store.put(["u", ""], "a", { n: 1 })).rejects.toMatchObject({ name });
        await expect(store.put(["langgraph"], "a", { n: 1 })).rejects.toMatchObject({ name });
        const half = store.batch([
          { namespace: ["u"], key: "a", value: { n: 1 } },
          { namespace: [], key: "b", value: { n: 2 } },
        ]);
        await expect(half).rejects.toMatchObject({ name });
        expect(await store.get(["u"], "a")).toBe(null);
      }),
    );
  });

  describe(`${name}: namespaces`, () => {
    const odd = ["a_b", "a%b", "a:b", "a/b", 'a"b', "a,b", "a.b", "天気", "🙂", "a b", "A_B", "[", "\\"];
    it(
      "compares labels whole: u/1 is not above u/10",
      withStore(async (store) => {
        await store.put(["u", "1"], "one", { n: 1 });
        await store.put(["u", "10"], "ten", { n: 1 });
        await store.put(["u", "1", "x"], "deep", { n: 1 });
        expect(sorted(await store.search(["u", "1"]))).toEqual(["deep", "one"]);
        expect(sorted(await store.search([]))).toEqual(["deep", "one", "ten"]);
      }),
    );
    it(
      "keeps labels with any character apart",
      withStore(async (store) => {
        await store.batch(
          odd.map((label) => ({ namespace: ["n", label], key: label, value: { text: "a word" } })),
        );
        for (const label of odd) {
          expect(keys(await store.search(["n", label]))).toEqual([label]);
          const { candidates } = await store.candidates({ namespaces: [["n", label]], terms: terms("word") });
          expect(keys(candidates)).toEqual([label]);
        }
      }),
    );
    it(
      "lists by prefix, suffix, wildcard, depth and page, without what was emptied",
      withStore(async (store) => {
        for (const namespace of [
          ["a", "b", "c"],
          ["a", "b", "d"],
          ["a", "x"],
          ["z", "c"],
        ]) {
          await store.put(namespace, "k", { n: 1 });
        }
        expect(await store.listNamespaces({ prefix: ["a", "b"] })).toEqual([
          ["a", "b", "c"],
          ["a", "b", "d"],
        ]);
        expect(await store.listNamespaces({ suffix: ["c"] })).toEqual([
          ["a", "b", "c"],
          ["z", "c"],
        ]);
        expect(await store.listNamespaces({ prefix: ["a", "*", "d"] })).toEqual([["a", "b", "d"]]);
        expect(await store.listNamespaces({ prefix: ["a"], maxDepth: 2 })).toEqual([
          ["a", "b"],
          ["a", "x"],
        ]);
        expect(await store.listNamespaces({ limit: 2, offset: 1 })).toEqual([
          ["a", "b", "d"],
          ["a", "x"],
        ]);
        await store.delete(["z", "c"], "k");
        expect(await store.listNamespaces({ prefix: ["z"] })).toEqual([]);
      }),
    );
  });

  describe(`${name}: search`, () => {
    it(
      "filters by LangGraph's operators, and pages",
      withStore(async (store) => {
        await store.batch(
          [1, 2, 3, 4, 5].map((n) => ({ namespace: ["u"], key: `k${n}`, value: { n, even: n % 2 === 0 } })),
        );
        const found = async (filter: Record<string, unknown>) =>
          sorted(await store.search(["u"], { filter }));
        expect(await found({ even: true })).toEqual(["k2", "k4"]);
        expect(await found({ n: { $eq: 3 } })).toEqual(["k3"]);
        expect(await found({ n: { $ne: 3 } })).toEqual(["k1", "k2", "k4", "k5"]);
        expect(await found({ n: { $gt: 3 } })).toEqual(["k4", "k5"]);
        expect(await found({ n: { $gte: 3, $lt: 5 } })).toEqual(["k3", "k4"]);
        expect(await found({ n: { $lte: 1 } })).toEqual(["k1"]);
        expect(await found({ n: { $gt: 1 }, even: false })).toEqual(["k3", "k5"]);
        const pages = [0, 2, 4].map((offset) => store.search(["u"], { limit: 2, offset }));
        expect((await Promise.all(pages)).flatMap(keys)).toEqual(["k1", "k2", "k3", "k4", "k5"]);
      }),
    );
    it(
      "lists by namespace and key, whatever was written when, so that pages fit together",
      withStore(async (store) => {
        const written: [string[], string][] = [
          [["u", "2"], "b"],
          [["u"], "z"],
          [["u", "2"], "\u{1f642}"],
          [["u", "1"], "c"],
          [["u", "2"], "\uff5e"],
          [["u", "2"], "a"],
          [["u", "2"], "B"],
        ];
        for (const [namespace, key] of written) await store.put(namespace, key, { text: `first ${key}` });
        await store.put(["u", "2"], "B", { text: "changed" });
        const all = await store.search(["u"], { limit: 100 });
        expect(keys(all)).toEqual(["c", "B", "a", "b", "\uff5e", "\u{1f642}", "z"]);
        const pages = [0, 2, 4, 6].map((offset) => store.search(["u"], { limit: 2, offset }));
        expect((await Promise.all(pages)).flatMap(keys)).toEqual(keys(all));
        const filter = { text: { $ne: "first b" } };
        const filtered = [0, 3].map((offset) => store.search(["u"], { filter, limit: 3, offset }));
        expect((await Promise.all(filtered)).flatMap(keys)).toEqual(keys(all).filter((key) => key !== "b"));
        expect(await store.search(["u"], { limit: 0 })).toEqual([]);
      }),
    );
    it(
      "finds by meaning, best first, with the cosine as score",
      withStore(async (store) => {
        await store.batch([
          { namespace: ["u"], key: "far", value: { text: "zzz" } },
          { namespace: ["u"], key: "near", value: { text: "abba" } },
          { namespace: ["u"], key: "same", value: { text: "ab ab ab" } },
          { namespace: ["v"], key: "other", value: { text: "ab" } },
        ]);
        const found = await store.search(["u"], { query: "ab" });
        expect(found[0]?.score).toBeCloseTo(1, 5);
        expect(sorted(found.slice(0, 2))).toEqual(["near", "same"]);
        expect(keys(found.slice(2))).toEqual(["far"]);
        expect(keys(await store.search(["u"], { query: "zz", limit: 1 }))).toEqual(["far"]);
        expect(keys(await store.search(["u"], { query: "ab", filter: { text: "zzz" } }))).toEqual(["far"]);
      }),
    );
    it(
      "embeds denseText in place of text, and follows a changed text",
      withStore(async (store) => {
        await store.put(["u"], "a", { text: "qqq", denseText: "hello" });
        await store.put(["u"], "b", { text: "hxxxx" });
        expect(keys(await store.search(["u"], { query: "hello", limit: 1 }))).toEqual(["a"]);
        await store.put(["u"], "a", { text: "qqq" });
        expect(keys(await store.search(["u"], { query: "h", limit: 1 }))).toEqual(["b"]);
      }),
    );
  });
}
