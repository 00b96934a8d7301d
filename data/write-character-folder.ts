import { randomUUID } from "node:crypto";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { type Character, characterSchema } from "./character.js";
import { characterFiles } from "./character-folder.js";
import { SimulacraError } from "./errors.js";
import { problemLine } from "./problem.js";
import { parseTolerantly } from "./tolerant-parse.js";

/** Options of every writer of a character folder. */
export interface WriteOptions {
  /** Replace the character folder that is already there. A folder that holds anything else is never replaced. @default false */
  readonly replace?: boolean;
}

interface WriteCharacterOptions extends WriteOptions {
  /** Further JSON files by name, in the same all-or-nothing step. @default none */
  readonly beside?: Readonly<Record<typeof learntMemoriesFile, unknown>> | Readonly<Record<string, never>>;
}

/** Files that may stand in a character folder beside those of the character. */
export const learntMemoriesFile = "learnt-memories.json";
export const folderReadme = "README.md";

/**
 * Writes a character as a folder that `loadCharacterFolder` reads back equal. All or nothing: the folder is written beside
 * its place and renamed into it.
 * @throws SimulacraError invalid_character for a character that breaks the schema, invalid_input when the place is taken
 */
export async function writeCharacterFolder(
  character: Character,
  path: string,
  options: WriteCharacterOptions = {},
): Promise<void> {
  const { value, problems } = parseTolerantly("character", character, characterSchema);
  const broken = problems.filter((problem) => problem.kind === "broken");
  if (value === undefined || broken.length > 0)
    throw new SimulacraError(
      "invalid_character",
      `The character cannot be written: ${broken.map(problemLine).join("; ")}.`,
      "user",
    );
  const beside = Object.entries(options.beside ?? {}).map(
    ([name, content]) => [name, jsonText(content)] as const,
  );
  await writeFolder(new Map([...filesOf(value), ...beside]), path, options);
}

/** The files of a character by name, as text. */
export function filesOf(character: Character): Map<string, string> {
  const { biography, story, memories, questionnaire, scenarios, ...description } = character;
  const files = new Map([[characterFiles.character as string, jsonText(description)]]);
  if (biography !== undefined) files.set(characterFiles.biography, `${biography}\n`);
  if (story !== undefined) files.set(characterFiles.story, `${story}\n`);
  if (memories.length > 0) files.set(characterFiles.memories, jsonText(memories));
  if (questionnaire !== undefined) files.set(characterFiles.questionnaire, jsonText(questionnaire));
  if (scenarios.length > 0) files.set(characterFiles.scenarios, jsonText(scenarios));
  return files;
}

/** JSON as it stands in character folders. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/** Writes files as one folder, all or nothing. Names are plain file names. */
export async function writeFolder(
  files: ReadonlyMap<string, string>,
  path: string,
  { replace = false }: WriteOptions,
): Promise<void> {
  const place = resolve(path);
  // Hidden, so that what a killed process leaves behind is never listed as a character.
  const beside = join(dirname(place), `.${basename(place)}.${randomUUID().slice(0, 8)}`);
  const occupied = await checkPlace(place, replace);
  try {
    await mkdir(dirname(place), { recursive: true });
    await mkdir(`${beside}.new`);
    for (const [name, text] of files) await writeFile(join(`${beside}.new`, name), text, { flush: true });
    if (!occupied) return await rename(`${beside}.new`, place);
    await rename(place, `${beside}.old`);
    await rename(`${beside}.new`, place).catch(async (error: unknown) => {
      await rename(`${beside}.old`, place);
      throw error;
    });
    await rm(`${beside}.old`, { recursive: true, force: true });
  } catch (error) {
    await rm(`${beside}.new`, { recursive: true, force: true });
    const code = (error as NodeJS.ErrnoException).code;
    const reason =
      code === "ENOSPC"
        ? "the disk is full"
        : code === "EACCES" || code === "EROFS"
          ? "writing is not allowed there"
          : String(error);
    throw new SimulacraError(
      code === "ENOSPC" ? "store_full" : "import_failed",
      `The folder ${path} could not be written: ${reason}. Nothing was changed.`,
      "environment",
      { path },
      { cause: error },
    );
  }
}

/** Whether a folder stands at the place that will be replaced. Throws when it may not be. */
async function checkPlace(place: string, replace: boolean): Promise<boolean> {
  let names: string[];
  try {
    names = await readdir(place);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT") return false;
    const reason = code === "ENOTDIR" ? "there is a file of that name" : String(error);
    throw new SimulacraError(
      "invalid_input",
      `${place} cannot become a character folder: ${reason}.`,
      "user",
      { path: place },
      { cause: error },
    );
  }
  if (names.length === 0) return false;
  if (!replace)
    throw new SimulacraError(
      "invalid_input",
      `${place} exists already. Choose another place, or ask for it to be replaced.`,
      "user",
      { path: place },
    );
  const ours: readonly string[] = [...Object.values(characterFiles), learntMemoriesFile, folderReadme];
  const foreign = names.filter((name) => !ours.includes(name));
  if (foreign.length > 0 || !names.includes(characterFiles.character))
    throw new SimulacraError(
      "invalid_input",
      `${place} is not replaced, because it is not only a character folder. Move it away first.`,
      "user",
      { path: place, foreign },
    );
  return true;
}
