import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { reasonOf, SimulacraError } from "../../data/errors.js";
import { isBusy } from "../../memory/backends/sqlite/sqlite-errors.js";
import { invalidOption } from "./invalid.js";

/**
 * Takes a run's folder for this process, and gives the function that lets go of it. SQLite's own file lock holds it, so a
 * process that is killed leaves no lock behind.
 * @throws SimulacraError `store_busy` when another process has it, `store_unwritable` where the lock cannot be opened,
 * `invalid_option` where the folder cannot be made or holds results of something else
 */
export function lockRun(folder: string): () => void {
  makeFolder(folder);
  const path = join(folder, "run.lock");
  let lock: Database.Database | undefined;
  try {
    lock = new Database(path, { timeout: 0 });
    lock.exec("BEGIN EXCLUSIVE");
    const taken = lock;
    return () => taken.close();
  } catch (cause) {
    lock?.close();
    throw isBusy(cause)
      ? new SimulacraError(
          "store_busy",
          `Another process is running the evaluation in ${folder}. Wait for it, or give another --out folder.`,
          "user",
          { folder },
          { cause },
        )
      : new SimulacraError(
          "store_unwritable",
          `${path} cannot be opened for writing. Check the folder, its rights and the free space; the file itself holds nothing and may be deleted while no evaluation runs.`,
          "environment",
          { path },
          { cause },
        );
  }
}

/** Files of a report that somebody may well have under the same name. */
const ours = ["report.html", "results.json", "samples.csv", "measures.csv", "conditions.csv"];

/** Makes the folder; one with such files and no run is somebody's other work, and stays as it is. */
function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    const said = reasonOf(cause);
    throw invalidOption(
      `The folder ${folder} cannot be made (${said}). Give another --out folder, where you may write.`,
      { folder },
      cause,
    );
  }
  if (["run.json", "ledger.sqlite", "run.lock"].some((name) => existsSync(join(folder, name)))) return;
  const others = ours.filter((name) => existsSync(join(folder, name)));
  if (others.length === 0) return;
  throw invalidOption(
    `${folder} holds ${others.join(", ")} and no run of this program: they would be overwritten. Give another --out folder.`,
    { folder, files: others },
  );
}
