import Database from "better-sqlite3";
import { type ErrorCode, SimulacraError } from "../../../data/errors.js";

/**
 * Runs work on a database and turns SQLite's failures into ours.
 * @throws SimulacraError store_damaged | store_full | store_busy | store_unavailable; other errors pass unchanged
 */
export function explained<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw explain(path, error);
  }
}

/** The error of this package for a failure of SQLite or the disk; other errors are given back as they are. */
export function explain(path: string, error: unknown): unknown {
  const code = sqliteCode(error);
  if (code === undefined) return error;
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(code)) return damagedStore(path, code, error);
  const [, named, message] = failures.find(([codes]) => codes.test(code)) ?? [];
  if (!named || !message) return error;
  const details = { path, sqlite: code };
  return new SimulacraError(named, message(path, code), "environment", details, { cause: error });
}

/** What a failure is called and what to do about it, by SQLite's code; the first that fits. */
const failures: readonly [RegExp, ErrorCode, (path: string, code: string) => string][] = [
  [
    // Of the file itself, of its log, of the memory that processes share.
    /^SQLITE_(FULL|IOERR_WRITE|IOERR_SHMSIZE)$/,
    "store_full",
    (path) =>
      `There is no room left to write to ${path}; the last change was taken back and everything stored before is safe. Free some disk space and try again.`,
  ],
  [
    /^SQLITE_(BUSY|LOCKED)/,
    "store_busy",
    (path) =>
      `Another process has kept ${path} locked for too long; nothing was written. Try again, or close the other process.`,
  ],
  [
    /^(SQLITE_(CANTOPEN|READONLY|PERM|AUTH|IOERR|NOLFS)|ENOENT_DIRECTORY)/,
    "store_unavailable",
    (path, code) =>
      `The file ${path} cannot be opened or written (${code}). Check that its folder exists and that you may write there.`,
  ],
];

/** The error for a file whose content is broken. */
export function damagedStore(path: string, how: string, cause?: unknown): SimulacraError {
  return new SimulacraError(
    "store_damaged",
    `The file ${path} is damaged (${how}); nothing in it was changed. Restore it from a backup, or move it away to begin with an empty one.`,
    "environment",
    { path, how },
    { cause },
  );
}

/** True where SQLite says that a derived full-text table, not the truth, is broken. */
export function isBrokenTextIndex(error: unknown): boolean {
  return sqliteCode(error) === "SQLITE_CORRUPT_VTAB";
}

/** True where another process held a lock. */
export function isBusy(error: unknown): boolean {
  return sqliteCode(error)?.startsWith("SQLITE_BUSY") ?? false;
}

function sqliteCode(error: unknown): string | undefined {
  if (error instanceof Database.SqliteError) return error.code;
  if (error instanceof TypeError && error.message.includes("directory does not exist"))
    return "ENOENT_DIRECTORY";
  return undefined;
}
