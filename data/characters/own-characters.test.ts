import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { characterSchema, lifeMemorySchema, questionnaireSchema, scenarioSchema } from "../character.js";
import { loadCharacterFolder } from "../character-folder.js";
import { storyParagraphs } from "../story.js";

const here = fileURLToPath(new URL(".", import.meta.url));
const ids = readdirSync(here, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

const words = (text: string): number => text.split(/\s+/).filter((word) => word !== "").length;
const within = (value: number, least: number, most: number, what: string): void => {
  expect(value, what).toBeGreaterThanOrEqual(least);
  expect(value, what).toBeLessThanOrEqual(most);
};

/** What a person calls their parents, where the story gives names. */
const parents = new Set(["Dad", "Mam", "Mum", "Father", "Mother"]);
const numberWords =
  /\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundred|thousand)\b/g;

/** Names (capitals inside a sentence) and numbers of a text that its passage does not hold. */
function inventedIn(text: string, passage: string, ownName: string): string[] {
  const names = [...text.matchAll(/(?<=[\p{Ll},;:] )\p{Lu}[\p{L}]+/gu)].map(([name]) => name);
  const numbers = [...text.matchAll(/\b\d+\b/g), ...text.toLowerCase().matchAll(numberWords)].map(([n]) => n);
  const known = `${passage} ${ownName}`.toLowerCase();
  return [...names.filter((name) => !parents.has(name)), ...numbers].filter(
    (word) => !known.includes(word.toLowerCase()),
  );
}

describe.each(ids)("%s, a character of this project's own", (id) => {
  const folder = join(here, id);
  const read = (file: string): string => readFileSync(join(folder, file), "utf8");
  const json = <T>(file: string, schema: z.ZodType<T>): T => schema.parse(JSON.parse(read(file)));
  const character = json("character.json", characterSchema);
  const { profile, personality } = character;
  const paragraphs = storyParagraphs(read("story.md"));
  const memories = json("memories.json", z.array(lifeMemorySchema));
  const questionnaire = json("questionnaire.json", questionnaireSchema);

  it("can be loaded as a folder, with nothing broken", async () => {
    const loaded = await loadCharacterFolder(folder);
    expect(loaded.id).toBe(id);
    expect(loaded.memories).toEqual(memories);
    expect(loaded.questionnaire).toEqual(questionnaire);
  });

  it("has a whole profile, ranked functions and first-person traits, and says where it comes from", () => {
    expect(character.id).toBe(id);
    const facts = ["gender", "occupation", "family", "education", "longTermGoal", "residence"] as const;
    for (const fact of facts) expect(profile[fact], fact).toBeTruthy();
    expect(profile.hobbies).toHaveLength(3);
    expect(profile.shortTermGoals).toHaveLength(3);
    expect(personality.functions).toHaveLength(8);
    within(personality.traits.length, 16, 20, "traits");
    for (const trait of personality.traits) expect(trait).toMatch(/\b(I|I'm|I'd|I've|I'll|me|my)\b/);
    expect(personality.baseline?.valence).toBeTypeOf("number");
    expect(character.source).toEqual({ origin: "written for langgraph-simulacra", licence: "CC-BY-4.0" });
  });

  it("is as old in mid 2024 as the date of birth says", () => {
    const [year, month, day] = (profile.dateOfBirth ?? "").split("-").map(Number) as [number, number, number];
    const hadBirthday = month < 7 || (month === 7 && day <= 1);
    expect(profile.age).toBe(2024 - year - (hadBirthday ? 0 : 1));
  });

  it("has a biography of 500 to 900 words and a story of at least 64 paragraphs and 6,200 words", () => {
    within(words(read("biography.md")), 500, 900, "biography");
    expect(paragraphs.length).toBeGreaterThanOrEqual(64);
    expect(paragraphs.length % 2).toBe(0);
    expect(words(paragraphs.join(" "))).toBeGreaterThanOrEqual(6200);
  });

  it("has one memory for every two paragraphs, of the written lengths, with importance and affect", () => {
    expect(memories.map((memory) => memory.paragraphs)).toEqual(
      Array.from({ length: paragraphs.length / 2 }, (_, index) => [2 * index + 1, 2 * index + 2]),
    );
    expect(new Set(memories.map((memory) => memory.key)).size).toBe(memories.length);
    for (const memory of memories) {
      within(words(memory.content), 60, 110, `content of ${memory.key}`);
      within(words(memory.thinking), 25, 50, `thinking of ${memory.key}`);
      within(words(memory.emotion), 25, 60, `emotion of ${memory.key}`);
      for (const value of [memory.importance, memory.valence, memory.arousal])
        expect(value).toBeTypeOf("number");
    }
  });

  it("remembers no name and no number that its paragraphs do not hold", () => {
    const invented = memories.flatMap((memory) => {
      const [first, last] = memory.paragraphs ?? [1, paragraphs.length];
      const passage = paragraphs.slice(first - 1, last).join(" ");
      return [memory.content, memory.summary]
        .flatMap((text) => inventedIn(text, passage, character.name))
        .map((word) => `${memory.key}: ${word}`);
    });
    expect(invented).toEqual([]);
  });

  it("has five cloze, five single-choice and five multiple-choice items, the right letters spread", () => {
    const { cloze, singleChoice, multipleChoice } = questionnaire;
    expect([cloze.length, singleChoice.length, multipleChoice.length]).toEqual([5, 5, 5]);
    const accepted = cloze.map(({ answers }) => answers);
    for (const fact of [character.name, profile.gender, `${profile.age}`, profile.dateOfBirth])
      expect(accepted.flat()).toContain(fact);
    expect(new Set(singleChoice.map(({ key }) => key))).toEqual(new Set("ABCD"));
    for (const { keys } of multipleChoice) {
      expect(new Set(keys).size).toBe(3);
      for (const key of keys) expect("ABCDEF").toContain(key);
    }
    expect(new Set(multipleChoice.flatMap(({ keys }) => keys))).toEqual(new Set("ABCDEF"));
  });

  it("has five open scenarios in the second person", () => {
    const scenarios = json("scenarios.json", z.array(scenarioSchema));
    expect(scenarios).toHaveLength(5);
    for (const { scenario } of scenarios) expect(scenario).toMatch(/\byour?\b/i);
  });
});
