import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { deflateSync, inflateSync } from "node:zlib";
import Database from "better-sqlite3";
import { isSimulacraError, SimulacraError } from "../../data/errors.js";
import { explain } from "../../memory/backends/sqlite/sqlite-errors.js";
import type { Condition, Sample, SampleStatus, UsageByRole } from "./contract.js";
import { LAYOUT, TABLES } from "./ledger-layout.js";

/** What was spent on a sample that was put again: out of every count but the cost. */
export interface Superseded {
  key: string;
  status: SampleStatus;
  usage: UsageByRole;
  cachedCalls: number;
}

/** The place that a sample of the ledger has in the run, and its session. */
export interface TakenPlace extends Condition {
  session: string;
  character: string;
  item: string;
  repeat: number;
}

interface Row {
  key: string;
  session: string;
  instrument: string;
  character: string;
  method: string;
  model: string;
  framing: Sample["condition"]["framing"];
  arm: string;
  item: string;
  position: number;
  repeat: number;
  status: SampleStatus;
  prompt_hash: string | null;
  body: string;
  mind?: Buffer | null;
}

/** What a sample has beside the columns. */
type Body = Pick<
  Sample,
  | "reason"
  | "question"
  | "reply"
  | "answer"
  | "shown"
  | "keyShown"
  | "data"
  | "scores"
  | "usage"
  | "cachedCalls"
  | "latencyMs"
  | "logprobs"
  | "degraded"
  | "at"
>;

/**
 * The book of a run: one SQLite file, synchronous FULL, the sample's key its primary key. It alone decides what is done.
 * Every sample is on disk before the next item is put. When a session is put again, what was there of it is superseded:
 * out of every count, its cost kept.
 */
export class Ledger {
  readonly #database: Database.Database;
  readonly #put: Database.Statement;
  readonly #isBegun: Database.Statement;
  /** Samples that the next write takes along, and that write. */
  readonly #waiting: Sample[] = [];
  #writing: Promise<void> | undefined;

  /** @throws SimulacraError `store_damaged`, `store_unwritable`, `store_busy` */
  constructor(readonly path: string) {
    this.#database = open(path);
    this.#put = this.#database.prepare(
      `INSERT INTO samples VALUES (@key, @session, @instrument, @character, @method, @model, @framing, @arm, @item,
       @position, @repeat, @status, @prompt_hash, @body, @mind)`,
    );
    this.#isBegun = this.#database.prepare("SELECT 1 FROM samples WHERE session = ? LIMIT 1");
  }

  /** A session begins, anew where it was begun before. */
  begin(session: string): void {
    explained(this.path, () => this.#supersede(session));
  }

  #supersede(session: string): void {
    if (this.#isBegun.get(session) === undefined) return;
    this.#database
      .transaction(() => {
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
      })
      .immediate();
  }

  /**
   * Writes one sample; it is on disk when this returns.
   * @throws SimulacraError `store_full`, `store_busy`, `store_unavailable`, `store_damaged`
   */
  record(sample: Sample): void {
    explained(this.path, () => this.#put.run(rowOf(sample)));
  }

  /**
   * Writes one sample; it is on disk when this resolves. Those that arrive in one turn of the event loop share one write,
   * which is what a sample costs most.
   * @throws SimulacraError as `record`
   */
  keep(sample: Sample): Promise<void> {
    this.#waiting.push(sample);
    this.#writing ??= new Promise(setImmediate).then(() => {
      const together = this.#waiting.splice(0);
      this.#writing = undefined;
      const write = this.#database.transaction(() => {
        for (const each of together) this.#put.run(rowOf(each));
      });
      explained(this.path, () => write.immediate());
    });
    return this.#writing;
  }

  /** How many samples of each session need not be put again (answered, refused or unparsable). */
  settled(): Map<string, number> {
    const rows = this.#rows<{ session: string; n: number }>(
      "SELECT session, COUNT(*) AS n FROM samples WHERE status IN ('answered', 'refused', 'unparsable') GROUP BY session",
    );
    return new Map(rows.map(({ session, n }) => [session, n]));
  }

  /** The places of all samples of an instrument. */
  places(instrument: string): TakenPlace[] {
    return this.#rows(
      "SELECT session, character, method, model, framing, arm, item, repeat FROM samples WHERE instrument = ?",
      instrument,
    );
  }

  /** Counts by status, of all instruments or of those named. */
  counts(instruments?: readonly string[]): Record<SampleStatus, number> {
    const counts = { answered: 0, refused: 0, unparsable: 0, error: 0, skipped: 0 };
    const rows = this.#rows<{ status: SampleStatus; n: number }>(
      "SELECT status, COUNT(*) AS n FROM samples WHERE ? IS NULL OR instrument IN (SELECT value FROM json_each(?)) GROUP BY status",
      instruments ? 1 : null,
      JSON.stringify(instruments ?? []),
    );
    for (const { status, n } of rows) counts[status] = n;
    return counts;
  }

  /** All samples in the order of their keys; with `mind: false` the minds stay in the file. */
  *samples({ mind = true }: { mind?: boolean } = {}): Generator<Sample> {
    const columns =
      "key, session, instrument, character, method, model, framing, arm, item, position, repeat, status, prompt_hash, body";
    const rows = this.#database.prepare(`SELECT ${columns}${mind ? ", mind" : ""} FROM samples ORDER BY key`);
    const walk = rows.iterate() as IterableIterator<Row>;
    try {
      for (;;) {
        const { done, value } = explained(this.path, () => walk.next());
        if (done) return;
        yield sampleOf(value);
      }
    } finally {
      walk.return?.();
    }
  }

  #rows<T>(sql: string, ...values: unknown[]): T[] {
    return explained(this.path, () => this.#database.prepare(sql).all(...values) as T[]);
  }

  /** The mind of one sample; null where it has none. */
  mind(key: string): unknown {
    const mind = this.#database.prepare("SELECT mind FROM samples WHERE key = ?").pluck().get(key);
    return mind instanceof Uint8Array ? JSON.parse(inflateSync(mind).toString()) : null;
  }

  /** Writes anew what was read out of stored replies: no reply, cost or time is touched. */
  rescore(
    changes: Iterable<Pick<Sample, "key" | "status" | "reason" | "answer" | "shown" | "scores">>,
  ): void {
    const read = this.#database.prepare("SELECT body FROM samples WHERE key = ?").pluck();
    const write = this.#database.prepare("UPDATE samples SET status = ?, body = ? WHERE key = ?");
    this.#database
      .transaction(() => {
        for (const { key, status, ...change } of changes)
          write.run(
            status,
            JSON.stringify({ ...(JSON.parse(String(read.get(key))) as Body), ...change }),
            key,
          );
      })
      .immediate();
  }

  superseded(): Superseded[] {
    const rows = this.#database
      .prepare("SELECT key, status, usage, cached_calls FROM superseded ORDER BY id")
      .all();
    return (rows as { key: string; status: SampleStatus; usage: string; cached_calls: number }[]).map(
      ({ key, status, usage, cached_calls }) => ({
        key,
        status,
        usage: JSON.parse(usage),
        cachedCalls: cached_calls,
      }),
    );
  }

  close(): void {
    this.#database.close();
  }
}

