import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { terms } from "../../ranking/terms.js";
import { SqliteMemoryStore } from "./sqlite-memory-store.js";

/** Vectors by letters: texts with the same letters are alike. */
const letters = {
  embedDocuments: async (texts: string[]) => texts.map(letterVector),
  embedQuery: async (text: string) => letterVector(text),
};
function letterVector(text: string): number[] {
  const vector = new Array<number>(26).fill(0);
  for (const letter of text.toLowerCase()) {
    const place = letter.charCodeAt(0) - 97;
    if (place >= 0 && place < 26) vector[place]! += 1;
  }
  return vector;
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "store-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("SqliteMemoryStore", () => {
  it("keeps what was put over a restart and finds it by words and by meaning", async () => {
    const path = join(folder, "memory.sqlite");
    const first = await SqliteMemoryStore.open({ path, embeddings: letters });
    await first.batch([
      { namespace: ["life"], key: "1", value: { text: "My mother kept bees behind the barn." } },
      { namespace: ["life"], key: "2", value: { text: "I broke my arm on the ice." } },
      { namespace: ["with", "ann"], key: "3", value: { text: "Ann is afraid of bees." } },
    ]);
    await first.close();
    const second = await SqliteMemoryStore.open({ path, embeddings: letters });
    const found = await second.candidates({
      namespaces: [["life"]],
      terms: terms("bees"),
      vector: letterVector("bees"),
    });
    expect(found.documents).toBe(2);
    expect(found.documentFrequency).toEqual(new Map(terms("bees").map((term) => [term, 1])));
    expect(found.candidates.map(({ key }) => key)).toEqual(["1", "2"]);
    expect((await second.search(["with"], { query: "afraid bees" }))[0]?.key).toBe("3");
    expect(await second.count()).toBe(3);
    await second.close();
    await second.close();
  });

  it("gives its locks back as it is closed, whoever still works under them", async () => {
    const path = join(folder, "memory.sqlite");
    const first = await SqliteMemoryStore.open({ path });
    const release = await first.locks.hold("thread:t");
    await first.close();
    await release();
    await expect(first.locks.hold("thread:t")).rejects.toMatchObject({ code: "store_unavailable" });
    const second = await SqliteMemoryStore.open({ path });
    expect(await second.locks.withLock("thread:t", async () => "free", { waitMs: 0 })).toBe("free");
    await second.close();
  });

  it("may be open twice in one process: a transaction of one waits for that of the other", async () => {
    const path = join(folder, "memory.sqlite");
    const stores = [await SqliteMemoryStore.open({ path }), await SqliteMemoryStore.open({ path })];
    const add = (store: SqliteMemoryStore) =>
      store.transact(async (transaction) => {
        const { n } = (await transaction.get(["sum"], "n"))?.value ?? { n: 0 };
        for (let tick = 0; tick < 50; tick += 1) await Promise.resolve();
        await transaction.put(["sum"], "n", { n: n + 1 });
      });
    const writes = stores.map((store, index) => store.put(["life"], `${index}`, { text: "said" }));
    await Promise.all([...stores, ...stores, ...stores].map(add).concat(writes));
    expect((await stores[0]?.get(["sum"], "n"))?.value).toEqual({ n: 6 });
    expect(await stores[1]?.count([["life"]])).toBe(2);
    for (const store of stores) await store.close();
  });
});
