import { mkdirSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { SimulacraError } from "../../data/errors.js";

/**
 * Takes a run's folder for this process, and gives the function that lets go of it. SQLite's own file lock holds it, so a
 * process that is killed leaves no lock behind.
 * @throws SimulacraError `store_busy` when another process has it
 */
export function lockRun(folder: string): () => void {
  mkdirSync(folder, { recursive: true });
  const lock = new Database(join(folder, "run.lock"), { timeout: 0 });
  try {
    lock.exec("BEGIN EXCLUSIVE");
  } catch (cause) {
    lock.close();
    throw new SimulacraError(
      "store_busy",
      `Another process is running the evaluation in ${folder}. Wait for it, or give another --out folder.`,
      "user",
      { folder },
      { cause },
    );
  }
  return () => lock.close();
}
