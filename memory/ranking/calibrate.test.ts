import { describe, expect, it } from "vitest";
import { LexicalEmbeddings } from "../../models/lexical-embeddings.js";
import { SqliteMemoryStore } from "../backends/sqlite/sqlite-memory-store.js";
import { calibrateThreshold } from "./calibrate.js";
import { rank } from "./rank.js";

const embeddings = new LexicalEmbeddings();
const self = { name: "Ann" };
const namespaces = [["life"]];
const places = [
  "mill",
  "harbour",
  "school",
  "station",
  "market",
  "chapel",
  "orchard",
  "quarry",
  "bakery",
  "forest",
];
const people = ["grandmother", "teacher", "brother", "neighbour", "doctor"];

async function storeOf(texts: readonly string[]): Promise<SqliteMemoryStore> {
  const store = await SqliteMemoryStore.open({ path: ":memory:", embeddings });
  await store.batch(
    texts.map((text, index) => ({ namespace: ["life"], key: String(index), value: { text } })),
  );
  return store;
}
const lives = places.flatMap((place) =>
  people.map(
    (person) =>
      `My ${person} took me to the ${place} that winter and told me to be patient. I never forgot it.`,
  ),
);

describe("calibrateThreshold", () => {
  it("lies in its bounds, is the same every time, and tells own questions from foreign ones", async () => {
    const store = await storeOf(lives);
    const request = { store, embeddings, namespaces, self };
    const threshold = (await calibrateThreshold(request)) ?? Number.NaN;
    expect(threshold).toBeGreaterThanOrEqual(0.34);
    expect(threshold).toBeLessThanOrEqual(0.5);
    expect(await calibrateThreshold(request)).toBe(threshold);
    const relevant = async (query: string) =>
      !(await rank({ ...request, queries: [query], now: new Date(0), k: 1, threshold })).nothingRelevant;
    expect(await relevant("What did your teacher tell you at the quarry?")).toBe(true);
    expect(await relevant("Which enzyme unwinds the double helix?")).toBe(false);
    await store.close();
  });

  it("gives the default for an empty store", async () => {
    const store = await storeOf([]);
    expect(await calibrateThreshold({ store, namespaces, self })).toBe(0.38);
    await store.close();
  });

  it("works by words alone and on other languages", async () => {
    const store = await storeOf([
      "子供の頃、祖母と海で貝を集めました。",
      "。。。",
      "大学では数学を勉強しました。",
    ]);
    expect(await calibrateThreshold({ store, namespaces, self })).toBeGreaterThanOrEqual(0.3);
    await store.close();
  });
});
