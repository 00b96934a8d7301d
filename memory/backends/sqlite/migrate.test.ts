import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Migration } from "./migrate.js";
import { openDatabase } from "./schema.js";
import { SqliteMemoryStore } from "./sqlite-memory-store.js";

let folder: string;
let path: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "store-"));
  path = join(folder, "memory.sqlite");
  const old = await SqliteMemoryStore.open({ path });
  await old.put(["life"], "a", { text: "said in the old format" });
  await old.close();
  const database = new Database(path);
  database.exec("UPDATE memory_meta SET value = '1' WHERE name = 'schema'");
  database.close();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const value = (file: string) => {
  const database = new Database(file, { readonly: true });
  try {
    return [
      database.prepare("SELECT value FROM memory_records").pluck().get(),
      database.prepare("SELECT value FROM memory_meta WHERE name = 'schema'").pluck().get(),
    ];
  } finally {
    database.close();
  }
};
const rewrite = (to: number, text: string): Migration => ({
  to,
  run: (connection) => connection.sql("UPDATE memory_records SET value = value || ?").run(` ${text}`),
});
const before = ['{"text":"said in the old format"}', "1"];

describe("a file of an earlier format", () => {
  it("goes through the steps in one transaction, after a copy was put aside", async () => {
    let copied: unknown;
    const third: Migration = {
      to: 3,
      run: (connection) => {
        copied = value(`${path}.before-v3`);
        rewrite(3, "three").run(connection);
      },
    };
    const steps = [rewrite(2, "two"), third];
    (await openDatabase(path, steps)).database.close();
    expect(copied).toEqual(before);
    expect(value(path)).toEqual([`${before[0]} two three`, "3"]);
    (await openDatabase(path, steps)).database.close();
    expect(value(path)).toEqual([`${before[0]} two three`, "3"]);
    expect(readdirSync(folder).filter((name) => name.includes(".before"))).toEqual([
      "memory.sqlite.before-v3",
    ]);
    await expect(openDatabase(path, [rewrite(2, "two")])).rejects.toMatchObject({
      code: "store_unavailable",
      message: expect.stringContaining("later version"),
    });
  });

  it("stays as it was where a step fails", async () => {
    const broken: Migration = {
      to: 3,
      run: () => {
        throw new Error("stop");
      },
    };
    await expect(openDatabase(path, [rewrite(2, "two"), broken])).rejects.toThrow("stop");
    expect(value(path)).toEqual(before);
    const store = await SqliteMemoryStore.open({ path });
    await store.delete(["life"], "a");
    await store.purge();
    await store.close();
    expect(existsSync(`${path}.before-v3`)).toBe(false);
  });

  it("is migrated once where several open it at the same time", async () => {
    const steps = [rewrite(2, "two")];
    const opened = await Promise.all([1, 2, 3].map(() => openDatabase(path, steps)));
    for (const { database } of opened) database.close();
    expect([value(path), value(`${path}.before-v2`)]).toEqual([[`${before[0]} two`, "2"], before]);
  });
});

it("a new file is made in the present format, without steps", async () => {
  const fresh = join(folder, "fresh.sqlite");
  const steps = [rewrite(2, "two")];
  (await openDatabase(fresh, steps)).database.close();
  (await openDatabase(fresh, steps)).database.close();
  expect(readdirSync(folder).sort()).toEqual(["fresh.sqlite", "memory.sqlite"]);
});
