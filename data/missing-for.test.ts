import { describe, expect, it } from "vitest";
import { exampleCharacter } from "../dev/doubles/data/example-character.js";
import { type CharacterNeed, missingFor } from "./missing-for.js";

// As the methods state them (graphs/methods.test.ts).
const prompt: CharacterNeed[] = ["facts", "traits", "biography"];
const rag: CharacterNeed[] = ["traits", "story"];
const macm: CharacterNeed[] = ["traits", "life"];

describe("missingFor", () => {
  it("finds nothing missing in a whole character", () => {
    for (const needs of [[], prompt, rag, macm]) expect(missingFor(exampleCharacter(), needs)).toEqual([]);
  });

  it("names what each method lacks of nothing", () => {
    expect(missingFor({}, [])).toEqual([]);
    expect(missingFor({}, prompt)).toEqual([
      "profile facts (character.json)",
      "trait sentences (character.json)",
      "biography (biography.md)",
    ]);
    for (const needs of [rag, macm])
      expect(missingFor({}, needs)).toEqual(["trait sentences (character.json)", "life story (story.md)"]);
  });

  it("lets macm do with memories alone, and with a story alone, but rag only with a story", () => {
    const { story, memories, personality } = exampleCharacter();
    expect(missingFor({ personality, memories }, macm)).toEqual([]);
    expect(missingFor({ personality, story }, macm)).toEqual([]);
    expect(missingFor({ personality, memories }, rag)).toEqual(["life story (story.md)"]);
  });

  it("does not take empty lists for profile facts", () => {
    const profile = { hobbies: [], shortTermGoals: [] };
    expect(missingFor({ ...exampleCharacter(), profile }, prompt)).toEqual([
      "profile facts (character.json)",
    ]);
  });
});
