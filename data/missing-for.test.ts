import { describe, expect, it } from "vitest";
import { exampleCharacter } from "../dev/doubles/data/example-character.js";
import { missingFor } from "./missing-for.js";

describe("missingFor", () => {
  it("finds nothing missing in a whole character", () => {
    for (const method of ["blank", "prompt", "rag", "macm"] as const)
      expect(missingFor(exampleCharacter(), method)).toEqual([]);
  });

  it("names what each method lacks of nothing", () => {
    expect(missingFor({}, "blank")).toEqual([]);
    expect(missingFor({}, "prompt")).toEqual([
      "profile facts (character.json)",
      "trait sentences (character.json)",
      "biography (biography.md)",
    ]);
    for (const method of ["rag", "macm"] as const)
      expect(missingFor({}, method)).toEqual(["trait sentences (character.json)", "life story (story.md)"]);
  });

  it("lets macm do with memories alone, and with a story alone, but rag only with a story", () => {
    const { story, memories, personality } = exampleCharacter();
    expect(missingFor({ personality, memories }, "macm")).toEqual([]);
    expect(missingFor({ personality, story }, "macm")).toEqual([]);
    expect(missingFor({ personality, memories }, "rag")).toEqual(["life story (story.md)"]);
  });

  it("does not take empty lists for profile facts", () => {
    const profile = { hobbies: [], shortTermGoals: [] };
    expect(missingFor({ ...exampleCharacter(), profile }, "prompt")).toEqual([
      "profile facts (character.json)",
    ]);
  });
});
