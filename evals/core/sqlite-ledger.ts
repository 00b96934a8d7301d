import { existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { deflateSync, inflateSync } from "node:zlib";
import Database from "better-sqlite3";
import { isSimulacraError, SimulacraError } from "../../data/errors.js";
import { explain } from "../../memory/backends/sqlite/sqlite-errors.js";
import { type Condition, type Sample, type SampleStatus, statusCounts } from "./contract.js";
import { invalidInput } from "./invalid.js";
import type { Ledger, Observation, Reading, Superseded } from "./ledger.js";

/** Layout of the ledger file; a file of another layout is refused. */
const LAYOUT = 1;

/**
 * `samples` holds what counts. What decides and what is filtered by has a column; the rest is JSON in `body`, the mind
 * compressed in `mind`. `superseded` keeps the cost of samples that were put again.
 */
const TABLES = `
CREATE TABLE samples (
  key TEXT PRIMARY KEY,
  session TEXT NOT NULL,
  instrument TEXT NOT NULL,
  character TEXT NOT NULL,
  method TEXT NOT NULL,
  model TEXT NOT NULL,
  framing TEXT NOT NULL,
  arm TEXT NOT NULL,
  item TEXT NOT NULL,
  position INTEGER NOT NULL,
  repeat INTEGER NOT NULL,
  status TEXT NOT NULL,
  prompt_hash TEXT,
  body TEXT NOT NULL,
  mind BLOB
) WITHOUT ROWID;
CREATE INDEX samples_session ON samples (session, status);
CREATE TABLE superseded (id INTEGER PRIMARY KEY, key TEXT NOT NULL, status TEXT NOT NULL, usage TEXT NOT NULL, cached_calls INTEGER NOT NULL);
`;

/** Parts of a sample with a column of their own name; the condition's are columns too. */
type Column = "key" | "session" | "instrument" | "character" | "item" | "position" | "repeat" | "status";
type Body = Omit<Sample, Column | "condition" | "promptHash" | "mind">;
interface Row extends Pick<Sample, Column>, Condition {
  prompt_hash: string | null;
  body: string;
  mind?: Buffer | null;
}

const OBSERVATION = "session, character, method, model, framing, arm, item, repeat";
const COLUMNS = `instrument, ${OBSERVATION}, position, status, prompt_hash, body`;
const PAGE = 500;

/** A ledger in one SQLite file, synchronous FULL. */
export class SqliteLedger implements Ledger {
  readonly #database: Database.Database;
  readonly #put: Database.Statement;
  readonly #isBegun: Database.Statement;
  /** Samples that the next write takes along, and that write. */
  readonly #waiting: Sample[] = [];
  #writing: Promise<void> | undefined;

  /**
   * Opens the file, making it unless there must be one (`existing`).
   * @throws SimulacraError `store_damaged`, `store_unwritable`, `store_busy`; `invalid_input` where there is none
   */
  static async open(path: string, { existing = false } = {}): Promise<SqliteLedger> {
    if (existing && !existsSync(path))
      throw invalidInput(`There is no run in ${dirname(path)}: it has no ledger.`, {
        path,
      });
    return new SqliteLedger(path, opened(path));
  }

  private constructor(
    readonly path: string,
    database: Database.Database,
  ) {
    this.#database = database;
    this.#put = database.prepare(
      `INSERT INTO samples VALUES (@key, @session, @instrument, @character, @method, @model, @framing, @arm, @item,
       @position, @repeat, @status, @prompt_hash, @body, @mind)`,
    );
    this.#isBegun = database.prepare("SELECT 1 FROM samples WHERE session = ? LIMIT 1");
  }

  async begin(session: string): Promise<void> {
    if (this.#explained(() => this.#isBegun.get(session)) === undefined) return;
    this.#transact(() => {
      const rows = this.#database
        .prepare("SELECT key, status, body FROM samples WHERE session = ?")
        .all(session);
      const keep = this.#database.prepare(
        "INSERT INTO superseded (key, status, usage, cached_calls) VALUES (?, ?, ?, ?)",
      );
      for (const { key, status, body } of rows as Row[]) {
        const { usage, cachedCalls } = JSON.parse(body) as Body;
        keep.run(key, status, JSON.stringify(usage), cachedCalls);
      }
      this.#database.prepare("DELETE FROM samples WHERE session = ?").run(session);
    });
  }

  /** Samples that arrive in one turn of the event loop share one write, which is what a sample costs most. */
  record(sample: Sample): Promise<void> {
    this.#waiting.push(sample);
    this.#writing ??= new Promise(setImmediate).then(() => {
      const together = this.#waiting.splice(0);
      this.#writing = undefined;
      this.#transact(() => {
        for (const each of together) this.#put.run(rowOf(each));
      });
    });
    return this.#writing;
  }

  async settled(): Promise<Map<string, number>> {
    const rows = this.#rows<{ session: string; n: number }>(
      "SELECT session, COUNT(*) AS n FROM samples WHERE status IN ('answered', 'refused', 'unparsable') GROUP BY session",
    );
    return new Map(rows.map(({ session, n }) => [session, n]));
  }

  async *observations(instrument: string): AsyncGenerator<Observation> {
    for await (const { key: _key, ...observation } of this.#pages<Observation & { key: string }>(
      OBSERVATION,
      instrument,
    ))
      yield observation;
  }

  async counts(instruments?: readonly string[]): Promise<Record<SampleStatus, number>> {
    const counts = statusCounts();
    const rows = this.#rows<{ status: SampleStatus; n: number }>(
      "SELECT status, COUNT(*) AS n FROM samples WHERE ? IS NULL OR instrument IN (SELECT value FROM json_each(?)) GROUP BY status",
      instruments ? 1 : null,
      JSON.stringify(instruments ?? []),
    );
    for (const { status, n } of rows) counts[status] = n;
    return counts;
  }

  async *samples({ mind = true }: { mind?: boolean } = {}): AsyncGenerator<Sample> {
    for await (const row of this.#pages<Row>(mind ? `${COLUMNS}, mind` : COLUMNS)) yield sampleOf(row);
  }

  async minds(keys: readonly string[]): Promise<Map<string, unknown>> {
    const rows = this.#rows<{ key: string; mind: Buffer }>(
      "SELECT key, mind FROM samples WHERE key IN (SELECT value FROM json_each(?)) AND mind IS NOT NULL",
      JSON.stringify(keys),
    );
    return new Map(rows.map(({ key, mind }) => [key, unpacked(mind)]));
  }

  async rescore(changes: Iterable<Reading>): Promise<void> {
    const read = this.#database.prepare("SELECT body FROM samples WHERE key = ?").pluck();
    const write = this.#database.prepare("UPDATE samples SET status = ?, body = ? WHERE key = ?");
    this.#transact(() => {
      for (const { key, status, ...change } of changes) {
        const body = JSON.parse(String(read.get(key))) as Body;
        write.run(status, JSON.stringify({ ...body, ...change }), key);
      }
    });
  }

  async superseded(): Promise<Superseded[]> {
    return this.#rows<Omit<Superseded, "usage"> & { usage: string }>(
      "SELECT key, status, usage, cached_calls AS cachedCalls FROM superseded ORDER BY id",
    ).map((row) => ({ ...row, usage: JSON.parse(row.usage) }));
  }

  async close(): Promise<void> {
    this.#database.close();
  }

  /** Rows in the order of their keys. Between two pages the file is free for whoever writes. */
  async *#pages<T extends { key: string }>(
    columns: string,
    instrument: string | null = null,
  ): AsyncGenerator<T> {
    let page: T[] = [];
    do {
      page = this.#rows<T>(
        `SELECT key, ${columns} FROM samples WHERE key > ? AND instrument = ifnull(?, instrument) ORDER BY key LIMIT ${PAGE}`,
        page.at(-1)?.key ?? "",
        instrument,
      );
      yield* page;
    } while (page.length === PAGE);
  }

  #rows<T>(sql: string, ...values: unknown[]): T[] {
    return this.#explained(() => this.#database.prepare(sql).all(...values) as T[]);
  }

  #transact(work: () => void): void {
    this.#explained(() => this.#database.transaction(work).immediate());
  }

  /** Turns SQLite's failures into ours. */
  #explained<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw isDamage(error) ? damaged(this.path, error) : explain(this.path, error);
    }
  }
}

