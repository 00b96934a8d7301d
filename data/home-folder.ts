import { join } from "node:path";

/** Folder with one folder for each imported character. */
export function importedCharactersFolder(home: string): string {
  return join(home, "characters");
}

/** Folder of one character's memory and checkpoints. */
export function memoryFolder(home: string, character: string): string {
  return join(home, "memory", character);
}
