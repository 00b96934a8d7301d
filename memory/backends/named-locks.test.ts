import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { BruteForceStore } from "./in-memory/brute-force-store.js";
import type { NamedLocks } from "./named-locks.js";
import { SqliteMemoryStore } from "./sqlite/sqlite-memory-store.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lock-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const kinds: Record<string, () => Promise<NamedLocks>> = {
  "of a store without leases": async () => new BruteForceStore().locks,
  "of a store with leases": async () =>
    (await SqliteMemoryStore.open({ path: join(folder, "memory.sqlite") })).locks,
};

describe.each(Object.entries(kinds))("the lock %s", (_, make) => {
  it("lets one work at a time, in the order in which they came", async () => {
    const lock = await make();
    const done: string[] = [];
    const work = (name: string) => async () => {
      done.push(`${name} begins`);
      await new Promise((resolve) => setTimeout(resolve, 5));
      done.push(`${name} ends`);
    };
    await Promise.all(["a", "b", "c"].map((name) => lock.withLock("thread:1", work(name))));
    expect(done).toEqual(["a", "b", "c"].flatMap((name) => [`${name} begins`, `${name} ends`]));
  });

  it("is let go by work that fails, and by `hold` once", async () => {
    const lock = await make();
    await expect(lock.withLock("thread:1", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    const release = await lock.hold("thread:1", { waitMs: 0 });
    await release();
    await release();
    expect(await lock.withLock("thread:1", async () => "mine", { waitMs: 0 })).toBe("mine");
  });

  it("does not hold up work of another name", async () => {
    const lock = await make();
    const release = await lock.hold("thread:1");
    expect(await lock.withLock("thread:2", async () => "mine", { waitMs: 0 })).toBe("mine");
    await release();
  });

  it("tells who waits too long, and stops waiting when asked to", async () => {
    const lock = await make();
    const release = await lock.hold("thread:1");
    await expect(lock.withLock("thread:1", async () => {}, { waitMs: 20 })).rejects.toMatchObject({
      code: "thread_busy",
      fault: "environment",
      details: { name: "thread:1" },
    });
    const writing = await lock.hold("writing");
    const late = lock.withLock("writing", async () => {}, { waitMs: 20 });
    await expect(late).rejects.toMatchObject({
      code: "thread_busy",
      message: expect.not.stringContaining("conversation"),
    });
    await writing();
    const stop = new AbortController();
    const waiting = lock.withLock("thread:1", async () => {}, { signal: stop.signal });
    stop.abort(new Error("enough"));
    await expect(waiting).rejects.toThrow("enough");
    await release();
  });

  it("stays closed to others when one who waited has given up", async () => {
    const lock = await make();
    const release = await lock.hold("thread:1");
    let working = true;
    await expect(lock.withLock("thread:1", async () => {}, { waitMs: 20 })).rejects.toMatchObject({
      code: "thread_busy",
    });
    const next = lock.withLock("thread:1", async () => working);
    await new Promise((resolve) => setTimeout(resolve, 20));
    working = false;
    await release();
    expect(await next).toBe(false);
  });
});
