import { join } from "node:path";
import { characterFiles } from "./character-folder.js";
import { characterId } from "./character-id.js";
import { placeholder } from "./placeholders.js";
import { folderReadme, jsonText, writeFolder } from "./write-character-folder.js";

export { missingFor } from "./missing-for.js";

const times = <T>(count: number, make: (number: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index + 1));

/** The files of an empty character: valid JSON and Markdown, every text of which says what to put in its place. */
function templates(id: string, name: string): Map<string, string> {
  const description = {
    id,
    name,
    aliases: [placeholder("a nickname; add more lines, or delete this one")],
    profile: {
      age: placeholder("age in years, a number without quotes"),
      gender: placeholder("gender"),
      dateOfBirth: placeholder("date of birth, like 1994-06-27"),
      occupation: placeholder("what they do for a living"),
      hobbies: [placeholder("a hobby"), placeholder("another hobby")],
      family: placeholder("the family they come from, in a few words"),
      education: placeholder("their schooling, in a few words"),
      shortTermGoals: [placeholder("what they want to get done soon"), placeholder("another such goal")],
      longTermGoal: placeholder("what they want to reach in life"),
      residence: placeholder("where they live"),
    },
    personality: {
      functions: [
        placeholder(
          "the strongest of Ne, Ni, Te, Ti, Se, Si, Fe, Fi; the others below it in order, or delete the list",
        ),
      ],
      traits: [
        placeholder("a sentence about them in their own words: I keep my promises."),
        placeholder("another such sentence; about 20 are good"),
      ],
      baseline: {
        valence: placeholder("mood at rest, from -1 (miserable) to 1 (happy), without quotes"),
        arousal: placeholder("excitement at rest, from 0 (calm) to 1 (agitated), without quotes"),
      },
    },
    source: {
      origin: placeholder("who wrote this, or where it is from"),
      licence: placeholder("who may use it and how"),
    },
  };
  const memory = {
    key: placeholder("a number or word that no other memory has"),
    content: placeholder("what happened, as they remember it: I was six when …"),
    thinking: placeholder("what they thought about it"),
    emotion: placeholder("what they felt"),
    summary: placeholder("all of this in one or two sentences"),
  };
  const choice = (count: number) => ({
    question: placeholder("a question about their life"),
    options: times(count, (n) => placeholder(`option ${n}`)),
  });
  const questionnaire = {
    cloze: [
      {
        question: placeholder("a question with a short answer"),
        answers: [placeholder("the answer; other wordings of it below")],
      },
    ],
    singleChoice: [{ ...choice(4), key: placeholder("letter of the right option, A to D") }],
    multipleChoice: [
      { ...choice(6), keys: times(3, (n) => placeholder(`letter of right option number ${n}, A to F`)) },
    ],
  };
  return new Map([
    [characterFiles.character, jsonText(description)],
    [
      characterFiles.biography,
      `${placeholder(`who ${name} is, told by somebody else, in 500 to 900 words`)}\n`,
    ],
    [
      characterFiles.story,
      `# The life of ${name}\n\n${placeholder("the life from the beginning to today, one scene or period a paragraph")}\n\n${placeholder("the next paragraph, after a blank line; two are enough to begin with")}\n`,
    ],
    [characterFiles.memories, jsonText([memory])],
    [characterFiles.questionnaire, jsonText(questionnaire)],
    [
      characterFiles.scenarios,
      jsonText([{ scenario: placeholder("a situation to put them into: You are already in bed when …") }]),
    ],
    [folderReadme, readme(name, id)],
  ]);
}

function readme(name: string, folder: string): string {
  return `# ${name}

Replace every \`[fill in: …]\` with your own words, or delete it. What is left as it is counts as not written: nothing is
made up for it. Save all files as UTF-8. Then, from the folder above this one,

    npx simulacra import ${folder}

says what is still missing, for which method.

| file | what it is for | needed by |
|---|---|---|
| \`character.json\` | name, profile facts, personality | a name: everybody. One trait sentence: \`prompt\`, \`rag\`, \`macm\`. One profile fact: \`prompt\` |
| \`biography.md\` | the person described by somebody else, 500 to 900 words | \`prompt\`; makes \`rag\` and \`macm\` better |
| \`story.md\` | the life story; a blank line between paragraphs | \`rag\` (passages of it) and \`macm\` (memories made of it) |
| \`memories.json\` | long-term memories written by hand | nobody: \`simulacra remember\` makes them from the story. With them, \`macm\` needs no story |
| \`questionnaire.json\` | what the person should know about themself | the self-report evaluation |
| \`scenarios.json\` | situations to put the person into | the observer evaluation |

The method \`blank\` knows nothing of a character and needs none of this. To try \`macm\` early: fill in one trait sentence and
two paragraphs of \`story.md\`, and leave the rest for later.
`;
}

/**
 * Writes a folder to fill in, named by the id of the character, into a directory.
 * @returns the path of the new folder
 * @throws SimulacraError invalid_input for a name that cannot be one (`characterId`) or a place that is taken
 */
export async function newCharacterFolder(name: string, directory: string): Promise<string> {
  const id = characterId(name);
  const path = join(directory, id);
  await writeFolder(templates(id, name.normalize("NFKC").trim()), path, {});
  return path;
}
