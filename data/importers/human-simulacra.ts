import type { Character } from "../character.js";
import { characterId, quoted } from "../character-id.js";
import { isSimulacraError, SimulacraError } from "../errors.js";
import { didYouMean } from "../nearest-name.js";
import type { Problem } from "../problem.js";
import { findDataSet, peopleWithFolders } from "./data-set-folder.js";
import { readPublishedLife } from "./published-memories.js";
import {
  introductionsFile,
  type PublishedPeople,
  personalityOf,
  profileOf,
  profilesFile,
  readPublishedPeople,
} from "./published-people.js";
import { readPublishedQuestions } from "./published-questions.js";

/** What an import brought in, and everything it could not bring in, by file, key and reason. */
export interface ImportResult {
  readonly characters: Character[];
  readonly problems: Problem[];
}

/**
 * Reads characters in the layout of the published data set (Xie et al. 2025, `LLMP/Characters`), with their prebuilt
 * memories and without a model. `path` is a clone of the repository, the folder that holds `Characters`, `Characters`
 * itself, or one of these followed by the name of one person. Importance and valence are not published and stay unknown.
 * @throws SimulacraError import_failed when there is no such data set, unknown_character when it has no such person
 */
export async function importHumanSimulacra(path: string): Promise<ImportResult> {
  const place = findDataSet(path);
  if (place === undefined)
    throw new SimulacraError(
      "import_failed",
      `There is no data set in the published layout at ${path}. Give a clone of the Human Simulacra repository, its LLMP folder or LLMP/Characters.`,
      "user",
      { path },
    );
  const people = await readPublishedPeople(place.folder);
  const all = [
    ...new Set([
      ...people.profiles.keys(),
      ...people.introductions.keys(),
      ...(await peopleWithFolders(place.folder)),
    ]),
  ];
  const names = place.person === undefined ? all : [onePerson(place.person, all)];
  const concerns = (problem: Problem) =>
    place.person === undefined ||
    names.some((name) => problem.key === undefined || problem.key.startsWith(name));
  const problems = people.problems.filter(concerns);
  const characters = new Map<string, Character>();
  for (const name of names) {
    const character = await readPerson(place.folder, name, people, problems);
    if (character === undefined) continue;
    const first = characters.get(character.id);
    if (first !== undefined)
      problems.push({
        file: profilesFile,
        key: name,
        reason: `is ${character.id}, as ${first.name} is; only the first is imported`,
        kind: "broken",
      });
    else characters.set(character.id, character);
  }
  return { characters: [...characters.values()], problems };
}

function onePerson(asked: string, all: readonly string[]): string {
  const plain = (name: string) => name.toLowerCase().replace(/[\s_-]+/g, " ");
  const found = all.find((name) => plain(name) === plain(asked));
  if (found !== undefined) return found;
  const hint =
    all.length > 0 ? `${didYouMean(asked, all)} There are: ${all.join(", ")}.` : " It has no people at all.";
  throw new SimulacraError(
    "unknown_character",
    `The data set has no person called ${quoted(asked)}.${hint}`,
    "user",
    { asked, known: all },
  );
}

async function readPerson(
  folder: string,
  name: string,
  people: PublishedPeople,
  problems: Problem[],
): Promise<Character | undefined> {
  let id: string;
  try {
    id = characterId(name);
  } catch (error) {
    if (!isSimulacraError(error)) throw error;
    problems.push({
      file: profilesFile,
      key: `${quoted(name)} > Name`,
      reason: error.message,
      kind: "broken",
    });
    return undefined;
  }
  const profile = people.profiles.get(name);
  const introduction = people.introductions.get(name);
  if (profile === undefined)
    problems.push({
      file: profilesFile,
      key: name,
      reason: "has no profile that can be read",
      kind: "missing",
    });
  if (introduction === undefined)
    problems.push({
      file: introductionsFile,
      key: name,
      reason: "has no introduction that can be read",
      kind: "missing",
    });
  const life = await readPublishedLife(folder, name);
  const questions = await readPublishedQuestions(folder, name);
  problems.push(...life.problems, ...questions.problems);
  const key = profile?.ID ?? introduction?.ID;
  return {
    id,
    name,
    profile: profileOf(profile ?? { Name: name }),
    personality: personalityOf(profile, introduction),
    ...(introduction?.Content === undefined ? {} : { biography: introduction.Content }),
    ...(life.story === undefined ? {} : { story: life.story }),
    memories: life.memories,
    ...(questions.questionnaire === undefined ? {} : { questionnaire: questions.questionnaire }),
    scenarios: questions.scenarios,
    source: {
      origin: "Human Simulacra data set (Xie et al. 2025)",
      licence: "CC BY-NC-SA 4.0",
      ...(key === undefined ? {} : { key }),
    },
    aliases: [],
  };
}
