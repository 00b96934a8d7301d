import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import Database from "better-sqlite3";
import { TERMS_VERSION } from "../../ranking/terms.js";
import { Connection } from "./connection.js";
import { writeMeta } from "./meta.js";
import { type Migration, migrate, migrations, newestFormat } from "./migrate.js";
import { damagedStore, isBusy } from "./sqlite-errors.js";

/** Files up to this size are read through as a whole when they are opened. */
const fullyCheckedBytes = 64 * 1024 * 1024;

/** How long a write waits for another process, in milliseconds. */
const busyWaitMs = 10_000;

/**
 * The tables. `records` is the truth and `vectors` is paid work; `words` (full text), `terms` (document frequencies)
 * and the HNSW file beside the database are derived from them. `changes` tells other processes what to read again.
 * All names carry a prefix, so that a checkpointer may share the file.
 */
const tables = `
CREATE TABLE memory_meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE memory_namespaces(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  path TEXT NOT NULL UNIQUE,            -- JSON array of labels
  records INTEGER NOT NULL DEFAULT 0,   -- rows in it
  documents INTEGER NOT NULL DEFAULT 0  -- indexed rows in it
);
CREATE TABLE memory_records(
  id INTEGER PRIMARY KEY AUTOINCREMENT, -- never used twice: it is the label in the HNSW index
  namespace INTEGER NOT NULL REFERENCES memory_namespaces(id),
  key TEXT NOT NULL,
  value TEXT NOT NULL,                  -- JSON
  created INTEGER NOT NULL,             -- milliseconds
  updated INTEGER NOT NULL,
  superseded INTEGER NOT NULL,
  terms TEXT,                           -- normalised terms of the text, one a line; NULL: not indexed
  conversation TEXT,
  position INTEGER,
  UNIQUE(namespace, key)
);
CREATE INDEX memory_records_place ON memory_records(namespace, superseded);
CREATE INDEX memory_records_turn ON memory_records(namespace, conversation, position) WHERE conversation IS NOT NULL;
CREATE TABLE memory_vectors(record INTEGER PRIMARY KEY, vector BLOB NOT NULL);      -- float32, length 1
CREATE TABLE memory_vectors_next(record INTEGER PRIMARY KEY, vector BLOB NOT NULL); -- of a new model, while re-embedding
CREATE TABLE memory_pending(record INTEGER PRIMARY KEY);                            -- indexed, still without vector
CREATE TABLE memory_terms(term TEXT NOT NULL, namespace INTEGER NOT NULL, documents INTEGER NOT NULL,
  PRIMARY KEY(term, namespace)) WITHOUT ROWID;
CREATE TABLE memory_changes(sequence INTEGER PRIMARY KEY AUTOINCREMENT, record INTEGER NOT NULL);
CREATE TABLE memory_leases(name TEXT PRIMARY KEY, token TEXT NOT NULL, holder TEXT NOT NULL, machine TEXT NOT NULL,
  process INTEGER NOT NULL, expires INTEGER NOT NULL) WITHOUT ROWID; -- by the machine's steady clock
`;

/**
 * Full text: own terms, those of the neighbouring turns, and the place (namespace token, "old" when superseded).
 * Terms come normalised, one a line; nothing but separators and control characters splits them here.
 */
export const wordsTable = `
CREATE VIRTUAL TABLE memory_words USING fts5(own, near, place, content='', contentless_delete=1, detail=full,
  tokenize="unicode61 remove_diacritics 0 categories 'L* M* N* P* S* Co Cf Cs Cn'")`;

/**
 * Opens a database file, sets it up for several processes and brings its tables to the present version.
 * A file that is not a database is left as it was.
 */
export async function openDatabase(
  path: string,
  steps: readonly Migration[] = migrations,
): Promise<Connection> {
  const until = performance.now() + busyWaitMs;
  for (;;) {
    try {
      return openNow(path, steps);
    } catch (error) {
      // SQLite itself does not wait while another process opens the same new file.
      if (!isBusy(error) || performance.now() > until) throw error;
      await sleep(10 + Math.random() * 30);
    }
  }
}

function openNow(path: string, steps: readonly Migration[]): Connection {
  const database = new Database(path, { timeout: busyWaitMs });
  try {
    checkPages(database, path);
    if (path !== ":memory:") database.pragma("journal_mode = WAL");
    database.pragma("synchronous = NORMAL");
    database.pragma("secure_delete = ON");
    database.pragma("cache_size = -64000");
    const connection = new Connection(database);
    makeTables(connection, steps);
    migrate(connection, steps);
    return connection;
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * Reads through the file's structure before anything is written to it: damage is told at once, not in mid-conversation
 * (about 4 ms for 1,000 memories). Of a large file only the records and their indexes are read through; the rest is
 * checked as it is used. A broken text index alone is no damage: it is made again.
 */
function checkPages(database: Database.Database, path: string): void {
  const pragma = (name: string) => Number(database.pragma(name, { simple: true }));
  const large = pragma("page_count") * pragma("page_size") > fullyCheckedBytes;
  const check = large && hasRecords(database) ? "quick_check(memory_records)" : "quick_check(10)";
  const found = (database.pragma(check) as { quick_check: string }[]).map((row) => row.quick_check);
  const serious = found.filter((message) => message !== "ok" && !/fts5/i.test(message));
  if (serious.length > 0) throw damagedStore(path, serious.join("; "));
}

function hasRecords(database: Database.Database): boolean {
  return database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'memory_records'").get() !== undefined;
}

function makeTables(connection: Connection, steps: readonly Migration[]): void {
  if (hasTables(connection)) return;
  connection.writing(() => {
    if (hasTables(connection)) return;
    connection.database.exec(tables);
    connection.database.exec(wordsTable);
    writeMeta(connection, "schema", String(newestFormat(steps)));
    writeMeta(connection, "store", randomUUID());
    writeMeta(connection, "terms_version", String(TERMS_VERSION));
  });
}

function hasTables(connection: Connection): boolean {
  return (
    connection.database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'memory_meta'").get() !== undefined
  );
}
