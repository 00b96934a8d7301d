export * from "./character.js";
export * from "./character-catalogue.js";
export {
  type CharacterReading,
  characterFiles,
  loadCharacterFolder,
  readCharacterFolder,
} from "./character-folder.js";
export * from "./errors.js";
export { type ExportOptions, exportCharacter } from "./exporters/export-character.js";
export { type ImportResult, importHumanSimulacra } from "./importers/human-simulacra.js";
export { importCharacters } from "./importers/import-characters.js";
export { type CharacterNeed, type CharacterParts, missingFor } from "./missing-for.js";
export { newCharacterFolder } from "./new-character.js";
export { type Problem, problemLine } from "./problem.js";
export { countWords, type StoryChunk, storyChunks, storyParagraphs } from "./story.js";
export { type WriteOptions, writeCharacterFolder } from "./write-character-folder.js";
