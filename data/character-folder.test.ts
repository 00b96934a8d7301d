import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { exampleCharacter } from "../dev/doubles/data/example-character.js";
import { loadCharacterFolder, readCharacterFolder } from "./character-folder.js";
import { problemLine } from "./problem.js";
import { writeCharacterFolder } from "./write-character-folder.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "character-folder-"));
});
afterEach(() => rm(folder, { recursive: true }));

const write = (file: string, content: string | Uint8Array) => writeFile(join(folder, file), content);

describe("readCharacterFolder", () => {
  it("reads the least there can be: a name", async () => {
    await write("character.json", '{"name": "Ada Quill"}');
    const { character, problems } = await readCharacterFolder(folder);
    expect(character).toMatchObject({
      id: "ada-quill",
      name: "Ada Quill",
      personality: { traits: [] },
      memories: [],
    });
    expect(problems.map(problemLine)).toEqual([
      "character.json: has no profile facts yet",
      "character.json: has no trait sentences yet",
      "biography.md: has no biography yet",
      "story.md: has no life story yet",
    ]);
    expect(await loadCharacterFolder(folder)).toEqual(character);
  });

  it("keeps the rest when files and parts of files are broken", async () => {
    await write(
      "character.json",
      '{"name": "Ada", "profile": {"age": "51", "ocupation": "painter"}, "personality": {"traits": ["I am."]}}',
    );
    await write("story.md", Buffer.from("caf\xe9", "latin1"));
    await write("memories.json", '[{"key": "1"');
    await write("scenarios.json", '[{"scenario": ""}, {"scenario": "You wait."}]');
    await write("questionnaire.json", "[]");
    const { character, problems } = await readCharacterFolder(folder);
    expect(character).toMatchObject({
      name: "Ada",
      scenarios: [{ scenario: "You wait." }],
      personality: { traits: ["I am."] },
    });
    expect(problems.filter(({ kind }) => kind !== "missing").map(problemLine)).toEqual([
      'character.json, profile > age: should be a number (without quotes), but is the text "51"',
      "character.json, profile > ocupation: is not a name this program knows (a typing error?), so it is not kept",
      "story.md: is not UTF-8 (first unreadable character in line 1): save it again as UTF-8",
      "memories.json: is not valid JSON: the file ends too early",
      "questionnaire.json: should be a group of named values (in curly brackets), but is a list",
      "scenarios.json, entry 1 > scenario: is empty",
    ]);
    await expect(loadCharacterFolder(folder)).rejects.toMatchObject({
      code: "invalid_character",
      message: expect.stringContaining("profile > age"),
    });
  });

  it("has no character without a readable name, and still tells of the other files", async () => {
    await write("character.json", '{"name": "../etc"}');
    await write("scenarios.json", "{");
    const { character, problems } = await readCharacterFolder(folder);
    expect(character).toBeUndefined();
    expect(problems.map(({ file, key }) => [file, key])).toEqual([
      ["scenarios.json", undefined],
      ["character.json", "name"],
    ]);
    await expect(loadCharacterFolder(join(folder, "none"))).rejects.toMatchObject({
      code: "invalid_character",
    });
  });

  it("reports memories that share a key", async () => {
    const memory = exampleCharacter().memories[0];
    await write("character.json", '{"name": "Ada"}');
    await write("memories.json", JSON.stringify([memory, memory]));
    const { problems } = await readCharacterFolder(folder);
    expect(problems.find(({ kind }) => kind === "broken")).toMatchObject({
      file: "memories.json",
      key: "001",
    });
  });

  it("reads texts from Windows and leaves the biography's heading out", async () => {
    await write("character.json", '\uFEFF{"name": "Ada"}\r\n');
    await write("biography.md", "\uFEFF# Ada\r\n\r\nOne.\r\n\r\nTwo.\r\n");
    await write("story.md", "# The life\r\n\r\nOne.\r\n");
    const { character } = await readCharacterFolder(folder);
    expect(character).toMatchObject({ biography: "One.\n\nTwo.", story: "One." });
  });

  it("reads back equal what was written", async () => {
    const place = join(folder, "ada");
    await writeCharacterFolder(exampleCharacter(), place);
    expect(await readCharacterFolder(place)).toEqual({ character: exampleCharacter(), problems: [] });
  });
});
