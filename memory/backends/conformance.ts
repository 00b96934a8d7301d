import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import { terms } from "../ranking/terms.js";
import type { MemoryStore } from "./memory-store.js";

/** What the suite uses of a test runner; vitest's and jest's own functions fit. */
export interface TestRunner {
  describe(name: string, suite: () => void): void;
  it(name: string, test: () => Promise<void>): void;
  expect(actual: unknown): Expectation;
}

interface Expectation {
  toBe(expected: unknown): void;
  toEqual(expected: unknown): void;
  toBeCloseTo(expected: number, digits?: number): void;
  not: { toBe(expected: unknown): void; toContain(expected: unknown): void };
  rejects: { toMatchObject(expected: object): Promise<void> };
}

/** Makes an empty store that embeds with the given model. */
export type MakeStore = (options: { embeddings: EmbeddingsInterface }) => Promise<MemoryStore>;

/** Hash-free vectors for tests: how often each of the 26 letters occurs. */
export const letterEmbeddings: EmbeddingsInterface = {
  embedDocuments: async (texts) => texts.map(letterVector),
  embedQuery: async (text) => letterVector(text),
};

function letterVector(text: string): number[] {
  const counts = new Array<number>(26).fill(0);
  for (const letter of text.toLowerCase()) {
    const place = letter.charCodeAt(0) - 97;
    if (place >= 0 && place < 26) counts[place] = (counts[place] ?? 0) + 1;
  }
  return counts;
}

/**
 * What every memory store has to do, whatever it is made of: LangGraph's store interface with namespaces compared
 * label by label, and ranked search. Call it in a test file with the runner's functions:
 * `storeConformance("mine", makeStore, { describe, it, expect })`.
 */
