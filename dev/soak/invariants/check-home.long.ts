import { readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { bytesVector, vectorBytes } from "../../../memory/backends/unit-vector.js";
import { SqliteMemoryStore } from "../../../memory/index.js";
import { endOfMark, markOf } from "../message-marks.js";
import { checkHome } from "./check-home.js";
import { type SoakedHome, soakedHome } from "./soaked-home.js";
import { vectorsEqualRecords } from "./vectors-equal-records.js";

// An invariant that cannot be violated shows nothing: each is planted here, and has to be found.

const key = "sk-soak-0123456789";
let soaked: SoakedHome;
beforeEach(async () => {
  soaked = await soakedHome();
});
afterEach(() => soaked.remove());

const found = async () =>
  (await checkHome({ home: soaked.home, folder: soaked.home, key }, soaked.journal, true)).map(
    ({ invariant, what }) => `${invariant}: ${what}`,
  );

const firstTurn = `SELECT r.id FROM memory_records r JOIN memory_namespaces n ON n.id = r.namespace
  WHERE n.path LIKE '["turns"%' ORDER BY r.id LIMIT 1`;
const episode = `SELECT r.id FROM memory_records r JOIN memory_namespaces n ON n.id = r.namespace
  WHERE n.path LIKE '%"short"]' ORDER BY r.id LIMIT 1`;

const namespacesOf = (label: string, person: string): string =>
  `SELECT id FROM memory_namespaces WHERE path = '["${label}","${person}"]'`;

/** Ann says one thing more, and nobody answers. */
function failed({ journal }: SoakedHome): number {
  const said = journal.say("t-ann", ["ann"], markOf);
  journal.failed(said, true);
  return said.number;
}

/** Lets words wait for an answer in a conversation. */
function waits(memory: SoakedHome["memory"], thread: string, ...numbers: number[]): void {
  const unanswered = JSON.stringify(numbers.map((number) => ({ text: markOf(number) })));
  memory(
    `UPDATE memory_records SET value = json_set(value, '$.unanswered', json('${unanswered}'))
      WHERE key = '${thread}' AND namespace IN (SELECT id FROM memory_namespaces WHERE path = '["threads"]')`,
  );
}

/** What is done to the home, and the violation that has to be found. */
const planted: [name: string, plant: (home: SoakedHome) => void, expected: RegExp][] = [
  [
    "a lost turn",
    ({ memory }) => memory(`DELETE FROM memory_records WHERE id = (${firstTurn})`),
    new RegExp(`acknowledged lost: ${markOf(1)}`),
  ],
  [
    "another answer",
    ({ memory }) =>
      memory(
        `UPDATE memory_records SET value = json_set(value, '$.answer.text', 'no') WHERE id = (${firstTurn})`,
      ),
    new RegExp(`acknowledged lost: ${markOf(1)} was answered otherwise`),
  ],
  [
    "another conversation",
    ({ memory }) =>
      memory(
        `UPDATE memory_records SET value = json_set(value, '$.thread', 't-bob') WHERE id = (${firstTurn})`,
      ),
    /lies in t-bob/,
  ],
  [
    "words that were taken back",
    ({ journal }) => journal.withdrawing("t-ann").done(markOf(2)),
    new RegExp(`${markOf(2)} is gone, and stands in turns`),
  ],
  [
    "words of one who was forgotten",
    ({ journal }) => journal.forgetting("bob").done(),
    new RegExp(`without a trace: ${endOfMark(5)} stands in memory`),
  ],
  [
    "a message in two turns",
    ({ memory }) =>
      memory(
        `UPDATE memory_records SET value = replace(value, '${markOf(2)}', '${markOf(1)}') WHERE value LIKE '%"turn":2%'`,
      ),
    new RegExp(`no memory twice: message ${markOf(1)}`),
  ],
  [
    "an episode in two memories",
    ({ memory }) =>
      memory(
        `INSERT INTO memory_records(namespace, key, value, created, updated, superseded) SELECT namespace, key || 'again', value, created, updated, superseded FROM memory_records WHERE id = (${episode})`,
      ),
    /no memory twice: (short|long) memory of/,
  ],
  [
    "a vector of nothing",
    ({ memory }) => memory("INSERT INTO memory_vectors VALUES (99999, x'00000000')"),
    /vector without record: 99999/,
  ],
  [
    "a memory without vector",
    ({ memory }) => memory(`DELETE FROM memory_vectors WHERE record = (${episode})`),
    /indexed without vector/,
  ],
  [
    "a miscounted namespace",
    ({ memory }) => memory("UPDATE memory_namespaces SET records = records + 1 WHERE path = '[\"threads\"]'"),
    /miscounted namespace/,
  ],
  [
    "a conversation that counts too many turns",
    ({ memory }) =>
      memory("UPDATE memory_records SET value = json_set(value, '$.turns', 9) WHERE key = 't-ann'"),
    /threads t-ann: counts 9 turns/,
  ],
  [
    "a successor that is gone",
    ({ memory }) =>
      memory(
        `UPDATE memory_records SET value = json_set(value, '$.supersededBy', 'with/x/long/y') WHERE id = (${episode})`,
      ),
    /replaced by with\/x\/long\/y, which is gone/,
  ],
  [
    "a record that cannot be read",
    ({ memory }) =>
      memory(`UPDATE memory_records SET value = json_remove(value, '$.answer') WHERE id = (${firstTurn})`),
    /readable: turns/,
  ],
  [
    "a mood without bounds",
    ({ memory }) =>
      memory("UPDATE memory_records SET value = json_set(value, '$.valence', 7) WHERE key = 'ann'"),
    /readable: moods ann/,
  ],
  [
    "a memory of the character's own that is gone",
    ({ memory, journal }) => {
      journal.life.opened = true;
      memory("DELETE FROM memory_records WHERE key = '002'");
    },
    /life story is kept: the memory 002 that the character came with is gone/,
  ],
  [
    "memories of the story that are gone",
    ({ journal }) => {
      journal.life.built = 3;
    },
    /life story is kept: 0 memories of the story are left of 3/,
  ],
  [
    "a mood that is gone",
    ({ memory }) =>
      memory(
        `DELETE FROM memory_records WHERE namespace IN (SELECT id FROM memory_namespaces WHERE path = '["moods"]') AND key = 'bob'`,
      ),
    /moods are kept: there is none towards bob/,
  ],
  [
    "checkpoints",
    ({ home }) => writeFileSync(join(home, "checkpoints.sqlite"), ""),
    /one source of what was said: the file checkpoints.sqlite/,
  ],
  [
    "a copy put aside in a home that was never old",
    ({ home }) => writeFileSync(join(home, "memory.sqlite.before-v2"), ""),
    /the file memory.sqlite.before-v2/,
  ],
  [
    "words of one who was forgotten in what was put aside",
    ({ home, journal, memory }) => {
      journal.wasOld = true;
      journal.forgetting("bob").done();
      memory(`UPDATE memory_records SET value = replace(value, '${markOf(5)}', 'gone')`);
      writeFileSync(join(home, "checkpoints.sqlite.before-v2"), `x${markOf(5)}`);
    },
    new RegExp(`without a trace: ${endOfMark(5)} stands in checkpoints.sqlite.before-v2`),
  ],
  [
    "a conversation that its person does not find",
    ({ memory }) =>
      memory(`DELETE FROM memory_records WHERE namespace IN (${namespacesOf("threads-of", "bob")})`),
    /people find their conversations: .*"threads-of","bob".*t-bob.* is missing/,
  ],
  [
    "a conversation that a stranger finds",
    ({ memory }) =>
      memory(
        `UPDATE memory_records SET key = 't-ann' WHERE namespace IN (${namespacesOf("threads-of", "bob")})`,
      ),
    /"threads-of","bob".*t-ann.* leads nowhere/,
  ],
  [
    "answered words that wait",
    ({ memory }) => waits(memory, "t-ann", 2),
    new RegExp(`words wait with reason: ${markOf(2)} in t-ann stands in a turn, too`),
  ],
  [
    "words that wait in another conversation",
    (home) => waits(home.memory, "t-bob", failed(home)),
    new RegExp(`${markOf(6)} in t-bob was said in t-ann`),
  ],
  [
    "words that wait twice",
    (home) => waits(home.memory, "t-ann", failed(home), 6),
    new RegExp(`${markOf(6)} in t-ann waits twice`),
  ],
  [
    "words that wait though later ones were answered",
    (home) => {
      waits(home.memory, "t-ann", failed(home));
      const { journal } = home;
      journal.answered(journal.say("t-ann", ["ann"], markOf), "Yes.");
      home.memory(`UPDATE memory_records SET value = replace(value, '${markOf(4)}', '${markOf(7)}')`);
    },
    new RegExp(`${markOf(6)} in t-ann was passed over by ${markOf(7)}`),
  ],
  [
    "words that wait no longer",
    (home) => void failed(home),
    new RegExp(`words that wait are kept: ${markOf(6)} in t-ann neither waits nor was answered`),
  ],
  [
    "a confidence in another's memory",
    ({ memory }) =>
      memory(
        `UPDATE memory_records SET value = replace(value, '${markOf(5)}', '${markOf(5)} ${markOf(1)}') WHERE value LIKE '%${markOf(5)}%'`,
      ),
    new RegExp(`confidence crossed: ${markOf(1)}, told to ann, stands in .* of bob`),
  ],
  [
    "a word that is counted wrong",
    ({ memory }) => memory("UPDATE memory_terms SET documents = documents + 1"),
    /index equals database: “.*” counts/,
  ],
  [
    "words of nothing",
    ({ memory }) =>
      memory("INSERT INTO memory_words(rowid, own, near, place) VALUES (99999, 'ghost', '', 'n1')"),
    /words of record 99999, which is gone/,
  ],
  [
    "words that are missing",
    ({ memory }) =>
      memory(
        `DELETE FROM memory_words WHERE rowid = (SELECT max(id) FROM memory_records WHERE terms IS NOT NULL)`,
      ),
    /words of record \d+ are missing/,
  ],
  [
    "a half-written file",
    ({ home }) => writeFileSync(join(home, "memory.sqlite.hnsw.123.part"), "half"),
    /the file memory.sqlite.hnsw.123.part/,
  ],
  [
    "a key",
    ({ home }) => writeFileSync(join(home, "memory.sqlite.hnsw"), `x${key}`),
    /no key on disk: sk-soak-0123456789 stands in memory.sqlite.hnsw/,
  ],
  [
    "a key in wide letters",
    ({ home }) => writeFileSync(join(home, "memory.sqlite.hnsw"), Buffer.from(key, "utf16le")),
    /no key on disk/,
  ],
  [
    "a lease of a living process",
    ({ memory }) => memory("INSERT INTO memory_leases SELECT 'thread:x', 't', 'me', ?, ?, ?", ...holder()),
    /no lease of the dead: thread:x/,
  ],
];

/** Machine, process and expiry of a lease that this process would hold. */
function holder(): [string, number, number] {
  const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  return [`${hostname()}/${boot}`, process.pid, Number(process.hrtime.bigint() / 1_000_000n) + 20_000];
}

describe("the invariants", () => {
  it("hold in a sound home", async () => {
    expect(await found()).toEqual([]);
    expect(soaked.journal.answeredCount).toBe(5);
  });

  it.each(planted)("find %s", async (_name, plant, expected) => {
    plant(soaked);
    expect((await found()).join("\n")).toMatch(expected);
  });

  it("find a saved index that is not the database's", async () => {
    const path = join(soaked.home, "memory.sqlite");
    const store = await SqliteMemoryStore.open({ path, exactBelow: 1 });
    await store.buildIndex();
    await store.close();
    expect(await vectorsEqualRecords(await soaked.snapshot())).toEqual([]);
    // One vector turns round, and the graph is not told.
    const { memory } = await soaked.snapshot();
    const [row] = memory.prepare("SELECT record, vector FROM memory_vectors").all() as {
      record: number;
      vector: Buffer;
    }[];
    const turned = bytesVector(row?.vector ?? Buffer.alloc(0)).map((part) => -part);
    soaked.memory("UPDATE memory_vectors SET vector = ? WHERE record = ?", vectorBytes(turned), row?.record);
    expect((await vectorsEqualRecords(await soaked.snapshot()))[0]?.invariant).toBe("index equals database");
  });
});
