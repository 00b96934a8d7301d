import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { openDatabase } from "../../memory/backends/sqlite/schema.js";
import { threadRecordSchema } from "../../memory/turn-record.js";
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

  /**
   * Copies a home; null where it holds no memory yet (killed before the tables were made). A home of an old format is
   * brought to the present one in the copy, as the next opening would.
   */
  static async take(home: string): Promise<HomeSnapshot | null> {
    const folder = mkdtempSync(join(tmpdir(), "soak-check-"));
    // Shared memory of dead processes is made anew; it is no part of what is stored.
    cpSync(home, folder, { recursive: true, filter: (file) => !file.endsWith("-shm") });
    const files = readdirSync(folder);
    const path = join(folder, "memory.sqlite");
    const memory = existsSync(path) ? new Database(path) : null;
    if (!memory || !hasTable(memory, "memory_meta")) {
      memory?.close();
      rmSync(folder, { recursive: true, force: true });
      return null;
    }
    const format = memory.prepare("SELECT value FROM memory_meta WHERE name = 'schema'").pluck().get();
    if (format !== "1") return new HomeSnapshot(folder, memory, files);
    memory.close();
    (await openDatabase(path)).database.close();
    return new HomeSnapshot(folder, new Database(path), files);
  }

  /** Rows under a first label. */
  under(label: string): StoredRow[] {
    return this.rows.filter(({ namespace }) => namespace[0] === label);
  }

  /** Numbers of the messages that stand in the stimulus of a stored turn. */
  get storedMessages(): Set<number> {
    return new Set(this.under("turns").flatMap((row) => stimulusMarks(row)));
  }

  /** Numbers of the messages that wait for their answer, each with its thread; one that waits twice stands twice. */
  get waitingMessages(): { number: number; thread: string }[] {
    return this.under("threads").flatMap(({ key, value }) =>
      (threadRecordSchema.safeParse(value).data?.unanswered ?? []).flatMap(({ text }) =>
        marksIn(text).map((number) => ({ number, thread: key })),
      ),
    );
  }

  discard(): void {
    this.memory.close();
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
