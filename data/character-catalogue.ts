import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Character } from "./character.js";
import {
  characterFiles,
  loadCharacterFolder,
  readCharacterFolder,
  readCharacterNames,
} from "./character-folder.js";
import { quoted, withoutAccents } from "./character-id.js";
import { SimulacraError } from "./errors.js";
import { nearestName } from "./nearest-name.js";
import type { Problem } from "./problem.js";
import { countWords } from "./story.js";

export { characterId } from "./character-id.js";

/** What a character is called, and the folder it is written in. */
export interface CharacterNames {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly path: string;
}

/** A character in a list. What is not known of it is left out. */
export interface CharacterEntry extends CharacterNames {
  readonly age?: number;
  readonly gender?: string;
  readonly occupation?: string;
  /** Words of the life story; 0 without one. */
  readonly storyWords: number;
  readonly problems: readonly Problem[];
}

/**
 * The folder of the characters that come with this package. Works from the sources (`data/`), and from the build
 * (`dist/data/`), whether or not the build copied the folder beside the compiled files.
 */
export function ownCharactersFolder(): string {
  const places = ["./characters/", "../../data/characters/"].map((place) =>
    fileURLToPath(new URL(place, import.meta.url)),
  );
  return places.find((place) => existsSync(place)) ?? places[0] ?? "";
}

/**
 * All characters in the folders, sorted by id. Of two with the same id the later folder's wins. A folder that does not
 * exist is empty. A character that cannot be read is listed under its folder's name with its problems.
 */
export async function listCharacters(folders: readonly string[]): Promise<CharacterEntry[]> {
  return Promise.all((await namesInFolders(folders)).map(readEntry));
}

/** As `listCharacters`, but reads no more than names. */
async function namesInFolders(folders: readonly string[]): Promise<CharacterNames[]> {
  const byId = new Map<string, CharacterNames>();
  for (const folder of folders)
    for (const path of await characterFolders(folder)) {
      const names = await readCharacterNames(path);
      byId.set(names.id, names);
    }
  return [...byId.values()].sort((a, b) => a.id.localeCompare(b.id));
}

/** The folders in a folder that hold a `character.json`. Hidden ones are passed over. */
export async function characterFolders(folder: string): Promise<string[]> {
  const inside = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return [];
    throw error;
  });
  return inside
    .filter((entry) => !entry.name.startsWith(".") && !entry.isFile())
    .map((entry) => join(folder, entry.name))
    .filter((path) => existsSync(join(path, characterFiles.character)))
    .sort();
}

async function readEntry(names: CharacterNames): Promise<CharacterEntry> {
  const { character, problems } = await readCharacterFolder(names.path);
  const { age, gender, occupation } = character?.profile ?? {};
  return {
    ...names,
    ...(age === undefined ? {} : { age }),
    ...(gender === undefined ? {} : { gender }),
    ...(occupation === undefined ? {} : { occupation }),
    storyWords: countWords(character?.story ?? ""),
    problems,
  };
}

/** Names that differ only in case, spaces, hyphens or underscores are the same. */
function sameName(name: string): string {
  return name
    .normalize("NFKC")
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, "-");
}

/**
 * Loads the character with this id, name or alias (in this order of precedence); where none is written so, also without
 * regard to accents.
 * @throws SimulacraError unknown_character, with the nearest name and all there are; invalid_input when several characters
 * share the name; invalid_character when its files are broken
 */
export async function findCharacter(idOrName: string, folders: readonly string[]): Promise<Character> {
  const entries = await namesInFolders(folders);
  const wanted = sameName(idOrName);
  const ways = [
    ({ id }: CharacterNames) => [id],
    ({ name }: CharacterNames) => [name],
    ({ aliases }: CharacterNames) => aliases,
  ];
  for (const form of [(name: string) => name, withoutAccents])
    for (const names of ways) {
      const found = entries.filter((entry) =>
        names(entry).some((name) => form(sameName(name)) === form(wanted)),
      );
      const [first, second] = found;
      if (second !== undefined) throw severalFound(idOrName, found);
      if (first !== undefined) return loadCharacterFolder(first.path);
    }
  throw notFound(idOrName, wanted, entries);
}

function severalFound(asked: string, found: readonly CharacterNames[]): SimulacraError {
  const ids = found.map(({ id }) => id);
  return new SimulacraError(
    "invalid_input",
    `Several characters are called ${quoted(asked)}. Ask by id: ${ids.join(", ")}.`,
    "user",
    { ids },
  );
}

function notFound(asked: string, wanted: string, entries: readonly CharacterNames[]): SimulacraError {
  const ids = entries.map(({ id }) => id);
  const idOf = new Map(
    entries.flatMap(({ id, name, aliases }) => [id, name, ...aliases].map((known) => [sameName(known), id])),
  );
  const nearest = idOf.get(nearestName(wanted, [...idOf.keys()]) ?? "");
  const hint = nearest === undefined ? "" : ` Did you mean ${nearest}?`;
  const known = ids.length > 0 ? ` There are: ${ids.join(", ")}.` : " There are no characters here yet.";
  return new SimulacraError(
    "unknown_character",
    `There is no character ${quoted(asked)}.${hint}${known}`,
    "user",
    { asked: asked.slice(0, 200), nearest, known: ids },
  );
}
