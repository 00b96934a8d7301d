import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { exampleCharacter } from "../../dev/doubles/data/example-character.js";
import { dataSetFiles, writeDataSet } from "../../dev/doubles/data/published-data-set.js";
import { loadCharacterFolder } from "../character-folder.js";
import { problemLine } from "../problem.js";
import { writeCharacterFolder } from "../write-character-folder.js";
import { importCharacters } from "./import-characters.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "import-"));
});
afterEach(() => rm(folder, { recursive: true }));

describe("importCharacters", () => {
  it("takes a character folder, and the character.json in it", async () => {
    await writeCharacterFolder(exampleCharacter(), join(folder, "ada"));
    for (const path of ["ada", "ada/character.json"])
      expect(await importCharacters(join(folder, path))).toEqual({
        characters: [exampleCharacter()],
        problems: [],
      });
  });

  it("takes a folder of character folders, says in which one a problem is, and keeps one of two with the same id", async () => {
    await writeCharacterFolder(exampleCharacter(), join(folder, "ada"));
    await writeCharacterFolder(exampleCharacter(), join(folder, "twin"));
    await mkdir(join(folder, "cracked"));
    await writeFile(join(folder, "cracked", "character.json"), "{");
    const { characters, problems } = await importCharacters(folder);
    expect(characters).toEqual([exampleCharacter()]);
    expect(problems.map(problemLine)).toEqual([
      "cracked/character.json: is not valid JSON: the file ends too early",
      "twin/character.json, id: is ada-quill, as in another folder; only the first is imported",
    ]);
  });

  it("takes a data set, and one person of it", async () => {
    await writeDataSet(join(folder, "Characters"), dataSetFiles());
    expect((await importCharacters(folder)).characters).toHaveLength(2);
    expect((await importCharacters(join(folder, "Ann Ray"))).characters.map(({ id }) => id)).toEqual([
      "ann-ray",
    ]);
  });

  it("takes a life story, names it after its file and says what is missing", async () => {
    await writeFile(join(folder, "ada_quill.md"), "# Me\r\n\r\nI paint.\r\n\r\nI kite.\r\n");
    const { characters, problems } = await importCharacters(join(folder, "ada_quill.md"));
    expect(characters).toEqual([
      expect.objectContaining({ id: "ada-quill", name: "ada quill", story: "I paint.\n\nI kite." }),
    ]);
    expect(problems.map(({ file }) => file)).toEqual(["character.json", "character.json", "biography.md"]);
    await writeCharacterFolder(characters[0] ?? exampleCharacter(), join(folder, "out"));
    expect(await loadCharacterFolder(join(folder, "out"))).toEqual(characters[0]);
  });

  it("reports a life story that cannot be read", async () => {
    await writeFile(join(folder, "a.txt"), Buffer.from("\uFEFFhello", "utf16le"));
    await writeFile(join(folder, "b.txt"), "\n");
    expect((await importCharacters(join(folder, "a.txt"))).problems.map(problemLine)).toEqual([
      "a.txt: is not UTF-8 but UTF-16: save it again as UTF-8",
    ]);
    expect(await importCharacters(join(folder, "b.txt"))).toMatchObject({
      characters: [],
      problems: [{ file: "b.txt" }],
    });
  });

  it.each(["none", "x".repeat(5000), "a\u0000b", "picture.png", ""])(
    "says what it understands when given %#",
    async (name) => {
      await writeFile(join(folder, "picture.png"), "x");
      await expect(importCharacters(join(folder, name))).rejects.toMatchObject({
        code: "import_failed",
        message: expect.stringContaining("Give a character folder"),
      });
    },
  );
});
