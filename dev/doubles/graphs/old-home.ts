import { createHash } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import Database from "better-sqlite3";
import { unzipSync } from "fflate";
import { memoryFolder } from "../../../data/home-folder.js";
import type { CharacterContents } from "./home-contents.js";

// A home of format 1, as dev/fixtures/make-old-home.ts made it: conversations, a group, consolidation, words that nobody
// answered, a damaged index and damaged checkpoints. Every later version has to read all of it.

const fixtures = join(import.meta.dirname, "../../fixtures/homes");
export const expected = JSON.parse(readFileSync(join(fixtures, "v1.expected.json"), "utf8")) as {
  characters: Record<string, CharacterContents>;
  /** Taken back, refused, stopped, void or forgotten. */
  nowhere: string[];
};
/** Ids of the characters of the home. */
export const people = Object.keys(expected.characters);

let folder = "";
/** Unpacks the home for the tests of a file. */
export function unpackOldHome(): void {
  folder = mkdtempSync(join(tmpdir(), "old-home-"));
  const files = unzipSync(readFileSync(join(fixtures, "v1.zip")));
  for (const [name, bytes] of Object.entries(files)) {
    const path = join(folder, "v1", name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  }
}

/** Removes the home and all copies of it. */
export const removeOldHome = (): void => rmSync(folder, { recursive: true, force: true });

let copies = 0;
/** The old home, as if it had never been opened since. */
export function oldHome(): string {
  const home = join(folder, `copy-${++copies}`);
  cpSync(join(folder, "v1"), home, { recursive: true });
  return home;
}

export const memoryFile = (home: string, id: string) => join(memoryFolder(home, id), "memory.sqlite");

/** All rows of a memory file, by place. */
export function rowsOf(file: string): string[] {
  const database = new Database(file);
  const rows = database
    .prepare(
      "SELECT n.path || ' ' || r.key || ' ' || r.value FROM memory_records r JOIN memory_namespaces n ON n.id = r.namespace",
    )
    .pluck()
    .all() as string[];
  database.close();
  return rows.sort();
}

/** Checksums of the files of a folder. */
export function fingerprints(path: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(path)
      .sort()
      .map((name) => [
        name,
        createHash("sha256")
          .update(readFileSync(join(path, name)))
          .digest("hex"),
      ]),
  );
}
