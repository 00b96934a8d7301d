import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { type Character, characterSchema } from "../character.js";
import { storyChunks, storyParagraphs } from "../story.js";
import { importHumanSimulacra } from "./human-simulacra.js";

const dataSet = fileURLToPath(new URL("../../../shared/data/human-simulacra/", import.meta.url));
const there = existsSync(dataSet);
if (!there)
  console.warn("The published data set is not beside the repository (../shared): its import is not tested.");

const published = (file: string) => JSON.parse(readFileSync(join(dataSet, "Characters", file), "utf8"));
const textsIn = (value: unknown): string[] =>
  typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [String(value)];

/** The facts of a character in the wording of the published introductions. */
function basicInfos({ name, profile }: Character): string {
  const facts = [
    `Name: ${name}`,
    `Age: ${profile.age}`,
    `Gender: ${profile.gender}`,
    `Date of Birth: ${profile.dateOfBirth}`,
    `Occupation: ${profile.occupation}`,
    `Hobbies: '${profile.hobbies.join(", ")}'`,
    `Family: ${profile.family}`,
    `Education: ${profile.education}`,
    `Short-term Goals: '${profile.shortTermGoals.join(", ")}'`,
    `Long-term Goal: ${profile.longTermGoal}`,
  ];
  return `""\n${facts.join(", ")}.\n""\n`;
}

describe.skipIf(!there)("the published data set", async () => {
  const { characters, problems } = there
    ? await importHumanSimulacra(dataSet)
    : { characters: [], problems: [] };
  const profiles: Record<string, unknown>[] = there ? published("character_profiles.json") : [];
  const introductions: Record<string, unknown>[] = there ? published("character_introductions.json") : [];

  it("is imported whole: seven people, no problem", () => {
    expect([characters.length, problems]).toEqual([7, []]);
    for (const character of characters) expect(characterSchema.parse(character)).toEqual(character);
  });

  describe.each(characters.map((character) => [character.name, character] as const))(
    "%s",
    (name, character) => {
      it("keeps every field of profile and introduction", () => {
        const sheet = profiles.find(({ Name }) => Name === name) ?? {};
        const { profile, personality, source } = character;
        expect(sheet).toMatchObject({
          ID: source.key,
          Gender: profile.gender,
          Name: character.name,
          Age: profile.age,
          Date_of_birth: profile.dateOfBirth,
          Photo: "NULL",
          Occupation: profile.occupation,
          Hobbies: profile.hobbies.join(", "),
          Family: profile.family,
          Education: profile.education,
          "Short-term_goals": profile.shortTermGoals.join(", "),
          "Long-term_goal": profile.longTermGoal,
        });
        const listed = (traits: readonly string[]) => traits.map((trait) => `- ${trait}`).join(" ");
        expect(listed(personality.traits.slice(0, 20))).toBe(String(sheet.Traits).trim());
        expect(Object.keys(sheet)).toHaveLength(13);
        const introduction = introductions.find(({ Name }) => Name === name) ?? {};
        expect(introduction).toMatchObject({ ID: source.key, Extra: {}, Content: character.biography });
        const told = String(introduction.Personality_traits).trim();
        const inOrderTold = personality.traits.filter((trait) => told.includes(trait));
        inOrderTold.sort((a, b) => told.indexOf(a) - told.indexOf(b));
        expect(listed(inOrderTold)).toBe(told);
        expect(
          personality.traits.every((trait) => told.includes(trait) || String(sheet.Traits).includes(trait)),
        ).toBe(true);
        expect(introduction.Basic_infos).toBe(basicInfos(character));
        expect(Object.keys(introduction)).toHaveLength(6);
      });

      it("keeps every word of story and memories", () => {
        const file = readFileSync(join(dataSet, "Characters", "Stories", name, `${name}.txt`), "utf8");
        const words = (text: string) => text.split(/\s+/).filter((word) => word !== "");
        expect(words(character.story ?? "")).toEqual(words(file));
        const memories = published(`Memories/${name}/long_memory.json`);
        expect(character.memories.map(({ key }) => key)).toEqual(Object.keys(memories));
        for (const memory of character.memories)
          expect(textsIn(memories[memory.key]).map((text) => text.trim())).toEqual([
            memory.summary,
            memory.content,
            memory.thinking,
            memory.emotion,
          ]);
      });

      it("names for each memory the paragraphs that it was made from", () => {
        const paragraphs = storyParagraphs(character.story ?? "");
        const words = (text: string) => new Set(text.toLowerCase().match(/\p{L}{5,}/gu));
        const wordsOf = paragraphs.map(words);
        const rarity = (word: string) =>
          Math.log(paragraphs.length / wordsOf.filter((known) => known.has(word)).length);
        // Of all memories, its own shares the most (and rarest) words with a pair of paragraphs, but for a few exceptions.
        const right = character.memories.filter((memory) => {
          const own = words(textsIn(memory).join(" "));
          const scores = character.memories.map(({ paragraphs: range = [0, 0] }) => {
            const theirs = words(paragraphs.slice(range[0] - 1, range[1]).join(" "));
            const shared = [...own]
              .filter((word) => theirs.has(word))
              .reduce((sum, word) => sum + rarity(word), 0);
            return shared / Math.sqrt(1 + theirs.size);
          });
          return scores.indexOf(Math.max(...scores)) === character.memories.indexOf(memory);
        });
        expect(right.length / character.memories.length).toBeGreaterThan(0.75);
        expect(character.memories.at(-1)?.paragraphs?.[1]).toBe(paragraphs.length);
        expect(Math.abs(storyChunks(paragraphs).length - character.memories.length)).toBeLessThanOrEqual(1);
      });

      it("keeps every question that is published", () => {
        const { cloze = [], singleChoice = [], multipleChoice = [] } = character.questionnaire ?? {};
        const lettered = (options: readonly string[]) =>
          options.map((option, index) => `${"ABCDEF"[index]}. ${option}`);
        const plain = (value: unknown) =>
          JSON.parse(
            JSON.stringify(value)
              .replace(/(?<="[A-F]\.) +/g, " ")
              .replace(/ +"/g, '"'),
          );
        expect(
          cloze.map(({ question, answers }) => ({ type: "Cloze", question, options: [""], answer: answers })),
        ).toEqual(published(`Questions/${name}/Cloze.json`));
        expect(
          singleChoice.map(({ question, options, key }) => ({
            type: "Single_choice",
            question,
            options: lettered(options),
            answer: [key],
          })),
        ).toEqual(plain(published(`Questions/${name}/Single_choice.json`)));
        expect(
          multipleChoice.map(({ question, options, keys }) => ({
            type: "Multiple_choices",
            question,
            options: lettered(options),
            answer: keys,
          })),
        ).toEqual(plain(published(`Questions/${name}/Multiple_choices.json`)));
        const open = textsIn(published(`Questions/${name}/Open-Ended.json`)).filter(
          (text) => text !== "" && text !== "Open-Ended",
        );
        expect(character.scenarios.map(({ scenario }) => scenario)).toEqual(open.map((text) => text.trim()));
      });
    },
  );
});
