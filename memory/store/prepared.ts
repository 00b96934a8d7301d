import type { Database, Statement } from "better-sqlite3";

/** A database connection whose statements are compiled once. */
export class Prepared {
  private readonly statements = new Map<string, Statement>();

  constructor(readonly database: Database) {}

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
    return this.database.inTransaction ? work() : this.database.transaction(work).deferred();
  }

  /** All work is written, or none; waits its turn before it reads, so that it never has to give up midway. */
  writing<T>(work: () => T): T {
    return this.database.inTransaction ? work() : this.database.transaction(work).immediate();
  }
}
