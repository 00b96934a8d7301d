import { terms } from "../../ranking/terms.js";
import { keys, letterVector, type Suite, sorted } from "./suite.js";

/** Ranked search: by words and by meaning, with counts over the searched namespaces only. */
export function rankedSearchConformance({ name, describe, it, expect, withStore }: Suite): void {
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
      "finds by when it was told: within spans, the first or the last of them",
      withStore(async (store) => {
        const days = [1, 2, 3, 4, 5];
        await store.batch(
          days.map((day) => ({
            namespace: ["life"],
            key: `day${day}`,
            value: { text: "a talk", at: `2026-03-0${day}T10:00:00.000Z` },
          })),
        );
        await store.put(["life"], "undated", { text: "a talk" });
        await store.put(["life"], "day2", { text: "a talk", at: "2026-03-02T10:00:00Z", supersededBy: "x" });
        await store.put(["elsewhere"], "day3", { text: "a talk", at: "2026-03-03T10:00:00.000Z" });
        const [from, to] = ["2026-03-02T10:00:00Z", "2026-03-05T10:00:00Z"].map(Date.parse) as [
          number,
          number,
        ];
        const request = { namespaces: life, terms: [], lexicalLimit: 0, denseLimit: 0 };
        const told = async (more: object, superseded = false) =>
          sorted(
            (await store.candidates({ ...request, superseded, told: { order: "last", limit: 9, ...more } }))
              .candidates,
          );
        expect(await told({ spans: [{ from, to }] })).toEqual(["day3", "day4"]);
        expect(await told({ spans: [{ from, to }] }, true)).toEqual(["day2", "day3", "day4"]);
        expect(await told({ spans: [] })).toEqual([]);
        expect(await told({ order: "first", limit: 1 })).toEqual(["day1"]);
        expect(await told({ limit: 2 })).toEqual(["day4", "day5"]);
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
