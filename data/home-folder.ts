import { join } from "node:path";

/** Folder with one folder for each imported character. */
export function importedCharactersFolder(home: string): string {
  return join(home, "characters");
}

/** Folder with one folder for each character's memory. */
export function memoriesFolder(home: string): string {
  return join(home, "memory");
}

/** Folder of one character's memory: the store, its index, and the passages of the method rag. */
export function memoryFolder(home: string, character: string): string {
  return join(memoriesFolder(home), character);
}
