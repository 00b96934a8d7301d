import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Sample } from "./contract.js";
import { Ledger } from "./ledger.js";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ledger-"));
  path = join(folder, "ledger.sqlite");
});
afterEach(() => rmSync(folder, { recursive: true }));

const sampleOf = (changes: Partial<Sample> = {}): Sample => ({
  key: "s1/0",
  session: "s1",
  instrument: "sums",
  character: "anna",
  condition: { method: "macm", model: "openai:stub", framing: "friend", arm: "group" },
  item: "1",
  position: 0,
  repeat: 1,
  status: "answered",
  reason: null,
  question: "What is 1 and 1?",
  reply: "2 — « 二 »",
  answer: { sum: 2 },
  shown: "2",
  keyShown: "2",
  data: { sum: 2 },
  scores: { right: 1 },
  mind: { thought: "Easy.", feeling: { text: "Calm.", valence: 0.1, arousal: 0.2 } },
  promptHash: "abc",
  usage: { voice: { calls: 1, inputTokens: 10, outputTokens: 2, reasks: 1 } },
  cachedCalls: 0,
  latencyMs: 12.5,
  degraded: ["thinking"],
  at: "2026-01-01T00:00:00.000Z",
  ...changes,
});

describe("a ledger", () => {
  it("gives every sample back as it was, in the order of keys, and the minds only when asked", () => {
    const first = sampleOf();
    const second = sampleOf({
      key: "s1/1",
      position: 1,
      mind: null,
      scores: null,
      status: "refused",
      promptHash: null,
    });
    const ledger = new Ledger(path);
    ledger.record(second);
    ledger.record(first);
    ledger.close();
    const again = new Ledger(path);
    expect([...again.samples()]).toEqual([first, second]);
    expect([...again.samples({ mind: false })]).toEqual([{ ...first, mind: null }, second]);
    again.close();
  });

  it("keeps what arrives together in one write, and tells each when it is on disk", async () => {
    const ledger = new Ledger(path);
    const samples = Array.from({ length: 20 }, (_, at) =>
      sampleOf({ key: `s1/${String(at).padStart(2, "0")}` }),
    );
    const reader = new Ledger(path);
    const kept = samples.map((sample) => ledger.keep(sample).then(() => reader.counts().answered));
    expect(await Promise.all(kept)).toEqual(Array(20).fill(20));
    await expect(Promise.all([ledger.keep(sampleOf()), ledger.keep(sampleOf())])).rejects.toThrow(/UNIQUE/u);
    await ledger.keep(sampleOf());
    expect([...reader.samples()]).toEqual([sampleOf(), ...samples]);
    reader.close();
    ledger.close();
  });

  it("refuses a sample that is there already", () => {
    const ledger = new Ledger(path);
    ledger.record(sampleOf());
    expect(() => ledger.record(sampleOf())).toThrow(/UNIQUE/u);
    ledger.close();
  });

  it("holds several instruments, and counts what is settled by session", () => {
    const ledger = new Ledger(path);
    ledger.record(sampleOf());
    ledger.record(sampleOf({ key: "s1/1", status: "unparsable" }));
    ledger.record(sampleOf({ key: "s2/0", session: "s2", instrument: "conformity", status: "refused" }));
    ledger.record(sampleOf({ key: "s3/0", session: "s3", status: "error" }));
    ledger.record(sampleOf({ key: "s3/1", session: "s3", status: "skipped" }));
    expect([...ledger.settled()]).toEqual([
      ["s1", 2],
      ["s2", 1],
    ]);
    expect(ledger.counts()).toEqual({ answered: 1, refused: 1, unparsable: 1, error: 1, skipped: 1 });
    ledger.close();
  });

  it("supersedes a session that begins anew: out of every count, its cost kept", () => {
    const ledger = new Ledger(path);
    ledger.record(sampleOf({ cachedCalls: 1 }));
    ledger.record(sampleOf({ key: "s2/0", session: "s2" }));
    ledger.begin("s1");
    ledger.begin("never seen");
    expect([...ledger.samples()].map(({ key }) => key)).toEqual(["s2/0"]);
    ledger.record(sampleOf());
    ledger.begin("s1");
    expect(ledger.superseded()).toEqual(
      [1, 0].map((cachedCalls) => ({
        key: "s1/0",
        status: "answered",
        usage: sampleOf().usage,
        cachedCalls,
      })),
    );
    ledger.close();
  });

  it("takes another reading of stored replies, and leaves reply, cost and time alone", () => {
    const ledger = new Ledger(path);
    ledger.record(sampleOf());
    const reading = { reason: null, answer: 3, shown: "3", scores: { right: 0 } };
    ledger.rescore([{ key: "s1/0", status: "answered", ...reading }]);
    expect([...ledger.samples()]).toEqual([sampleOf(reading)]);
    ledger.close();
  });

  it("of another layout is refused and left as it is", () => {
    new Ledger(path).close();
    const database = new Database(path);
    database.pragma("user_version = 99");
    database.close();
    expect(() => new Ledger(path)).toThrow(/another version of this program \(layout 99/u);
    expect(new Database(path).pragma("user_version", { simple: true })).toBe(99);
  });

  it("that is damaged is refused with what to do", () => {
    writeFileSync(path, "this is no database, and never was one, whatever its name may say about it");
    expect(() => new Ledger(path)).toThrow(/is damaged and cannot be read/u);
    expect(readFileSync(path, "utf8")).toContain("never was one");
  });

  it("in a folder that cannot be made is refused with what to do", () => {
    writeFileSync(join(folder, "file"), "");
    expect(() => new Ledger(join(folder, "file", "ledger.sqlite"))).toThrow(/cannot be opened for writing/u);
  });
});

describe("a ledger of layout 1, as it was first written", () => {
  it("is read", () => {
    const database = new Database(path);
    database.exec(
      readFileSync(new URL("../../dev/doubles/evals/ledger-layout-1.sql", import.meta.url), "utf8"),
    );
    database.close();
    const ledger = new Ledger(path);
    expect([...ledger.samples()]).toEqual([
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
    expect(ledger.superseded()).toEqual([
      { key: "s2/0", status: "error", usage: sampleOf().usage, cachedCalls: 2 },
    ]);
    ledger.record(sampleOf({ key: "s3/0", session: "s3" }));
    ledger.close();
  });
});

it("a ledger damaged inside is told as such, and by its own name", () => {
  const ledger = new Ledger(path);
  for (let at = 0; at < 200; at++) ledger.record(sampleOf({ key: `s${at}/0`, session: `s${at}` }));
  ledger.close();
  const bytes = readFileSync(path);
  writeFileSync(path, Buffer.concat([bytes.subarray(0, 4096 * 4), Buffer.alloc(bytes.length - 4096 * 4, 7)]));
  const damaged = new Ledger(path);
  const said = /The ledger .* is damaged and cannot be read\. Keep a copy/u;
  expect(() => damaged.settled()).toThrow(said);
  expect(() => [...damaged.samples()]).toThrow(said);
  damaged.close();
});
