import { basename, join } from "node:path";
import { z } from "zod";
import {
  type Character,
  characterSchema,
  lifeMemorySchema,
  questionnaireSchema,
  scenarioSchema,
} from "./character.js";
import { characterId } from "./character-id.js";
import { isSimulacraError, SimulacraError } from "./errors.js";
import { cardIn, notALife } from "./importers/disguised-card.js";
import { missingParts } from "./missing-for.js";
import { type FilledIn, withoutPlaceholderParagraphs, withoutPlaceholders } from "./placeholders.js";
import { keyInWords, type Problem, problemLine } from "./problem.js";
import { proseOf } from "./prose/prose.js";
import { fileSizeLimits, readJsonFile, readTextFile } from "./text-file.js";
import { parseTolerantly } from "./tolerant-parse.js";

export type { Problem } from "./problem.js";

/** The files of a character folder. Only `character.json` has to be there. */
export const characterFiles = {
  character: "character.json",
  biography: "biography.md",
  story: "story.md",
  memories: "memories.json",
  questionnaire: "questionnaire.json",
  scenarios: "scenarios.json",
} as const;

/** A character as far as it could be read, and everything its author should know. */
export interface CharacterReading {
  /** Absent when there is no readable `character.json` with a name. Broken parts are left out of it. */
  readonly character?: Character;
  readonly problems: Problem[];
}

const descriptionSchema = characterSchema
  .pick({ name: true, profile: true, personality: true, source: true, aliases: true })
  .extend({ id: characterSchema.shape.id.optional() });

/**
 * Reads a folder in which a character is written down. Tolerant: what is broken, missing for some method, not filled in
 * yet or unknown becomes a problem, the rest a character. Throws for nothing that stands in the files.
 */
export async function readCharacterFolder(path: string): Promise<CharacterReading> {
  const problems: Problem[] = [];
  const json = async <T>(file: string, schema: z.ZodType<T>): Promise<T | undefined> => {
    const result = await readJsonFile(join(path, file), file);
    if ("problem" in result) {
      if (!result.missing || file === characterFiles.character) problems.push(result.problem);
      return undefined;
    }
    const filled = withoutPlaceholders(result.value);
    if (filled.open.length > 0) problems.push(notFilledIn(file, filled));
    if (filled.value === undefined) return undefined;
    const parsed = parseTolerantly(file, filled.value, schema);
    problems.push(...parsed.problems);
    return parsed.value;
  };
  const text = async (file: string, maxBytes: number): Promise<string | undefined> => {
    const result = await readTextFile(join(path, file), maxBytes);
    if ("reason" in result) {
      if (!result.missing) problems.push({ file, reason: result.reason, kind: "broken" });
      return undefined;
    }
    const written = withoutPlaceholderParagraphs(result.text).trim();
    if (written !== result.text.trim()) problems.push(notFilledIn(file));
    const prose = proseOf(written);
    const card = file === characterFiles.story ? cardIn(written) : undefined;
    if (card !== undefined) problems.push({ file, reason: notALife(card), kind: "broken" });
    return prose === "" || card !== undefined ? undefined : prose;
  };

  const description = await json(characterFiles.character, descriptionSchema);
  const biography = await text(characterFiles.biography, fileSizeLimits.biography);
  const story = await text(characterFiles.story, fileSizeLimits.story);
  const memories = await json(characterFiles.memories, z.array(lifeMemorySchema));
  const questionnaire = await json(characterFiles.questionnaire, questionnaireSchema);
  const scenarios = await json(characterFiles.scenarios, z.array(scenarioSchema));
  if (description === undefined) return { problems };

  const id = description.id ?? idOf(description.name, problems);
  if (id === undefined) return { problems };
  const character: Character = {
    ...description,
    id,
    ...(biography === undefined ? {} : { biography }),
    ...(story === undefined ? {} : { story }),
    memories: memories ?? [],
    ...(questionnaire === undefined ? {} : { questionnaire }),
    scenarios: scenarios ?? [],
  };
  return { character, problems: [...problems, ...repeatedKeys(character), ...problemsOfMissing(character)] };
}

/** What the character in a folder is called; the folder's own name stands in where that cannot be read. */
export async function readCharacterNames(
  path: string,
): Promise<Pick<Character, "id" | "name" | "aliases"> & { path: string }> {
  const file = characterFiles.character;
  const result = await readJsonFile(join(path, file), file);
  const filled = "value" in result ? withoutPlaceholders(result.value).value : undefined;
  const names = parseTolerantly(file, filled, descriptionSchema).value;
  const id = names && (names.id ?? idOf(names.name, []));
  if (names === undefined || id === undefined)
    return { id: basename(path), name: basename(path), aliases: [], path };
  return { id, name: names.name, aliases: names.aliases, path };
}

/**
 * Reads a character folder and insists that everything in it can be read. Parts may be missing: see `missingFor`.
 * @throws SimulacraError invalid_character, whose message lists file, key and reason of what is broken
 */
export async function loadCharacterFolder(path: string): Promise<Character> {
  const { character, problems } = await readCharacterFolder(path);
  const broken = problems.filter((problem) => problem.kind === "broken");
  if (character !== undefined && broken.length === 0) return character;
  const lines = (broken.length > 0 ? broken : problems).map(problemLine);
  const shown = [...lines.slice(0, 10), ...(lines.length > 10 ? [`and ${lines.length - 10} more`] : [])];
  throw new SimulacraError(
    "invalid_character",
    `The character in ${basename(path)} cannot be used until this is corrected:\n${shown.map((line) => `- ${line}`).join("\n")}`,
    "user",
    { path, problems: lines },
  );
}

/** Names the places that still hold a placeholder, a list by its name only; none when the whole file does. */
function notFilledIn(file: string, filled?: FilledIn): Problem {
  const reason = "is not filled in yet, so it is left out";
  if (filled?.value === undefined) return { file, reason, kind: "missing" };
  const places = filled.open.map((path) => keyInWords(path)?.replace(/(?<=.) > entry .*$/, ""));
  return { file, key: [...new Set(places)].join("; "), reason, kind: "missing" };
}

function idOf(name: string, problems: Problem[]): string | undefined {
  try {
    return characterId(name);
  } catch (error) {
    if (!isSimulacraError(error)) throw error;
    problems.push({ file: characterFiles.character, key: "name", reason: error.message, kind: "broken" });
    return undefined;
  }
}

function repeatedKeys({ memories }: Character): Problem[] {
  const seen = new Set<string>();
  const repeated = memories.filter(({ key }) => seen.size === seen.add(key).size).map(({ key }) => key);
  return [...new Set(repeated)].map((key) => ({
    file: characterFiles.memories,
    key,
    reason: "is the key of more than one memory; every memory needs its own",
    kind: "broken",
  }));
}

/** What some method lacks, one problem a part. */
export const problemsOfMissing = (character: Character): Problem[] =>
  missingParts(character).map(({ part, file }) => ({ file, reason: `has no ${part} yet`, kind: "missing" }));
