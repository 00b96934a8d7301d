import type { Database, Statement, Transaction } from "better-sqlite3";

/** A database connection whose statements are compiled once. */
export class Prepared {
  private readonly statements = new Map<string, Statement>();

  /** Made once: to make one costs more than a small read. */
  private readonly transaction: Transaction<(work: () => unknown) => unknown>;

  constructor(readonly database: Database) {
    this.transaction = database.transaction((work: () => unknown) => work());
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
}
