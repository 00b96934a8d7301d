import { realpathSync } from "node:fs";
import type { Database, Statement, Transaction } from "better-sqlite3";
import { explain, explained } from "./sqlite-errors.js";

/** The transactions that are open and await, by file; each ends with its promise. */
const open = new Map<string | symbol, Promise<void>>();

/**
 * A database connection whose statements are compiled once.
 *
 * What one process does with its connection is synchronous, so that nothing comes between, except while a transaction
 * is open that awaits (`transact`): then whatever begins outside of it has to go through `alone`, which waits. So do all
 * connections of the process to the same file: SQLite's own waiting would stop the process, and with it the transaction.
 */
export class Connection {
  /** Tokens of the leases that were taken by it. */
  readonly leases = new Set<string>();

  private readonly statements = new Map<string, Statement>();

  /** Made once: to make one costs more than a small read. */
  private readonly transaction: Transaction<(work: () => unknown) => unknown>;

  private readonly file: string | symbol;

  constructor(readonly database: Database) {
    this.file = database.memory ? Symbol("in memory") : realpathSync(database.name);
    this.transaction = database.transaction((work: () => unknown) => work());
  }

  /** File of the database, or ":memory:". */
  get path(): string {
    return this.database.name;
  }

  sql(text: string): Statement {
    const known = this.statements.get(text);
    if (known) return known;
    const statement = this.database.prepare(text);
    this.statements.set(text, statement);
    return statement;
  }

  /** One value of one row. */
  value<T>(text: string, ...parameters: unknown[]): T | undefined {
    return this.sql(text)
      .pluck()
      .get(...parameters) as T | undefined;
  }

  /** All work sees one state of the file. */
  reading<T>(work: () => T): T {
    return this.database.inTransaction ? work() : (this.transaction.deferred(work) as T);
  }

  /** All work is written, or none; waits its turn before it reads, so that it never has to give up midway. */
  writing<T>(work: () => T): T {
    return this.database.inTransaction ? work() : (this.transaction.immediate(work) as T);
  }

  /** Synchronous work, once no transaction is open. @throws SimulacraError as {@link explained} */
  async alone<T>(work: () => T): Promise<T> {
    while (open.has(this.file)) await open.get(this.file);
    return explained(this.path, work);
  }

  /**
   * A transaction that awaits: all of it is written, or none. Other processes wait for it as long as for any write.
   * @throws SimulacraError as {@link explained}; what `work` throws passes unchanged
   */
  async transact<T>(work: () => Promise<T>): Promise<T> {
    while (open.has(this.file)) await open.get(this.file);
    explained(this.path, () => this.database.exec("BEGIN IMMEDIATE"));
    let over = () => {};
    const ended = new Promise<void>((resolve) => {
      over = resolve;
    });
    open.set(this.file, ended);
    try {
      const result = await work();
      this.database.exec("COMMIT");
      return result;
    } catch (error) {
      // A full disk may have ended the transaction already.
      if (this.database.inTransaction) this.database.exec("ROLLBACK");
      throw explain(this.path, error);
    } finally {
      open.delete(this.file);
      over();
    }
  }
}
