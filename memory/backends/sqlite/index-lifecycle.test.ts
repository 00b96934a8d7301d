import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { letterEmbeddings } from "../conformance.js";
import { SqliteMemoryStore } from "./sqlite-memory-store.js";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "store-"));
  path = join(folder, "memory.sqlite");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

// A search as wide as the store finds what there is to find, so that the results can be compared exactly.
const open = () => SqliteMemoryStore.open({ path, embeddings: letterEmbeddings, exactBelow: 10, ef: 1000 });
const words = Array.from(
  { length: 300 },
  (_, index) => `${index.toString(36)} ${"abcdefghij"[index % 10]} word ${index}`,
);

async function fill(): Promise<void> {
  const store = await open();
  await store.batch(words.map((text, index) => ({ namespace: ["life"], key: `${index}`, value: { text } })));
  await store.buildIndex();
  await store.close();
}

/** Keys of the nearest, as found by the store and by looking at everything. */
async function bothWays(store: SqliteMemoryStore, question: string): Promise<[string[], string[]]> {
  const exact = await SqliteMemoryStore.open({
    path,
    embeddings: letterEmbeddings,
    exactBelow: Number.POSITIVE_INFINITY,
  });
  const vector = await letterEmbeddings.embedQuery(question);
  const nearest = async (from: SqliteMemoryStore) => {
    const request = { namespaces: [["life"]], terms: [], vector, denseLimit: 10 };
    return (await from.candidates(request)).candidates.map(({ cosine }) => (cosine ?? 0).toFixed(4));
  };
  try {
    return [await nearest(store), await nearest(exact)];
  } finally {
    await exact.close();
  }
}

async function expectRight(store: SqliteMemoryStore): Promise<void> {
  for (const question of ["a word", "j jj", "xyz"]) {
    const [found, exact] = await bothWays(store, question);
    expect(found).toEqual(exact);
  }
}

describe("the HNSW index beside the file", () => {
  it("is saved with what it was made of, and used again", async () => {
    await fill();
    const before = readFileSync(`${path}.hnsw.json`, "utf8");
    expect(JSON.parse(before)).toMatchObject({ format: 1, dimensions: 26, size: 300, dead: [] });
    const store = await open();
    await expectRight(store);
    await store.close();
    expect(readFileSync(`${path}.hnsw.json`, "utf8")).toBe(before);
  });

  const harm: [string, () => void][] = [
    ["deleted", () => rmSync(`${path}.hnsw`)],
    ["without its manifest", () => rmSync(`${path}.hnsw.json`)],
    ["cut short", () => truncateSync(`${path}.hnsw`, 5000)],
    ["with one wrong byte", () => writeFileSync(`${path}.hnsw`, flipped(readFileSync(`${path}.hnsw`)))],
    ["with a manifest that is no JSON", () => writeFileSync(`${path}.hnsw.json`, "{")],
  ];
  it.each(harm)("is made again when it is %s, while searches stay right", async (_name, damage) => {
    await fill();
    damage();
    const store = await open();
    await expectRight(store);
    await store.buildIndex();
    await expectRight(store);
    await store.close();
    expect(JSON.parse(readFileSync(`${path}.hnsw.json`, "utf8"))).toMatchObject({ size: 300 });
    expect(existsSync(`${path}.hnsw`)).toBe(true);
  });

  it("is made in the background where nobody asks for it", async () => {
    await fill();
    rmSync(`${path}.hnsw`);
    const store = await open();
    const { builder } = (store as unknown as { vectors: { builder: { backlog: number } } }).vectors;
    await expect.poll(() => builder.backlog, { timeout: 20_000 }).toBe(0);
    await store.close();
    expect(JSON.parse(readFileSync(`${path}.hnsw.json`, "utf8"))).toMatchObject({ size: 300 });
  });

  it("takes in what was written, changed and deleted without it", async () => {
    await fill();
    copyFileSync(`${path}.hnsw`, `${path}.hnsw.old`);
    const writer = await SqliteMemoryStore.open({ path, embeddings: letterEmbeddings });
    await writer.put(["life"], "new", { text: "jjj word new" });
    await writer.put(["life"], "0", { text: "zzz quite another text" });
    await writer.delete(["life"], "9");
    await writer.close();
    const store = await open();
    await expectRight(store);
    await store.buildIndex();
    await expectRight(store);
    const { candidates } = await store.candidates({
      namespaces: [["life"]],
      terms: [],
      vector: await letterEmbeddings.embedQuery("zzz quite another text"),
      denseLimit: 1,
    });
    expect(candidates[0]?.key).toBe("0");
    await store.close();
  });

  it("takes in another process's writes before a search", async () => {
    await fill();
    const [reader, writer] = [await open(), await open()];
    await expectRight(reader);
    await writer.put(["life"], "new", { text: "xxyyzz" });
    await writer.delete(["life"], "9");
    await expectRight(reader);
    await reader.buildIndex();
    await expectRight(reader);
    await writer.put(["life"], "new", { text: "completely changed", supersededBy: "1" });
    await expectRight(reader);
    await reader.close();
    await writer.close();
  });

  it("is not taken for that of a store brought back from a backup", async () => {
    await fill();
    copyFileSync(path, `${path}.backup`);
    const later = await open();
    await later.put(["life"], "0", { text: "qqq" });
    await later.buildIndex();
    await later.close();
    copyFileSync(`${path}.backup`, path);
    const restored = await open();
    await restored.put(["life"], "1", { text: "vvv" });
    await expectRight(restored);
    await restored.close();
  });

  it("is built anew when most of it is dead", async () => {
    await fill();
    const store = await open();
    await store.batch(
      words.slice(0, 200).map((_, index) => ({ namespace: ["life"], key: `${index}`, value: null })),
    );
    await store.buildIndex();
    await expectRight(store);
    await store.close();
    expect(JSON.parse(readFileSync(`${path}.hnsw.json`, "utf8"))).toMatchObject({ size: 100, dead: [] });
  });
});