/** Opens the file and makes its tables where they are not there yet. */
function opened(path: string): Database.Database {
  let database: Database.Database | undefined;
  try {
    mkdirSync(dirname(path), { recursive: true });
    const made = new Database(path);
    database = made;
    made.pragma("journal_mode = WAL");
    made.pragma("synchronous = FULL");
    const layoutOf = () => Number(made.pragma("user_version", { simple: true }));
    const layout = layoutOf();
    if (layout !== 0 && layout !== LAYOUT)
      throw new SimulacraError(
        "store_damaged",
        `The ledger ${path} was written by another version of this program (layout ${layout}, here ${LAYOUT}). Use that version, or another --out folder.`,
        "user",
        { path, layout },
      );
    if (layout === 0)
      made
        .transaction(() => {
          // Another process may have made them since.
          if (layoutOf() !== 0) return;
          made.exec(TABLES);
          made.pragma(`user_version = ${LAYOUT}`);
        })
        .immediate();
    return made;
  } catch (cause) {
    database?.close();
    if (isSimulacraError(cause)) throw cause;
    throw isDamage(cause)
      ? damaged(path, cause)
      : new SimulacraError(
          "store_unwritable",
          `The ledger ${path} cannot be opened for writing. Check the folder, its rights and the free space.`,
          "environment",
          { path },
          { cause },
        );
  }
}

const isDamage = (error: unknown): boolean =>
  error instanceof Database.SqliteError && /^SQLITE_(CORRUPT|NOTADB)/u.test(error.code);

const damaged = (path: string, cause: unknown): SimulacraError =>
  new SimulacraError(
    "store_damaged",
    `The ledger ${path} is damaged and cannot be read. Keep a copy of it and use another --out folder.`,
    "environment",
    { path },
    { cause },
  );

const unpacked = (mind: Buffer): unknown => JSON.parse(inflateSync(mind).toString());

function rowOf(sample: Sample): Row {
  const { condition, promptHash, mind, ...rest } = sample;
  const { key, session, instrument, character, item, position, repeat, status, ...body } = rest;
  return {
    ...condition,
    ...{ key, session, instrument, character, item, position, repeat, status },
    prompt_hash: promptHash,
    body: JSON.stringify(body satisfies Body),
    mind: mind === null || mind === undefined ? null : deflateSync(JSON.stringify(mind)),
  };
}

function sampleOf({ method, model, framing, arm, prompt_hash, body, mind, ...columns }: Row): Sample {
  return {
    ...columns,
    ...(JSON.parse(body) as Body),
    condition: { method, model, framing, arm },
    promptHash: prompt_hash,
    mind: mind ? unpacked(mind) : null,
  };
}
