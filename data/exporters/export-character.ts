import type { Character } from "../character.js";
import { learntMemoriesFile, type WriteOptions, writeCharacterFolder } from "../write-character-folder.js";

/** What to export beside the character. */
export interface ExportOptions extends WriteOptions {
  /** What the character learnt in conversations, as JSON records; written to `learnt-memories.json`. @default none */
  readonly learntMemories?: readonly unknown[];
}

/**
 * Writes a character, and optionally what it learnt, as a folder that `importCharacters` and `loadCharacterFolder` read
 * back equal. What it learnt is for reading and archiving: an import leaves it alone, since it belongs to the people who
 * talked to the character.
 * @throws SimulacraError as `writeCharacterFolder`
 */
export async function exportCharacter(
  character: Character,
  path: string,
  options: ExportOptions = {},
): Promise<void> {
  const { learntMemories, ...writing } = options;
  const beside = learntMemories === undefined ? {} : { [learntMemoriesFile]: learntMemories };
  await writeCharacterFolder(character, path, { ...writing, beside });
}
