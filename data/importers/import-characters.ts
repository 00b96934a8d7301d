import { existsSync } from "node:fs";
import { stat } from "node:fs/promises";
import { basename, extname, join, resolve } from "node:path";
import type { Character } from "../character.js";
import { characterFolders } from "../character-catalogue.js";
import { characterFiles, problemsOfMissing, readCharacterFolder } from "../character-folder.js";
import { characterId, quoted } from "../character-id.js";
import { SimulacraError } from "../errors.js";
import { withoutComments } from "../prose/comments.js";
import { frontMatter } from "../prose/front-matter.js";
import { proseOf } from "../prose/prose.js";
import { fileSizeLimits, readTextFile } from "../text-file.js";
import { findDataSet } from "./data-set-folder.js";
import { cardIn, notALife } from "./disguised-card.js";
import { type ImportResult, importHumanSimulacra } from "./human-simulacra.js";
import { nameOfStory } from "./name-of-story.js";

const storyEndings = [".md", ".markdown", ".txt"];

function notUnderstood(path: string, why: string): SimulacraError {
  return new SimulacraError(
    "import_failed",
    `Nothing can be imported from ${path}: ${why}. Give a character folder, a folder of them, a life story as .md or .txt, or a clone of the Human Simulacra data set.`,
    "user",
    { path },
  );
}

/**
 * Reads characters from whatever stands at a path: a character folder, a folder of character folders, a life story
 * (`.md`, `.txt`: named after the file), or a data set in the published layout. What is broken is reported with file, key
 * and reason, the rest is imported; nothing is written.
 * @throws SimulacraError import_failed when nothing there is understood
 */
export async function importCharacters(path: string): Promise<ImportResult> {
  if (path.includes("\0")) throw notUnderstood(quoted(path), "the path holds control characters");
  const place = resolve(path);
  const found = await stat(place).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR" || error.code === "ENAMETOOLONG")
      return undefined;
    throw error;
  });
  if (found?.isFile()) {
    if (storyEndings.includes(extname(place).toLowerCase())) return importStory(place);
    if (basename(place) !== characterFiles.character)
      throw notUnderstood(path, "it is not a life story in .md or .txt");
    return importCharacters(join(place, ".."));
  }
  if (existsSync(join(place, characterFiles.character))) {
    const { character, problems } = await readCharacterFolder(place);
    return { characters: character === undefined ? [] : [character], problems };
  }
  if (findDataSet(place) !== undefined) return importHumanSimulacra(place);
  if (found === undefined) throw notUnderstood(path, "there is no such file or folder");
  const folders = await characterFolders(place);
  if (folders.length === 0) throw notUnderstood(path, "it holds nothing that is known");
  return importFolders(folders);
}

async function importFolders(folders: readonly string[]): Promise<ImportResult> {
  const characters = new Map<string, Character>();
  const problems: ImportResult["problems"] = [];
  for (const folder of folders) {
    const reading = await readCharacterFolder(folder);
    problems.push(
      ...reading.problems.map((problem) => ({ ...problem, file: `${basename(folder)}/${problem.file}` })),
    );
    const { character } = reading;
    if (character === undefined) continue;
    if (characters.has(character.id))
      problems.push({
        file: `${basename(folder)}/${characterFiles.character}`,
        key: "id",
        reason: `is ${character.id}, as in another folder; only the first is imported`,
        kind: "broken",
      });
    else characters.set(character.id, character);
  }
  return { characters: [...characters.values()], problems };
}

async function importStory(path: string): Promise<ImportResult> {
  const file = basename(path);
  const result = await readTextFile(path, fileSizeLimits.story);
  if ("reason" in result)
    return { characters: [], problems: [{ file, reason: result.reason, kind: "broken" }] };
  const card = cardIn(result.text);
  if (card !== undefined)
    return { characters: [], problems: [{ file, reason: notALife(card), kind: "broken" }] };
  const story = proseOf(result.text);
  if (story === "")
    return { characters: [], problems: [{ file, reason: "holds no paragraph", kind: "broken" }] };
  const name = nameOfStory(file, `${frontMatter(result.text).data}\n${withoutComments(result.text)}`);
  const character: Character = {
    id: characterId(name),
    name,
    profile: { hobbies: [], shortTermGoals: [] },
    personality: { traits: [] },
    story,
    memories: [],
    scenarios: [],
    source: { origin: file, licence: "not stated" },
    aliases: [],
  };
  return { characters: [character], problems: problemsOfMissing(character) };
}
