import { open, readdir } from "node:fs/promises";
import { join } from "node:path";
import { type CharacterEntry, listCharacters } from "../../../data/character-catalogue.js";
import { readCharacterFolder } from "../../../data/character-folder.js";
import { missingFor } from "../../../data/missing-for.js";
import { problemLine } from "../../../data/problem.js";
import { methods } from "../../../graphs/methods.js";
import { characterSources } from "../character-source.js";
import { counted } from "../counted.js";
import type { Settings } from "../settings.js";
import { type Check, fail, ok, reasonOf, warn } from "./check.js";

/** Every character, and what it lacks for which method. */
export async function checkCharacters(settings: Settings): Promise<Check[]> {
  const entries = await listCharacters(characterSources(settings));
  if (entries.length === 0)
    return [
      fail(
        "Characters",
        "there are none",
        "Install the package again: it comes with a character of its own.",
      ),
    ];
  return Promise.all(entries.map(checkCharacter));
}

async function checkCharacter(entry: CharacterEntry): Promise<Check> {
  const name = `Character ${entry.id}`;
  const { character, problems } = await readCharacterFolder(entry.path);
  const broken = problems.filter(({ kind }) => kind === "broken").map(problemLine);
  if (character === undefined || broken.length > 0)
    return warn(
      name,
      `broken: ${broken.join("; ")}`,
      `Mend the files in ${entry.path}, or import it again with --replace.`,
    );
  const lacks = methods
    .map(({ id: method, needs }) => ({ method, parts: missingFor(character, needs) }))
    .filter(({ parts }) => parts.length > 0)
    .map(({ method, parts }) => `${method} lacks ${parts.join(", ")}`);
  if (lacks.length > 0) return warn(name, lacks.join("; "), `Write what is missing in ${entry.path}.`);
  if (character.memories.length === 0)
    return warn(name, "has a life story, but no memories made of it", `Run: simulacra remember ${entry.id}`);
  return ok(
    name,
    `${entry.storyWords.toLocaleString("en")} words of life story, ${character.memories.length} memories`,
  );
}

/** Whether the databases of the memories are whole (SQLite's own quick check). */
export async function checkMemories({ home }: Settings): Promise<Check[]> {
  const folder = join(home, "memory");
  const files = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const databases: string[] = [];
  const aside: Check[] = [];
  for (const file of files) {
    const path = join(file.parentPath, file.name);
    if (putAside.test(file.name)) aside.push(warnOfPutAside(path));
    else if (file.isFile() && (await isDatabase(path))) databases.push(path);
  }
  const damaged = (await Promise.all(databases.map(checkDatabase))).filter((check) => check !== undefined);
  if (damaged.length > 0) return [...aside, ...damaged];
  if (databases.length === 0) return aside;
  const count = counted(databases.length, "database");
  return [...aside, ok("Memory", `${count} ${databases.length === 1 ? "is" : "are"} whole`)];
}

/** The program itself gives such names to damaged checkpoints, and does without them. */
const putAside = /\.damaged-\d+$/u;

const warnOfPutAside = (path: string): Check =>
  warn(
    "Memory",
    `${path} was damaged and put aside`,
    "Nothing reads it any more: conversations go on from the memory. Delete it when you like.",
  );

async function isDatabase(path: string): Promise<boolean> {
  if (/\.(db|sqlite3?)$/.test(path)) return true;
  const file = await open(path, "r").catch(() => undefined);
  if (file === undefined) return false;
  try {
    const { buffer } = await file.read(Buffer.alloc(15), 0, 15, 0);
    return buffer.toString("latin1") === "SQLite format 3";
  } finally {
    await file.close();
  }
}

async function checkDatabase(path: string): Promise<Check | undefined> {
  const advice =
    "Copy the file away, then export what can be read with sqlite3 (.recover), or delete it to start afresh.";
  try {
    const { default: Database } = await import("better-sqlite3");
    const database = new Database(path, { readonly: true, fileMustExist: true });
    try {
      const result: unknown = database.pragma("quick_check(1)", { simple: true });
      return result === "ok" ? undefined : fail("Memory", `${path} is damaged: ${String(result)}`, advice);
    } finally {
      database.close();
    }
  } catch (error) {
    return fail("Memory", `${path} cannot be read: ${reasonOf(error)}`, advice);
  }
}
