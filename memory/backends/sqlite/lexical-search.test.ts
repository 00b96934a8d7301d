import { expect, it } from "vitest";
import { terms } from "../../ranking/terms.js";
import { SqliteMemoryStore } from "./sqlite-memory-store.js";

it("asks a large store only for telling words, but for three at least", { timeout: 60_000 }, async () => {
  const store = await SqliteMemoryStore.open({ path: ":memory:" });
  const common = (index: number) => (index % 2 === 0 ? "meadow" : "river");
  await store.batch(
    Array.from({ length: 20_002 }, (_, index) => ({
      namespace: ["life"],
      key: `${index}`,
      value: {
        text: `${common(index)} ${index % 5 === 0 ? "harvest" : ""} ${index === 7 ? "comet pillow lantern" : ""}`,
      },
    })),
  );
  const found = async (question: string) =>
    (await store.candidates({ namespaces: [["life"]], terms: terms(question) })).candidates;
  expect((await found("meadow comet pillow lantern")).map(({ key }) => key)).toEqual(["7"]);
  expect((await found("meadow river comet")).length).toBe(200);
  expect((await found("meadow comet"))[0]?.key).toBe("7");
  await store.close();
});

it("keeps to narrow and to wide scopes", async () => {
  const store = await SqliteMemoryStore.open({ path: ":memory:" });
  await store.batch(
    Array.from({ length: 60 }, (_, index) => ({
      namespace: index < 40 ? ["life"] : ["with", index < 55 ? "ann" : "bob"],
      key: `${index}`,
      value: { text: "the same word", ...(index % 10 === 0 ? { supersededBy: "x" } : {}) },
    })),
  );
  const count = async (namespaces: string[][], superseded = false) => {
    const set = await store.candidates({ namespaces, terms: terms("word"), superseded });
    return [set.documents, set.candidates.length];
  };
  expect(await count([[]])).toEqual([60, 54]);
  expect(await count([["life"]])).toEqual([40, 36]);
  expect(await count([["life"], ["with", "ann"]])).toEqual([55, 49]);
  expect(await count([["with", "bob"]], true)).toEqual([5, 5]);
  expect(await count([["with", "bob"]])).toEqual([5, 5]);
  expect(await count([["with", "ann"], ["with"]])).toEqual([20, 18]);
  expect(await count([["nobody"]])).toEqual([0, 0]);
  expect(await count([])).toEqual([0, 0]);
  await store.close();
});

it("keeps to its scope among very many namespaces", { timeout: 60_000 }, async () => {
  const store = await SqliteMemoryStore.open({ path: ":memory:" });
  await store.batch(
    Array.from({ length: 3000 }, (_, index) => ({
      namespace: [index % 2 === 0 ? "even" : "odd", `${Math.floor(index / 2)}`],
      key: `${index}`,
      value: { text: `word ${index}` },
    })),
  );
  const request = { terms: terms("word"), lexicalLimit: 5000 };
  const even = await store.candidates({ ...request, namespaces: [["even"]] });
  expect(even.candidates.length).toBe(1500);
  expect(even.candidates.every(({ namespace }) => namespace[0] === "even")).toBe(true);
  expect(
    (await store.candidates({ ...request, namespaces: [["odd", "7"]] })).candidates.map(({ key }) => key),
  ).toEqual(["15"]);
  expect((await store.candidates({ ...request, namespaces: [[]] })).candidates.length).toBe(3000);
  await store.close();
});