export function storeConformance(
  name: string,
  makeStore: MakeStore,
  { describe, it, expect }: TestRunner,
): void {
  const withStore = (test: (store: MemoryStore) => Promise<void>) => async () => {
    const store = await makeStore({ embeddings: letterEmbeddings });
    try {
      await test(store);
    } finally {
      await store.stop();
    }
  };
  const keys = (items: readonly { key: string }[]) => items.map(({ key }) => key);
  const sorted = (items: readonly { key: string }[]) => keys(items).sort();

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

  describe(`${name}: candidates`, () => {
    const life = [["life"]];
    it(
      "finds by words and by meaning, with counts over the searched namespaces only",
      withStore(async (store) => {
        await store.batch([
          { namespace: ["life"], key: "bees", value: { text: "Mother kept bees behind the barn" } },
          { namespace: ["life"], key: "ice", value: { text: "He fell on the ice near the barn" } },
          { namespace: ["with", "ann"], key: "ann", value: { text: "Ann fears bees and the barn" } },
        ]);
        const asked = terms("bees barn unicorn");
        const set = await store.candidates({ namespaces: life, terms: asked, vector: letterVector("bees") });
        expect(sorted(set.candidates)).toEqual(["bees", "ice"]);
        expect(set.documents).toBe(2);
        expect(asked.map((term) => set.documentFrequency.get(term) ?? 0)).toEqual([1, 2, 0]);
        const first = set.candidates.find(({ key }) => key === "bees");
        expect(first?.terms).toEqual(terms("Mother kept bees behind the barn"));
        const cosines = set.candidates.map(({ cosine }) => cosine ?? 0);
        expect(set.meanCosine).toBeCloseTo(cosines.reduce((sum, value) => sum + value, 0) / 2, 5);
        const both = await store.candidates({
          namespaces: [["life"], ["with", "ann"]],
          terms: terms("bees"),
        });
        expect(sorted(both.candidates)).toEqual(["ann", "bees"]);
        expect(both.candidates[0]?.cosine).toBe(undefined);
        expect(
          (await store.candidates({ namespaces: [["with", "bob"]], terms: terms("bees") })).candidates,
        ).toEqual([]);
      }),
    );
    it(
      "knows a turn's neighbours and finds it by their words",
      withStore(async (store) => {
        const said = ["apples", "bananas", "cherries", "dates", "elderberries", "figs", "grapes"];
        await store.batch(
          said.map((text, position) => ({
            namespace: ["life"],
            key: `t${position}`,
            value: { text, conversation: "c", position },
          })),
        );
        await store.put(["life"], "elsewhere", { text: "melons", conversation: "d", position: 4 });
        const about = async (word: string) => store.candidates({ namespaces: life, terms: terms(word) });
        const set = await about("dates");
        expect(sorted(set.candidates)).toEqual(["t1", "t2", "t3", "t4", "t5"]);
        expect(keys(set.candidates)[0]).toBe("t3");
        expect(set.candidates[0]?.neighbours).toEqual(
          [-3, -2, -1, 1, 2].map((offset) => ({ offset, terms: terms(said[3 + offset] ?? "") })),
        );
        await store.delete(["life"], "t3");
        expect((await about("dates")).candidates).toEqual([]);
        await store.put(["life"], "t4", { text: "quinces", conversation: "c", position: 4 });
        expect(sorted((await about("elderberries")).candidates)).toEqual([]);
        expect(sorted((await about("quinces")).candidates)).toEqual(["t2", "t4", "t5", "t6"]);
      }),
    );
    it(
      "leaves out what was superseded, unless asked for it",
      withStore(async (store) => {
        await store.put(["life"], "old", { text: "I live in Leeds", supersededBy: "new" });
        await store.put(["life"], "new", { text: "I live in Ghent" });
        const request = { namespaces: life, terms: terms("live"), vector: letterVector("live") };
        expect(keys((await store.candidates(request)).candidates)).toEqual(["new"]);
        expect(sorted((await store.candidates({ ...request, superseded: true })).candidates)).toEqual([
          "new",
          "old",
        ]);
        await store.put(["life"], "new", { text: "I live in Ghent", supersededBy: "newer" });
        expect((await store.candidates(request)).candidates).toEqual([]);
        await store.put(["life"], "new", { text: "I live in Ghent" });
        expect(keys((await store.candidates(request)).candidates)).toEqual(["new"]);
      }),
    );
    it(
      "keeps to index: false and to values with a text",
      withStore(async (store) => {
        await store.put(["life"], "hidden", { text: "a secret" }, false);
        await store.put(["life"], "data", { note: "a secret" });
        const request = { namespaces: life, terms: terms("secret"), vector: letterVector("secret") };
        const set = await store.candidates(request);
        expect(set.candidates).toEqual([]);
        expect(set.documents).toBe(0);
        await store.put(["life"], "hidden", { text: "a secret" });
        expect(keys((await store.candidates(request)).candidates)).toEqual(["hidden"]);
        await store.put(["life"], "hidden", { text: "a secret" }, false);
        expect((await store.candidates(request)).candidates).toEqual([]);
      }),
    );
    it(
      "refuses a question of another embedding model's size",
      withStore(async (store) => {
        await store.put(["life"], "a", { text: "abc" });
        const asked = store.candidates({ namespaces: life, terms: [], vector: [1, 2, 3] });
        await expect(asked).rejects.toMatchObject({ code: "embedding_mismatch" });
      }),
    );
    it(
      "finds texts of every script, with quotes and operators, and very long ones",
      withStore(async (store) => {
        const texts = [
          "今天天气很好",
          "きょうは天気がいい",
          "Ünïcödé naïve café",
          "مرحبا بالعالم",
          "नमस्ते दुनिया",
          'say "AND" (or) NOT*',
        ];
        const long = `${"padding words of a story ".repeat(4000)} needle`;
        await store.batch(
          [...texts, long].map((text, index) => ({ namespace: ["life"], key: `${index}`, value: { text } })),
        );
        for (const [index, text] of [...texts, "needle"].entries()) {
          const { candidates } = await store.candidates({ namespaces: life, terms: terms(text) });
          expect(keys(candidates).includes(`${index}`)).toBe(true);
        }
      }),
    );
  });

  describe(`${name}: nearest terms`, () => {
    it(
      "mends misspelt words from the searched namespaces only",
      withStore(async (store) => {
        await store.batch([
          { namespace: ["life"], key: "a", value: { text: "garden orchid pharmacist" } },
          { namespace: ["with", "ann"], key: "b", value: { text: "divorce" } },
        ]);
        const mend = (...words: string[]) => store.nearestTerms(words, [["life"]]);
        expect([...(await mend("gardne", "orchd", "orchid", "cat"))]).toEqual([
          ["gardne", "garden"],
          ["orchd", "orchid"],
        ]);
        expect((await mend("divorse")).size).toBe(0);
        expect((await mend("grdaen")).size).toBe(0);
        expect([...(await mend(...terms("phramacits"))).values()]).toEqual(terms("pharmacist"));
      }),
    );
  });
}
