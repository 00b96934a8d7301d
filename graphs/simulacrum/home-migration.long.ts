import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { memoryFolder } from "../../data/home-folder.js";
import { openInHome, readContents } from "../../dev/doubles/graphs/home-contents.js";
import {
  expected,
  fingerprints,
  memoryFile,
  oldHome,
  people,
  removeOldHome,
  rowsOf,
  unpackOldHome,
} from "../../dev/doubles/graphs/old-home.js";

beforeAll(unpackOldHome);
afterAll(removeOldHome);

describe("a newer home", () => {
  it.each(people)("is refused, and stays as it is: %s", async (id) => {
    const home = oldHome();
    const database = new Database(memoryFile(home, id));
    database.prepare("UPDATE memory_meta SET value = '99' WHERE name = 'schema'").run();
    database.pragma("wal_checkpoint(TRUNCATE)");
    database.close();
    const before = fingerprints(memoryFolder(home, id));
    await expect(openInHome(home, id)).rejects.toMatchObject({
      code: "store_unavailable",
      message: expect.stringMatching(/later version.*format 99.*Upgrade/u),
    });
    expect(fingerprints(memoryFolder(home, id))).toEqual(before);
  });
});

describe("the way from format 1 to format 2", () => {
  const aside = (home: string, id: string) => `${memoryFile(home, id)}.before-v2`;

  it.each(people)("puts a whole copy aside before anything is changed: %s", async (id) => {
    const home = oldHome();
    const whole = rowsOf(memoryFile(oldHome(), id));
    await (await openInHome(home, id)).close();
    // What stood in the write-ahead log alone is in it.
    expect(rowsOf(aside(home, id))).toEqual(whole);
    expect(schemaOf(aside(home, id))).toBe("1");
    expect(Number(schemaOf(memoryFile(home, id)))).toBeGreaterThan(1);
  });

  it.each(people)("is gone once: %s", async (id) => {
    const home = oldHome();
    await (await openInHome(home, id)).close();
    const copy = fingerprints(memoryFolder(home, id))["memory.sqlite.before-v2"];
    const rows = rowsOf(memoryFile(home, id));
    await (await openInHome(home, id)).close();
    const files = fingerprints(memoryFolder(home, id));
    expect(files["memory.sqlite.before-v2"]).toBe(copy);
    expect(Object.keys(files).filter((name) => name.startsWith("memory.sqlite.before-v2"))).toHaveLength(1);
    expect(rowsOf(memoryFile(home, id))).toEqual(rows);
  });

  it.each(people)("leaves a host's own file of the name that checkpoints once had: %s", async (id) => {
    const home = oldHome();
    const own = join(memoryFolder(home, id), "checkpoints.sqlite");
    await (await openInHome(home, id)).close();
    expect(existsSync(own)).toBe(false);
    writeFileSync(own, "a host's");
    writeFileSync(`${own}.damaged-1`, "what format 1 put aside");
    const person = await openInHome(home, id);
    await person.forget("ben");
    await person.close();
    await (await openInHome(home, id)).close();
    expect(readFileSync(own, "utf8")).toBe("a host's");
    expect(Object.keys(fingerprints(memoryFolder(home, id))).join()).not.toMatch(/before-v|damaged/u);
  });

  it("replaces the half copy of a process that was killed over it", async () => {
    const [id = ""] = people;
    const home = oldHome();
    writeFileSync(aside(home, id), readFileSync(memoryFile(home, id)).subarray(0, 5_000));
    expect(await readContents(home, id)).toEqual(expected.characters[id]);
    expect(rowsOf(aside(home, id))).toEqual(rowsOf(memoryFile(oldHome(), id)));
  });

  it.each(people)("is gone wholly or not at all: %s", async (id) => {
    const home = oldHome();
    const file = memoryFile(home, id);
    const change = (sql: string) => {
      const database = new Database(file);
      database.exec(sql);
      database.close();
    };
    const cutShort = (on: string) =>
      `CREATE TRIGGER cut_short_${on} BEFORE ${on} ON memory_meta WHEN NEW.name = 'schema' BEGIN SELECT RAISE(ABORT, 'cut short'); END;`;
    change(cutShort("INSERT") + cutShort("UPDATE"));
    const before = rowsOf(file);
    await expect(openInHome(home, id)).rejects.toThrow();
    expect(rowsOf(file)).toEqual(before);
    expect(schemaOf(file)).toBe("1");
    change("DROP TRIGGER cut_short_INSERT; DROP TRIGGER cut_short_UPDATE;");
    expect(await readContents(home, id)).toEqual(expected.characters[id]);
  });

  it("costs no conversation its words where the checkpoint of another cannot be read", async () => {
    const [id = ""] = people;
    const home = oldHome();
    const database = new Database(join(memoryFolder(home, id), "checkpoints.sqlite"));
    database
      .prepare(
        "INSERT INTO checkpoints(thread_id, checkpoint_ns, checkpoint_id, checkpoint) VALUES ('odd', '', '0', 'text')",
      )
      .run();
    database.close();
    expect(await readContents(home, id)).toEqual(expected.characters[id]);
  });

  it("keeps words that wait under the id of others that were answered: a host has edited them", async () => {
    const [id = ""] = people;
    const { threads = {} } = expected.characters[id] ?? {};
    const [thread, { unanswered } = { unanswered: [] }] =
      Object.entries(threads).find(
        ([
          ,
          {
            turns,
            unanswered: [waiting],
          },
        ]) => turns[0] && waiting?.id,
      ) ?? [];
    const home = oldHome();
    const database = new Database(memoryFile(home, id));
    const { changes } = database
      .prepare(
        "UPDATE memory_records SET value = json_set(value, '$.stimulus[0].id', ?) WHERE value ->> 'thread' = ? AND value ->> 'turn' = 1",
      )
      .run(unanswered[0]?.id, thread);
    database.close();
    expect(changes).toBe(1);
    expect((await readContents(home, id)).threads[thread ?? ""]?.unanswered).toEqual(unanswered);
  });

  it("waits where the checkpoints are held by another", async () => {
    const [id = ""] = people;
    const home = oldHome();
    const held = new Database(join(memoryFolder(home, id), "checkpoints.sqlite"));
    held.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
    await expect(openInHome(home, id)).rejects.toMatchObject({ code: "store_busy" });
    expect(schemaOf(memoryFile(home, id))).toBe("1");
    held.close();
    expect(await readContents(home, id)).toEqual(expected.characters[id]);
  });

  it("is gone by one of two that open it at once, and both find everything", async () => {
    const [id = ""] = people;
    const home = oldHome();
    const both = await Promise.all([openInHome(home, id), openInHome(home, id)]);
    for (const person of both) await person.close();
    expect(await readContents(home, id)).toEqual(expected.characters[id]);
  });

  const schemaOf = (file: string): unknown => {
    const database = new Database(file, { readonly: true });
    const found = database.prepare("SELECT value FROM memory_meta WHERE name = 'schema'").pluck().get();
    database.close();
    return found;
  };
});
