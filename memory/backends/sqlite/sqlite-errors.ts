import Database from "better-sqlite3";
import { SimulacraError } from "../../../data/errors.js";

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
  const options = { cause: error };
  const details = { path, sqlite: code };
  if (code.startsWith("SQLITE_CORRUPT") || code === "SQLITE_NOTADB") {
    return damagedStore(path, code, error);
  }
  if (noRoom.includes(code)) {
    return new SimulacraError(
      "store_full",
      `There is no room left to write to ${path}; the last change was taken back and everything stored before is safe. Free some disk space and try again.`,
      "environment",
      details,
      options,
    );
  }
  if (code.startsWith("SQLITE_BUSY") || code.startsWith("SQLITE_LOCKED")) {
    return new SimulacraError(
      "store_busy",
      `Another process has kept ${path} locked for too long; nothing was written. Try again, or close the other process.`,
      "environment",
      details,
      options,
    );
  }
  if (/^SQLITE_(CANTOPEN|READONLY|PERM|AUTH|IOERR|NOLFS)/.test(code) || code === "ENOENT_DIRECTORY") {
    return new SimulacraError(
      "store_unavailable",
      `The memory file ${path} cannot be opened or written (${code}). Check that its folder exists and that you may write there.`,
      "environment",
      details,
      options,
    );
  }
  return error;
}

/** How SQLite says that the disk is full: of the file itself, of its log, of the memory that processes share. */
const noRoom = ["SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_SHMSIZE"];

/** The error for a file whose content is broken. */
export function damagedStore(path: string, how: string, cause?: unknown): SimulacraError {
  return new SimulacraError(
    "store_damaged",
    `The memory file ${path} is damaged (${how}); nothing in it was changed. Restore it from a backup, or move it away to start an empty memory.`,
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
