import { open, readdir } from "node:fs/promises";
import { join } from "node:path";
import { type CharacterEntry, listCharacters } from "../../../data/character-catalogue.js";
import { readCharacterFolder } from "../../../data/character-folder.js";
import { memoriesFolder } from "../../../data/home-folder.js";
import { missingFor } from "../../../data/missing-for.js";
import { problemLine } from "../../../data/problem.js";
import { several } from "../../../data/words.js";
import { methods } from "../../../graphs/methods.js";
import { characterFolders } from "../../hosting/characters.js";
import { nativeModuleFailure } from "../../hosting/native-modules.js";
import type { Settings } from "../../hosting/settings.js";
import { type Check, fail, firstLineOf, ok, warn } from "./check.js";

/** Every character, and what it lacks for which method. */
export async function checkCharacters(settings: Settings): Promise<Check[]> {
  const entries = await listCharacters(characterFolders(settings));
  if (entries.length > 0) return Promise.all(entries.map(checkCharacter));
  return [
    fail("Characters", "there are none", "Install the package again: it comes with a character of its own."),
  ];
}

async function checkCharacter(entry: CharacterEntry): Promise<Check> {
  const name = `Character ${entry.id}`;
  const { character, problems } = await readCharacterFolder(entry.path);
  const broken = problems.filter(({ kind }) => kind === "broken").map(problemLine);
  if (character === undefined || broken.length > 0)
    return warn(
      name,
      `broken: ${broken.join("; ")}`,
      `Correct the files in ${entry.path}, or import it again with --replace.`,
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
export async function checkMemories({ home }: Pick<Settings, "home">): Promise<Check[]> {
  const folder = memoriesFolder(home);
  const files = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const checks: Check[] = [];
  let whole = 0;
  for (const file of files) {
    const path = join(file.parentPath, file.name);
    if (putAside.test(file.name))
      checks.unshift(
        warn(
          "Memory",
          `${path} was damaged and put aside`,
          "Nothing reads it any more: conversations go on from the memory. Delete it when you like.",
        ),
      );
    else if (file.isFile() && (await isDatabase(path))) {
      const found = await checkDatabase(path);
      if (found) checks.push(found);
      else whole++;
    }
  }
  const allWhole = whole > 0 && checks.every(({ status }) => status !== "fail");
  if (!allWhole) return checks;
  return [...checks, ok("Memory", `${several(whole, "database")} ${whole === 1 ? "is" : "are"} whole`)];
}

/** Earlier programs gave such names to damaged checkpoints, and did without them. */
const putAside = /\.damaged-\d+$/u;

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

/** What is wrong with a database; undefined where it is whole. Nothing here may cost a memory that another program can read. */
async function checkDatabase(path: string): Promise<Check | undefined> {
  const damaged = (how: string) =>
    fail(
      "Memory",
      `${path} is damaged: ${how}`,
      "Restore it from a backup, or export what can be read with sqlite3 (.recover). To start afresh move it away; do not delete it.",
    );
  try {
    const { default: Database } = await import("better-sqlite3");
    const database = new Database(path, { readonly: true, fileMustExist: true });
    try {
      const result: unknown = database.pragma("quick_check(1)", { simple: true });
      return result === "ok" ? undefined : damaged(String(result));
    } finally {
      database.close();
    }
  } catch (error) {
    if (nativeModuleFailure(error))
      return fail(
        "Memory",
        `${path} cannot be looked into while better-sqlite3 does not load; it is untouched`,
        "Run: npm rebuild",
      );
    if (error instanceof Error && "code" in error && /^SQLITE_(NOTADB|CORRUPT)/u.test(String(error.code)))
      return damaged(firstLineOf(error));
    return fail(
      "Memory",
      `${path} cannot be read: ${firstLineOf(error)}`,
      "Look who may read it, and whether a newer version of this program wrote it. Keep it: nothing is known to be wrong with it.",
    );
  }
}