describe("a process that died while it saved", () => {
  it("leaves nothing that the next opening does not clear away", async () => {
    await fill();
    const dead = spawnSync(process.execPath, ["--version"]).pid;
    const [half, other] = [`${path}.hnsw.${dead}.part`, `${path}.hnsw.json.${process.pid}.part`];
    for (const file of [half, other]) writeFileSync(file, "half");
    const store = await open();
    expect([existsSync(half), existsSync(other)]).toEqual([false, true]);
    await store.close();
  });
});

describe("purge", () => {
  it("leaves nothing of what was deleted in any file", async () => {
    await fill();
    const store = await open();
    await store.put(["with", "ann"], "secret", { text: "xylophones are confessed", denseText: "zzyzx" });
    await store.buildIndex();
    await store.delete(["with", "ann"], "secret");
    await store.purge();
    const files = readdirSync(folder).filter((name) => !name.endsWith("-shm"));
    for (const name of files) {
      const content = readFileSync(join(folder, name), "latin1");
      for (const trace of ["xylophon", "confess", "zzyzx", '"ann"'])
        expect(content.includes(trace)).toBe(false);
    }
    await expectRight(store);
    await store.buildIndex();
    await store.close();
    expect(JSON.parse(readFileSync(`${path}.hnsw.json`, "utf8"))).toMatchObject({ dead: [] });
  });

  // SQLite's secure_delete leaves bytes where rows were moved between pages: these ways of writing show it.
  it.each([13, 17, 26])("leaves nothing where rows were moved about between pages (%i)", async (seed) => {
    const store = await open();
    let state = seed * 7919;
    const next = (below: number) => {
      state = (state * 48271) % 2147483647;
      return state % below;
    };
    for (let round = 0; round < 120; round++) {
      await store.batch(
        Array.from({ length: 3 }, () => {
          const kind = next(3);
          const key = `k${next(40)}`;
          const words = `${kind === 0 ? "zyzzyva" : "plain"} ${"w".repeat(next(next(3) === 0 ? 6000 : 900))}`;
          return {
            namespace: [kind === 0 ? "gone" : `kept${kind}`],
            key,
            index: false as const,
            value: { words },
          };
        }),
      );
    }
    const gone = await store.search(["gone"], { limit: 10_000 });
    await store.batch(gone.map(({ namespace, key }) => ({ namespace, key, value: null })));
    await store.purge();
    expect(readFileSync(path, "latin1").includes("zyzzyva")).toBe(false);
    await store.close();
  });
});

function flipped(bytes: Buffer): Buffer {
  const middle = bytes.length >> 1;
  bytes[middle] = (bytes[middle] ?? 0) ^ 0xff;
  return bytes;
}
