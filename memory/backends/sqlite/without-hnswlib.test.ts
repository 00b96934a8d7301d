import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

// Where hnswlib-node cannot be loaded: in a process of its own, in which nothing finds it.

const folder = mkdtempSync(join(tmpdir(), "without-hnswlib-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const module = (name: string) => JSON.stringify(new URL(name, import.meta.url).href);

/** What a program prints; it fails where the program does, or where it warns. */
function printed(program: string): unknown {
  const [block, file] = [join(folder, "block.cjs"), join(folder, "program.mts")];
  writeFileSync(
    block,
    `const Module = require("node:module");
     const resolve = Module._resolveFilename;
     Module._resolveFilename = function (name, ...rest) {
       if (name === "hnswlib-node") throw Object.assign(new Error("Cannot find module 'hnswlib-node'"), { code: "MODULE_NOT_FOUND" });
       return resolve.call(this, name, ...rest);
     };`,
  );
  writeFileSync(file, program);
  const run = spawnSync(
    process.execPath,
    ["--require", block, "--import", import.meta.resolve("tsx"), file],
    {
      encoding: "utf8",
      cwd: folder,
    },
  );
  expect([run.status, run.stderr]).toEqual([0, ""]);
  return JSON.parse(run.stdout);
}

describe("without hnswlib-node", () => {
  it("the store passes conformance, and recalls by comparing all vectors", { timeout: 120_000 }, () => {
    const result = printed(`
      import assert from "node:assert/strict";
      import { letterEmbeddings, storeConformance } from ${module("../conformance.ts")};
      import { hnswLibrary } from ${module("./hnsw-library.ts")};
      import { SqliteMemoryStore } from ${module("./sqlite-memory-store.ts")};
      const tests: [string, () => Promise<void>][] = [];
      const refuse = () => assert.fail("expected otherwise");
      const expect = (actual: unknown) => ({
        toBe: (expected: unknown) => assert.ok(Object.is(actual, expected)),
        toEqual: (expected: unknown) => assert.deepEqual(actual, expected),
        toBeCloseTo: (expected: number, digits = 2) => assert.ok(Math.abs(Number(actual) - expected) < 10 ** -digits),
        not: {
          toBe: (expected: unknown) => assert.ok(!Object.is(actual, expected)),
          toContain: (expected: unknown) => assert.ok(!(actual as unknown[]).includes(expected)),
        },
        rejects: {
          toMatchObject: async (expected: Record<string, unknown>) => {
            const error: unknown = await (actual as Promise<unknown>).then(refuse, (thrown: unknown) => thrown);
            for (const [name, value] of Object.entries(expected)) assert.deepEqual(Reflect.get(Object(error), name), value);
          },
        },
      });
      const it = (name: string, test: () => Promise<void>) => void tests.push([name, test]);
      const open = (options: object) => SqliteMemoryStore.open({ path: ":memory:", exactBelow: 0, ...options });
      storeConformance("", open, { describe: (_, suite) => suite(), it, expect });
      const failed: string[] = [];
      for (const [name, test] of tests) await test().catch((error) => failed.push(name + ": " + error));

      const path = ${JSON.stringify(join(folder, "memory.sqlite"))};
      const store = await SqliteMemoryStore.open({ path, embeddings: letterEmbeddings, exactBelow: 10 });
      await store.batch(Array.from({ length: 100 }, (_, n) => ({
        namespace: ["life"], key: String(n), value: { text: "abcdefghij"[n % 10] + " word " + n.toString(36) },
      })));
      await store.put(["life"], "needle", { text: "zzz xxx" });
      await store.buildIndex();
      const [found] = await store.search(["life"], { query: "zzz xxx", limit: 1 });
      await store.delete(["life"], "0");
      await store.purge();
      await store.close();
      const again = await SqliteMemoryStore.open({ path, embeddings: letterEmbeddings, exactBelow: 10 });
      const count = await again.count();
      await again.close();
      console.log(JSON.stringify({ library: hnswLibrary(), tests: tests.length > 30, failed, found: found?.key, count }));`);
    expect(result).toEqual({ library: null, tests: true, failed: [], found: "needle", count: 100 });
    expect(existsSync(join(folder, "memory.sqlite.hnsw"))).toBe(false);
  });

  it("the method rag names what is missing", { timeout: 60_000 }, () => {
    const result = printed(`
      import { openPassageIndex } from ${module("../../passage-index.ts")};
      import { letterEmbeddings } from ${module("../conformance.ts")};
      const options = { story: "A story.", embeddings: letterEmbeddings, embeddingModel: "letters" };
      const { code, message } = await openPassageIndex(options).catch((error) => error);
      console.log(JSON.stringify({ code, message }));`);
    expect(result).toEqual({
      code: "missing_package",
      message: expect.stringContaining("npm install hnswlib-node"),
    });
  });
});
