import { readdirSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import Database from "better-sqlite3";
import { SimulacraError } from "../../../data/errors.js";
import type { Connection } from "./connection.js";
import { toFormat2 } from "./format-2.js";
import { readMeta, writeMeta } from "./meta.js";

/** One step from the format before to `to`. `run` is synchronous and works in the transaction of all steps. */
export interface Migration {
  to: number;
  run(connection: Connection): void;
}

/** The steps that bring an old file to the present format, in their order. New files are made in the present one. */
export const migrations: readonly Migration[] = [{ to: 2, run: toFormat2 }];

const firstFormat = 1;

/** The format that a list of steps leads to. */
export const newestFormat = (steps: readonly Migration[]): number => steps.at(-1)?.to ?? firstFormat;

/**
 * Brings a file of an earlier format to the present one, in one transaction, after a copy was put aside
 * (`memory.sqlite.before-v2`). Where a step fails the file stays as it was.
 * @throws SimulacraError store_unavailable for a file of a later format
 */
export function migrate(connection: Connection, steps: readonly Migration[]): void {
  const newest = newestFormat(steps);
  const found = formatOf(connection);
  if (found > newest) {
    const { path } = connection;
    throw new SimulacraError(
      "store_unavailable",
      `The memory file ${path} was written by a later version of langgraph-simulacra (format ${found}, this one reads ${newest}). Upgrade the package to open it.`,
      "user",
      { path, found, known: newest },
    );
  }
  if (found === newest) return;
  connection.writing(() => {
    // Another process may have been faster.
    const present = formatOf(connection);
    if (present >= newest) return;
    putCopyAside(connection.path, newest);
    for (const step of steps) if (step.to > present) step.run(connection);
    writeMeta(connection, "schema", String(newest));
  });
}

/** Removes the copies that migrations put aside: what is deleted from a memory must not live on in them. */
export function removeCopies(path: string): void {
  if (path === ":memory:") return;
  for (const name of readdirSync(dirname(path))) {
    if (name.startsWith(`${basename(path)}.before-v`)) rmSync(join(dirname(path), name), { force: true });
  }
}

const formatOf = (connection: Connection): number => Number(readMeta(connection, "schema"));

/** Copies the file as it is before the open transaction, which keeps others from changing it meanwhile. */
function putCopyAside(path: string, newest: number): void {
  if (path === ":memory:") return;
  const copy = `${path}.before-v${newest}`;
  const part = `${copy}.part`;
  rmSync(part, { force: true });
  const reader = new Database(path, { readonly: true });
  try {
    reader.prepare("VACUUM INTO ?").run(part);
  } finally {
    reader.close();
  }
  renameSync(part, copy);
}
