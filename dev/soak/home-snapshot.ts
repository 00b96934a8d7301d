import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { marksIn } from "./message-marks.js";

/** A row of the memory store. */
export interface StoredRow {
  id: number;
  namespace: string[];
  key: string;
  /** As JSON text, and read. */
  text: string;
  value: unknown;
  indexed: boolean;
}

/** A copy of a character's home at a moment when no process has it open: what a check may open, and so change, freely. */
export class HomeSnapshot {
  readonly rows: readonly StoredRow[];

  private constructor(
    readonly folder: string,
    readonly memory: Database.Database,
    readonly checkpoints: Database.Database | null,
    /** Names of the files as they were found. */
    readonly files: readonly string[],
  ) {
    const found = memory
      .prepare(
        "SELECT r.id, n.path, r.key, r.value AS text, r.terms IS NOT NULL AS indexed FROM memory_records r JOIN memory_namespaces n ON n.id = r.namespace ORDER BY r.id",
      )
      .all() as { id: number; path: string; key: string; text: string; indexed: number }[];
    this.rows = found.map(({ id, path, key, text, indexed }) => ({
      id,
      namespace: JSON.parse(path) as string[],
      key,
      text,
      value: JSON.parse(text) as unknown,
      indexed: indexed === 1,
    }));
  }

  /** Copies a home; null where it holds no memory yet (killed before the tables were made). */
  static take(home: string): HomeSnapshot | null {
    const folder = mkdtempSync(join(tmpdir(), "soak-check-"));
    // Shared memory of dead processes is made anew; it is no part of what is stored.
    cpSync(home, folder, { recursive: true, filter: (file) => !file.endsWith("-shm") });
    const files = readdirSync(folder);
    const path = join(folder, "memory.sqlite");
    const saved = join(folder, "checkpoints.sqlite");
    const memory = existsSync(path) ? new Database(path) : null;
    if (!memory || !hasTable(memory, "memory_meta")) {
      memory?.close();
      rmSync(folder, { recursive: true, force: true });
      return null;
    }
    return new HomeSnapshot(folder, memory, existsSync(saved) ? openedCheckpoints(saved) : null, files);
  }

  /** Rows under a first label. */
  under(label: string): StoredRow[] {
    return this.rows.filter(({ namespace }) => namespace[0] === label);
  }

  /** Numbers of the messages that stand in the stimulus of a stored turn. */
  get storedMessages(): Set<number> {
    return new Set(this.under("turns").flatMap((row) => stimulusMarks(row)));
  }

  discard(): void {
    this.memory.close();
    this.checkpoints?.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Numbers of the messages that a stored turn answered. */
export function stimulusMarks({ value }: StoredRow): number[] {
  const stimulus = (value as { stimulus?: { text?: string }[] }).stimulus ?? [];
  return marksIn(stimulus.map(({ text }) => text ?? "").join("\n"));
}

const hasTable = (database: Database.Database, name: string): boolean =>
  database.prepare("SELECT 1 FROM sqlite_schema WHERE name = ?").get(name) !== undefined;

/** Null where it is damaged (which the next opening puts aside) or empty. */
function openedCheckpoints(path: string): Database.Database | null {
  try {
    const database = new Database(path);
    if (database.pragma("quick_check(1)", { simple: true }) === "ok" && hasTable(database, "writes"))
      return database;
    database.close();
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error;
  }
  return null;
}
