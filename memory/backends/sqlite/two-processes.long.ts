import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { terms } from "../../ranking/terms.js";
import { letterEmbeddings } from "../conformance.js";
import { leaseHolder, takeLease } from "./lease.js";
import { openDatabase } from "./schema.js";
import { SqliteMemoryStore } from "./sqlite-memory-store.js";

let folder: string;
let path: string;
const children: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "store-"));
  path = join(folder, "memory.sqlite");
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

const open = () => SqliteMemoryStore.open({ path, embeddings: letterEmbeddings });

/** Runs lines of a program with an open `store` in a process of its own. */
function run(program: string): ChildProcess {
  const module = (name: string) => JSON.stringify(new URL(name, import.meta.url).href);
  const file = join(folder, `child-${children.length}.mts`);
  writeFileSync(
    file,
    `import { letterEmbeddings } from ${module("../conformance.ts")};
     import { SqliteMemoryStore } from ${module("./sqlite-memory-store.ts")};
     import { takeLease } from ${module("./lease.ts")};
     import { openDatabase } from ${module("./schema.ts")};
     const path = ${JSON.stringify(path)};
     const store = await SqliteMemoryStore.open({ path, embeddings: letterEmbeddings });
     const say = (text: string) => process.stdout.write(text + "\\n");
     ${program}`,
  );
  const child = spawn(process.execPath, ["--import", import.meta.resolve("tsx"), file], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  return child;
}

async function lineOf(child: ChildProcess): Promise<string> {
  const [line] = await once(createInterface({ input: child.stdout! }), "line");
  return line as string;
}

describe("two processes on one file", () => {
  it("write at once, and nothing is lost or counted wrong", { timeout: 60_000 }, async () => {
    const writing = (name: string) => `
      for (let n = 0; n < 60; n += 1) {
        await store.put(["life"], "${name}" + n, { text: "${name} memory " + n, conversation: "c", position: n });
        await store.transact(async (t) => {
          const before = ((await t.get(["sum"], "n"))?.value.n ?? 0) as number;
          await t.put(["sum"], "n", { n: before + 1 });
        });
      }
      await store.close();`;
    const reader = await open();
    const both = [run(writing("left")), run(writing("right"))];
    const codes = await Promise.all(
      both.map((child) => once(child, "exit").then(([code]) => code as number)),
    );
    expect(codes).toEqual([0, 0]);
    expect((await reader.get(["sum"], "n"))?.value).toEqual({ n: 120 });
    const asked = terms("left right memory");
    const set = await reader.candidates({
      namespaces: [["life"]],
      terms: asked,
      vector: await letterEmbeddings.embedQuery("left"),
      denseLimit: 1000,
    });
    expect(set.candidates.length).toBe(120);
    expect(set.candidates.every(({ cosine }) => cosine !== undefined)).toBe(true);
    expect(asked.map((term) => set.documentFrequency.get(term))).toEqual([60, 60, 120]);
    expect(set.documents).toBe(120);
    await reader.close();
  });

  it("killed while writing, no acknowledged record is lost", { timeout: 120_000 }, async () => {
    const acknowledged = new Set<string>();
    for (let round = 0; round < 3; round += 1) {
      const log = join(folder, `log-${round}`);
      const child = run(`
        const { appendFileSync } = await import("node:fs");
        say("ready");
        for (let n = 0; ; n += 1) {
          await store.batch([
            { namespace: ["life"], key: "${round}-" + n, value: { text: "record ${round} " + n } },
            { namespace: ["twin"], key: "${round}-" + n, value: { text: "twin" } },
          ]);
          appendFileSync(${JSON.stringify(log)}, "${round}-" + n + "\\n");
        }`);
      await lineOf(child);
      await new Promise((resolve) => setTimeout(resolve, 60 + round * 74));
      child.kill("SIGKILL");
      await once(child, "exit");
      for (const key of readFileSync(log, "utf8").split("\n").filter(Boolean)) acknowledged.add(key);
    }
    const store = await open();
    expect(acknowledged.size).toBeGreaterThan(10);
    for (const key of acknowledged) expect(await store.get(["life"], key)).not.toBeNull();
    // Each batch is there as a whole or not at all, and every index agrees with the records.
    const lives = await store.count([["life"]]);
    expect(await store.count([["twin"]])).toBe(lives);
    const set = await store.candidates({
      namespaces: [["life"]],
      terms: terms("record"),
      vector: await letterEmbeddings.embedQuery("record"),
      lexicalLimit: 100_000,
      denseLimit: 100_000,
    });
    expect([set.documents, set.candidates.length, set.documentFrequency.get("record")]).toEqual([
      lives,
      lives,
      lives,
    ]);
    await store.close();
  });
});

describe("embedding anew", () => {
  it("killed halfway, is refused or continued, never mixed", { timeout: 60_000 }, async () => {
    const first = await open();
    await first.batch(
      Array.from({ length: 640 }, (_, index) => ({
        namespace: ["life"],
        key: `${index}`,
        value: { text: `text ${index}` },
      })),
    );
    await first.close();
    const child = run(`
      await store.close();
      await SqliteMemoryStore.open({
        path: ${JSON.stringify(path)}, reembed: true, embeddingModel: "pairs",
        onProgress: (done) => { if (done === 256) say("halfway"); },
        embeddings: {
          embedDocuments: async (texts: string[]) => {
            await new Promise((resolve) => setTimeout(resolve, 100));
            return texts.map((text) => [text.length, 1]);
          },
          embedQuery: async () => [1, 1],
        },
      });`);
    expect(await lineOf(child)).toBe("halfway");
    child.kill("SIGKILL");
    await once(child, "exit");

    let embedded = 0;
    const pairs = {
      embedDocuments: async (texts: string[]) => {
        embedded += texts.length;
        return texts.map((text) => [text.length, 1]);
      },
      embedQuery: async () => [1, 1],
    };
    const other = { path, embeddings: pairs, embeddingModel: "pairs" };
    await expect(SqliteMemoryStore.open(other)).rejects.toMatchObject({ code: "embedding_mismatch" });
    const old = await open();
    expect((await old.search(["life"], { query: "text 7", limit: 1 }))[0]?.score).toBeCloseTo(1, 5);
    await old.close();
    const store = await SqliteMemoryStore.open({ ...other, reembed: true });
    expect(embedded).toBeLessThanOrEqual(640 - 256);
    const set = await store.candidates({ namespaces: [[]], terms: [], vector: [1, 1], denseLimit: 1000 });
    expect(set.candidates.length).toBe(640);
    await store.close();
  });
});

describe("a lease", () => {
  it("belongs to one process, and passes on when it is released", { timeout: 60_000 }, async () => {
    const child = run(`
      const lease = await takeLease(await openDatabase(path), "thread a", { holder: "child", ttlMs: 2000 });
      say("held " + (lease !== null));
      await new Promise((resolve) => setTimeout(resolve, 700));
      await lease?.release();
      say("released");
      setInterval(() => {}, 1000);`);
    expect(await lineOf(child)).toBe("held true");
    const connection = await openDatabase(path);
    expect(await takeLease(connection, "thread a", { holder: "parent" })).toBeNull();
    expect(leaseHolder(connection, "thread a")).toBe("child");
    expect(await takeLease(connection, "thread b", { holder: "parent" })).not.toBeNull();
    const lease = await takeLease(connection, "thread a", { holder: "parent", waitMs: 10_000 });
    expect(leaseHolder(connection, "thread a")).toBe("parent");
    lease?.release();
    lease?.release();
    expect(leaseHolder(connection, "thread a")).toBeNull();
    connection.database.close();
  });

  it("of a killed process is free at once", { timeout: 60_000 }, async () => {
    const child = run(`
      await takeLease(await openDatabase(path), "thread", { holder: "child", ttlMs: 600_000 });
      say("held");
      setInterval(() => {}, 1000);`);
    await lineOf(child);
    const connection = await openDatabase(path);
    expect(await takeLease(connection, "thread", { holder: "parent" })).toBeNull();
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(await takeLease(connection, "thread", { holder: "parent" })).not.toBeNull();
    connection.database.close();
  });

  it("is renewed while it is held, and its waiting can be cancelled", async () => {
    const connection = await openDatabase(path);
    await takeLease(connection, "thread", { holder: "one", ttlMs: 150 });
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(leaseHolder(connection, "thread")).toBe("one");
    const stop = new AbortController();
    const waiting = takeLease(connection, "thread", { holder: "two", waitMs: 60_000, signal: stop.signal });
    stop.abort();
    await expect(waiting).rejects.toMatchObject({ code: "cancelled" });
    connection.database.close();
  });

  it.each([365, -1])(
    "outlasts a clock that is set by %i days, and ends in time all the same",
    async (days) => {
      const [holder, waiter] = [await openDatabase(path), await openDatabase(path)];
      const lease = await takeLease(holder, "thread", { holder: "one" });
      try {
        vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + days * 86_400_000 });
        expect(leaseHolder(holder, "thread")).toBe("one");
        const start = performance.now();
        expect(await takeLease(waiter, "thread", { holder: "two", waitMs: 100 })).toBeNull();
        expect(performance.now() - start).toBeGreaterThan(90);
        lease?.release();
        await takeLease(waiter, "thread", { holder: "two", waitMs: 100 });
        vi.useRealTimers();
        expect(leaseHolder(holder, "thread")).toBe("two");
      } finally {
        vi.useRealTimers();
        holder.database.close();
        waiter.database.close();
      }
    },
  );
});
