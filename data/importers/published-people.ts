import { join } from "node:path";
import { z } from "zod";
import { type Personality, type Profile, profileSchema } from "../character.js";
import type { Problem } from "../problem.js";
import { readJsonFile } from "../text-file.js";
import { parseTolerantly } from "../tolerant-parse.js";

const text = z.string().trim().min(1);
/** The published program writes "NULL" for what there is not. */
const extra = { Photo: z.string().nullable().optional() };

const publishedProfileSchema = z.object({
  ID: text,
  Name: text,
  Gender: text,
  Age: profileSchema.shape.age.unwrap(),
  Date_of_birth: profileSchema.shape.dateOfBirth.unwrap(),
  Occupation: text,
  Traits: text,
  Hobbies: text,
  Family: text,
  Education: text,
  "Short-term_goals": text,
  "Long-term_goal": text,
  ...extra,
});
const namedProfileSchema = publishedProfileSchema.partial().required({ Name: true });
type PublishedProfile = z.infer<typeof namedProfileSchema>;

const publishedIntroductionSchema = z.object({
  ID: text,
  Name: text,
  Personality_traits: text,
  Basic_infos: text,
  Extra: z.record(z.string(), z.unknown()).optional(),
  Content: text,
});
const namedIntroductionSchema = publishedIntroductionSchema.partial().required({ Name: true });
type PublishedIntroduction = z.infer<typeof namedIntroductionSchema>;

export const profilesFile = "character_profiles.json";
export const introductionsFile = "character_introductions.json";

/** The sheets of all people by name, as far as they can be read. */
export interface PublishedPeople {
  readonly profiles: ReadonlyMap<string, PublishedProfile>;
  readonly introductions: ReadonlyMap<string, PublishedIntroduction>;
  readonly problems: Problem[];
}

async function readSheets<T extends { Name: string }>(
  folder: string,
  file: string,
  schema: z.ZodType<T>,
  strict: z.ZodType<unknown>,
  problems: Problem[],
): Promise<Map<string, T>> {
  const sheets = new Map<string, T>();
  const result = await readJsonFile(join(folder, file), file);
  if ("problem" in result) {
    problems.push(result.problem);
    return sheets;
  }
  if (!Array.isArray(result.value)) {
    problems.push({ file, reason: "should be a list (in square brackets) of people", kind: "broken" });
    return sheets;
  }
  for (const [index, entry] of result.value.entries()) {
    const { value, problems: found } = parseTolerantly(file, entry, schema, strict);
    const who = value?.Name ?? `entry ${index + 1}`;
    problems.push(
      ...found.map((problem) => ({
        ...problem,
        key: problem.key === undefined ? who : `${who} > ${problem.key}`,
      })),
    );
    if (value === undefined) continue;
    if (sheets.has(value.Name))
      problems.push({
        file,
        key: who,
        reason: "stands here twice; only the first is imported",
        kind: "broken",
      });
    else sheets.set(value.Name, value);
  }
  return sheets;
}

/** Reads the profile sheets and introductions of the data set, and says what they hold that a character cannot. */
export async function readPublishedPeople(folder: string): Promise<PublishedPeople> {
  const problems: Problem[] = [];
  const profiles = await readSheets(
    folder,
    profilesFile,
    namedProfileSchema,
    publishedProfileSchema,
    problems,
  );
  const introductions = await readSheets(
    folder,
    introductionsFile,
    namedIntroductionSchema,
    publishedIntroductionSchema,
    problems,
  );
  const ignored = (file: string, key: string): Problem => ({
    file,
    key,
    reason: "has no place in a character, so it is not kept",
    kind: "ignored",
  });
  for (const { Name, Photo } of profiles.values())
    if (Photo !== undefined && Photo !== null && Photo !== "NULL" && Photo !== "")
      problems.push(ignored(profilesFile, `${Name} > Photo`));
  for (const { Name, Extra } of introductions.values())
    if (Object.keys(Extra ?? {}).length > 0) problems.push(ignored(introductionsFile, `${Name} > Extra`));
  return { profiles, introductions, problems };
}

const commaList = (list: string): string[] =>
  list
    .split(/,\s+/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");

/** Splits "- sentence. - sentence." A dash inside a sentence does not split, unless the list has no full stops at all. */
export function traitSentences(list: string): string[] {
  const between = /[.!?]["'”’)]?\s+-\s/.test(list)
    ? /(?:^|(?<=[.!?]["'”’)]?)\s+|\n\s*)-\s+/u
    : /(?:^|\s+)-\s+/u;
  return list
    .trim()
    .split(between)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== "");
}

/** The facts of a published sheet; what it does not say is left out. */
export function profileOf(sheet: PublishedProfile): Profile {
  const facts = {
    age: sheet.Age,
    gender: sheet.Gender,
    dateOfBirth: sheet.Date_of_birth,
    occupation: sheet.Occupation,
    hobbies: commaList(sheet.Hobbies ?? ""),
    family: sheet.Family,
    education: sheet.Education,
    shortTermGoals: commaList(sheet["Short-term_goals"] ?? ""),
    longTermGoal: sheet["Long-term_goal"],
  };
  return profileSchema.parse(
    Object.fromEntries(Object.entries(facts).filter(([, fact]) => fact !== undefined)),
  );
}

/**
 * Traits stand in both files, and not quite the same ones: the sheet's come first, then what only the introduction says.
 * The data set does not publish the rank of the functions.
 */
export function personalityOf(sheet?: PublishedProfile, introduction?: PublishedIntroduction): Personality {
  const lists = [sheet?.Traits ?? "", introduction?.Personality_traits ?? ""];
  return { traits: [...new Set(lists.flatMap(traitSentences))] };
}
