import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { collected } from "./ledger.js";
import { ledgerConformance, sampleForTests as sampleOf } from "./ledger-conformance.js";
import { SqliteLedger } from "./sqlite-ledger.js";

const shared = mkdtempSync(join(tmpdir(), "ledgers-"));
afterAll(() => rmSync(shared, { recursive: true }));
ledgerConformance("SQLite", (which) => SqliteLedger.open(join(shared, `${which}.sqlite`)), {
  describe,
  it,
  expect,
});

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ledger-"));
  path = join(folder, "ledger.sqlite");
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("a ledger file", () => {
  it("takes what arrives together in one write", async () => {
    const ledger = await SqliteLedger.open(path);
    const samples = Array.from({ length: 20 }, (_, at) =>
      sampleOf({ key: `s1/${String(at).padStart(2, "0")}` }),
    );
    const reader = await SqliteLedger.open(path);
    const kept = samples.map(async (sample) => {
      await ledger.record(sample);
      return (await reader.counts()).answered;
    });
    expect(await Promise.all(kept)).toEqual(Array(20).fill(20));
    const twice = Promise.all([ledger.record(sampleOf()), ledger.record(sampleOf())]);
    await expect(twice).rejects.toThrow(/UNIQUE/u);
    await ledger.record(sampleOf());
    expect(await collected(reader.samples())).toEqual([sampleOf(), ...samples]);
    await reader.close();
    await ledger.close();
  });

  it("of another layout is refused and left as it is", async () => {
    await (await SqliteLedger.open(path)).close();
    const database = new Database(path);
    database.pragma("user_version = 99");
    database.close();
    await expect(SqliteLedger.open(path)).rejects.toThrow(/another version of this program \(layout 99/u);
    expect(new Database(path).pragma("user_version", { simple: true })).toBe(99);
  });

  it("that is damaged is refused with what to do", async () => {
    writeFileSync(path, "this is no database, and never was one, whatever its name may say about it");
    await expect(SqliteLedger.open(path)).rejects.toThrow(/is damaged and cannot be read/u);
    expect(readFileSync(path, "utf8")).toContain("never was one");
  });

  it("that must be there and is not, or whose folder cannot be made, is refused with what to do", async () => {
    await expect(SqliteLedger.open(path, { existing: true })).rejects.toThrow(/There is no run in/u);
    writeFileSync(join(folder, "file"), "");
    const inFile = SqliteLedger.open(join(folder, "file", "ledger.sqlite"));
    await expect(inFile).rejects.toThrow(/cannot be opened for writing/u);
  });
});

describe("a ledger of layout 1, as it was first written", () => {
  it("is read", async () => {
    const database = new Database(path);
    database.exec(
      readFileSync(new URL("../../dev/doubles/evals/ledger-layout-1.sql", import.meta.url), "utf8"),
    );
    database.close();
    const ledger = await SqliteLedger.open(path);
    expect(await collected(ledger.samples())).toEqual([
      sampleOf(),
      sampleOf({
        key: "s2/0",
        session: "s2",
        status: "error",
        reason: "server down",
        mind: null,
        promptHash: null,
      }),
    ]);
    expect(await ledger.superseded()).toEqual([
      { key: "s2/0", status: "error", usage: sampleOf().usage, cachedCalls: 2 },
    ]);
    await ledger.record(sampleOf({ key: "s3/0", session: "s3" }));
    await ledger.close();
  });
});

it("a ledger damaged inside is told as such, and by its own name", async () => {
  const ledger = await SqliteLedger.open(path);
  for (let at = 0; at < 200; at++) await ledger.record(sampleOf({ key: `s${at}/0`, session: `s${at}` }));
  await ledger.close();
  const bytes = readFileSync(path);
  writeFileSync(path, Buffer.concat([bytes.subarray(0, 4096 * 4), Buffer.alloc(bytes.length - 4096 * 4, 7)]));
  const damaged = await SqliteLedger.open(path);
  const said = /The ledger .* is damaged and cannot be read\. Keep a copy/u;
  await expect(damaged.settled()).rejects.toThrow(said);
  await expect(collected(damaged.samples())).rejects.toThrow(said);
  await damaged.close();
});