/** Opens the file and makes its tables where they are not there yet. */
function open(path: string): Database.Database {
  let database: Database.Database | undefined;
  try {
    mkdirSync(dirname(path), { recursive: true });
    database = new Database(path);
    database.pragma("journal_mode = WAL");
    database.pragma("synchronous = FULL");
    const layout = Number(database.pragma("user_version", { simple: true }));
    if (layout === 0) {
      const made = database;
      made
        .transaction(() => {
          // Another process may have made them since.
          if (made.pragma("user_version", { simple: true }) !== 0) return;
          made.exec(TABLES);
          made.pragma(`user_version = ${LAYOUT}`);
        })
        .immediate();
    } else if (layout !== LAYOUT) {
      throw new SimulacraError(
        "store_damaged",
        `The ledger ${path} was written by another version of this program (layout ${layout}, here ${LAYOUT}). Use that version, or another --out folder.`,
        "user",
        { path, layout },
      );
    }
    return database;
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

/** Runs work on the ledger and turns SQLite's failures into ours. */
function explained<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw isDamage(error) ? damaged(path, error) : explain(path, error);
  }
}

function rowOf(sample: Sample): Row {
  const {
    key,
    session,
    instrument,
    character,
    condition,
    item,
    position,
    repeat,
    status,
    promptHash,
    mind,
    ...body
  } = sample;
  const rest: Body = body;
  return {
    ...condition,
    key,
    session,
    instrument,
    character,
    item,
    position,
    repeat,
    status,
    prompt_hash: promptHash,
    body: JSON.stringify(rest),
    mind: mind === null || mind === undefined ? null : deflateSync(JSON.stringify(mind)),
  };
}

function sampleOf({ method, model, framing, arm, prompt_hash, body, mind, ...columns }: Row): Sample {
  return {
    ...columns,
    ...(JSON.parse(body) as Body),
    condition: { method, model, framing, arm },
    promptHash: prompt_hash,
    mind: mind ? JSON.parse(inflateSync(mind).toString()) : null,
  };
}
