import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { characterFiles, loadCharacterFolder, readCharacterFolder } from "./character-folder.js";
import { missingFor, newCharacterFolder } from "./new-character.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "new-character-"));
});
afterEach(() => rm(folder, { recursive: true }));

describe("newCharacterFolder", () => {
  it("writes every file, none of which counts as written yet", async () => {
    const path = await newCharacterFolder("Zoë Adler", folder);
    expect(path).toBe(join(folder, "zoe-adler"));
    expect((await readdir(path)).sort()).toEqual([...Object.values(characterFiles), "README.md"].sort());
    const { character, problems } = await readCharacterFolder(path);
    expect(character).toEqual({
      id: "zoe-adler",
      name: "Zoë Adler",
      aliases: [],
      profile: { hobbies: [], shortTermGoals: [] },
      personality: { traits: [] },
      memories: [],
      scenarios: [],
      source: { origin: "not stated", licence: "not stated" },
    });
    expect(problems.every(({ kind }) => kind === "missing")).toBe(true);
    for (const file of Object.values(characterFiles))
      expect(problems.map((problem) => problem.file)).toContain(file);
  });

  it("needs no more than one trait and two paragraphs for macm", async () => {
    const path = await newCharacterFolder("Zoë Adler", folder);
    await writeFile(join(path, "story.md"), "I was born in a van.\n\nI still live in it.\n");
    const description = JSON.parse(await readFile(join(path, "character.json"), "utf8"));
    description.personality.traits = ["I do not stay."];
    await writeFile(join(path, "character.json"), JSON.stringify(description));
    const character = await loadCharacterFolder(path);
    expect(character).toMatchObject({ story: "I was born in a van.\n\nI still live in it." });
    expect(missingFor(character, ["traits", "life"])).toEqual([]);
    expect(missingFor(character, ["facts", "traits", "biography"])).toEqual([
      "profile facts (character.json)",
      "biography (biography.md)",
    ]);
  });

  it("accepts every template value once it is filled in as it says", async () => {
    const path = await newCharacterFolder("Zoë Adler", folder);
    const fill = async (file: string, values: Record<string, string>) => {
      let text = await readFile(join(path, file), "utf8");
      for (const [start, value] of Object.entries(values))
        text = text.replace(new RegExp(`"\\[fill in: ${start}[^\\]]*\\]"`, "g"), value);
      await writeFile(join(path, file), text.replace(/\[fill in: [^\]]*\]/g, "written"));
    };
    await fill("character.json", {
      age: "40",
      "date of birth": '"1990-01-31"',
      "the strongest": '"Ne"',
      mood: "0.5",
      excitement: "0.5",
    });
    await fill("questionnaire.json", {
      "letter of the": '"B"',
      "letter of right option number 1": '"A"',
      "letter of right option number 2": '"B"',
      "letter of right option number 3": '"C"',
    });
    for (const file of ["memories.json", "scenarios.json", "biography.md", "story.md"]) await fill(file, {});
    expect((await readCharacterFolder(path)).problems).toEqual([]);
  });

  it("refuses names that are paths, and places that are taken", async () => {
    await expect(newCharacterFolder("../evil", folder)).rejects.toMatchObject({ code: "invalid_input" });
    await newCharacterFolder("Ada", folder);
    await expect(newCharacterFolder("ada", folder)).rejects.toThrow(/exists already/);
  });
});
