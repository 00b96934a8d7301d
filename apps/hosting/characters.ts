import type { Character } from "../../data/character.js";
import { findCharacter, listCharacters, ownCharactersFolder } from "../../data/character-catalogue.js";
import { SimulacraError } from "../../data/errors.js";
import { importedCharactersFolder } from "../../data/home-folder.js";
import type { Settings } from "./settings.js";

/** Where characters are looked for: the package's own, then the imported ones, which win over an equal id. */
export function characterFolders({ home }: Pick<Settings, "home">): string[] {
  return [ownCharactersFolder(), importedCharactersFolder(home)];
}

/**
 * The character of this id or name.
 * @throws SimulacraError `unknown_character` with the nearest name; `invalid_character` where its files are broken
 */
export function characterNamed(name: string, settings: Settings): Promise<Character> {
  return findCharacter(name, characterFolders(settings));
}

/** The character that is opened when none is named: the first of the package's own. */
export async function defaultCharacter(settings: Settings): Promise<Character> {
  const [first] = await listCharacters([ownCharactersFolder()]);
  if (first === undefined)
    throw new SimulacraError(
      "unknown_character",
      "The package's own characters are missing: install it again, or name an imported character.",
      "environment",
    );
  return characterNamed(first.id, settings);
}
