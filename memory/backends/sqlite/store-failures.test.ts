import { createHash } from "node:crypto";
import {
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { terms } from "../../ranking/terms.js";
import { letterEmbeddings } from "../conformance.js";
import { leaseHolder, takeLease } from "./lease.js";
import { openDatabase } from "./schema.js";
import { SqliteMemoryStore } from "./sqlite-memory-store.js";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "store-"));
  path = join(folder, "memory.sqlite");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = () => SqliteMemoryStore.open({ path, embeddings: letterEmbeddings });
const digest = () => createHash("sha256").update(readFileSync(path)).digest("hex");

async function fill(count = 200): Promise<void> {
  const store = await open();
  await store.batch(
    Array.from({ length: count }, (_, index) => ({
      namespace: ["life"],
      key: `${index}`,
      value: { text: `memory number ${index} ${"of many words ".repeat(20)}` },
    })),
  );
  await store.close();
}

describe("a damaged file", () => {
  it("that is no database is named, and left as it is", async () => {
    writeFileSync(path, "This is not a database, but somebody's diary.".repeat(200));
    const before = digest();
    await expect(open()).rejects.toMatchObject({
      code: "store_damaged",
      message: expect.stringContaining(path),
    });
    expect(digest()).toBe(before);
  });

  it.each([0, 1, 4, 20])("with page %i overwritten is named, and left as it is", async (page) => {
    await fill();
    const file = openSync(path, "r+");
    writeSync(file, Buffer.alloc(4096, 0x5a), 0, 4096, page * 4096);
    const before = digest();
    const used = async () => {
      const store = await open();
      try {
        await store.candidates({ namespaces: [["life"]], terms: terms("memory"), lexicalLimit: 1000 });
        await store.search([], { limit: 1000 });
        await store.count();
      } finally {
        await store.close();
      }
    };
    await expect(used()).rejects.toMatchObject({ code: "store_damaged" });
    expect(digest()).toBe(before);
  });

  it("cut in half is named, and left as it is", async () => {
    await fill();
    truncateSync(path, Math.floor(statSync(path).size / 2));
    const before = digest();
    await expect(open().then((store) => store.search([], { limit: 1000 }))).rejects.toMatchObject({
      code: "store_damaged",
    });
    expect(digest()).toBe(before);
  });

  it("of which only the text index broke is corrected", async () => {
    await fill();
    const database = new Database(path);
    database.unsafeMode();
    database.exec("DELETE FROM memory_words_data WHERE id > 10");
    database.close();
    const store = await open();
    const set = await store.candidates({
      namespaces: [["life"]],
      terms: terms("memory 7"),
      lexicalLimit: 1000,
    });
    expect(set.candidates.length).toBe(200);
    await store.close();
  });

  it("in a folder that is not there, or of a later version, says so", async () => {
    const nowhere = SqliteMemoryStore.open({ path: join(folder, "missing", "memory.sqlite") });
    await expect(nowhere).rejects.toMatchObject({ code: "store_unavailable" });
    await fill(1);
    const database = new Database(path);
    database.prepare("UPDATE memory_meta SET value = '999' WHERE name = 'schema'").run();
    database.close();
    await expect(open()).rejects.toMatchObject({
      code: "store_unavailable",
      message: expect.stringContaining("later"),
    });
  });
});

describe("a disk without room", () => {
  it("takes the batch back, keeps what was there, and works again when there is room", async () => {
    await fill(50);
    const store = await open();
    const database = connectionOf(store);
    database.pragma(`max_page_count = ${(database.pragma("page_count", { simple: true }) as number) + 4}`);
    const large = Array.from({ length: 500 }, (_, index) => ({
      namespace: ["life"],
      key: `large ${index}`,
      value: { text: `another ${index} ${"long text ".repeat(100)}` },
    }));
    await expect(store.batch(large)).rejects.toMatchObject({ code: "store_full" });
    expect(await store.count()).toBe(50);
    const found = await store.candidates({ namespaces: [["life"]], terms: terms("another") });
    expect([found.documents, found.candidates.length, found.documentFrequency.get("anoth") ?? 0]).toEqual([
      50, 0, 0,
    ]);
    database.pragma("max_page_count = 100000");
    await store.batch(large);
    expect(await store.count()).toBe(550);
    expect((await store.candidates({ namespaces: [["life"]], terms: ["anoth"] })).documents).toBe(550);
    await store.close();
  });
});

describe("a lease on a disk without room", () => {
  it("ends without an error, and its row goes when there is room", async () => {
    await fill(1);
    const connection = await openDatabase(path);
    const lease = await takeLease(connection, "thread", { holder: "one" });
    const { database } = connection;
    // Every write to the table fails as on a full disk.
    database.exec(
      "CREATE TEMP TRIGGER full BEFORE DELETE ON main.memory_leases BEGIN SELECT RAISE(FAIL, 'full'); END",
    );
    await lease?.release();
    expect(leaseHolder(connection, "thread")).toBe("one");
    database.exec("DROP TRIGGER full");
    await expect.poll(() => leaseHolder(connection, "thread")).toBeNull();
    database.close();
  });
});

describe("a busy file", () => {
  it("is waited for, then named", async () => {
    await fill(1);
    const store = await open();
    connectionOf(store).pragma("busy_timeout = 50");
    const other = new Database(path);
    other.exec("BEGIN IMMEDIATE");
    await expect(store.put(["life"], "a", { text: "late" })).rejects.toMatchObject({ code: "store_busy" });
    other.exec("ROLLBACK");
    other.close();
    await store.put(["life"], "a", { text: "late" });
    await store.close();
    await expect(store.get(["life"], "a")).rejects.toMatchObject({ code: "store_unavailable" });
  });
});

describe("another version of the normaliser", () => {
  it("indexes the records again", async () => {
    await fill(20);
    const database = new Database(path);
    database.exec(
      "UPDATE memory_records SET terms = 'xyzzy'; UPDATE memory_meta SET value = '0' WHERE name = 'terms_version'",
    );
    database.close();
    const store = await open();
    const { candidates, documentFrequency } = await store.candidates({
      namespaces: [["life"]],
      terms: terms("memory"),
    });
    expect(candidates.length).toBe(20);
    expect([...documentFrequency.values()]).toEqual([20]);
    expect(candidates[0]?.terms.slice(0, 2)).toEqual(terms("memory number"));
    await store.close();
  });
});

/** The store's own connection, to make it fail. */
function connectionOf(store: SqliteMemoryStore): Database.Database {
  return (store as unknown as { connection: { database: Database.Database } }).connection.database;
}
