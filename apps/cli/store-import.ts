import { existsSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { type Character, characterSchema } from "../../data/character.js";
import { characterFiles, loadCharacterFolder } from "../../data/character-folder.js";
import { isSimulacraError } from "../../data/errors.js";
import { writeCharacterFolder } from "../../data/write-character-folder.js";
import type { CommandLine } from "./command-line.js";

/** What became of one character of an import. `kept`: another character of this id is there and was not replaced. */
export type ImportOutcome = "imported" | "replaced" | "unchanged" | "kept" | "failed";

/**
 * Writes an imported character to its place in the home. Equal data are left as they are, so that an import can be run
 * twice; other data are replaced only when asked for, by flag or by the person at the terminal.
 * @throws SimulacraError where nothing can be stored at all (full disk, no right to write)
 */
export async function storeImport(
  cli: CommandLine,
  character: Character,
  path: string,
  replaceUnasked: boolean,
): Promise<{ outcome: ImportOutcome; reason?: string; storyChanged?: boolean }> {
  try {
    const there = await existing(path);
    if (there !== undefined && sameData(there, character)) return { outcome: "unchanged" };
    const replace = there !== undefined;
    if (replace && !replaceUnasked) {
      const question = `${character.name} is here already, with other data. Replace it? (yes/no) `;
      if (!(await cli.confirm(question))) return { outcome: "kept" };
    }
    await writeCharacterFolder(character, path, { replace });
    if (!replace) return { outcome: "imported" };
    return { outcome: "replaced", storyChanged: there === "broken" || there.story !== character.story };
  } catch (error) {
    // A full disk or a forbidden folder concerns all characters; a broken one must not stop the others.
    if (!isSimulacraError(error, "invalid_character") && !isSimulacraError(error, "invalid_input"))
      throw error;
    return { outcome: "failed", reason: error.message };
  }
}

/** What stands at the place: a character, "broken" where it cannot be read, undefined where there is none. */
async function existing(path: string): Promise<Character | "broken" | undefined> {
  const there = existsSync(join(path, characterFiles.character));
  return there ? loadCharacterFolder(path).catch(() => "broken" as const) : undefined;
}

function sameData(there: Character | "broken", character: Character): boolean {
  if (there === "broken") return false;
  return isDeepStrictEqual(inOneForm(there), inOneForm(character));
}

/** What would stand in the files: keys that are unknown or undefined make no difference. */
function inOneForm(character: Character): unknown {
  const parsed = characterSchema.safeParse(character);
  return JSON.parse(JSON.stringify(parsed.success ? parsed.data : character));
}
