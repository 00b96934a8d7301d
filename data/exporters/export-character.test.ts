import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { exampleCharacter } from "../../dev/doubles/data/example-character.js";
import { findCharacter, listCharacters, ownCharactersFolder } from "../character-catalogue.js";
import { importCharacters } from "../importers/import-characters.js";
import { exportCharacter } from "./export-character.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "export-"));
});
afterEach(() => rm(folder, { recursive: true }));

describe("exportCharacter", () => {
  it("writes what an import reads back equal", async () => {
    await exportCharacter(exampleCharacter(), join(folder, "out"));
    expect(await importCharacters(join(folder, "out"))).toEqual({
      characters: [exampleCharacter()],
      problems: [],
    });
  });

  it("does so for every character of the package", async () => {
    for (const { id } of await listCharacters([ownCharactersFolder()])) {
      const character = await findCharacter(id, [ownCharactersFolder()]);
      await exportCharacter(character, join(folder, id));
      expect((await importCharacters(join(folder, id))).characters).toEqual([character]);
    }
  });

  it("puts learnt memories beside the character, which an import leaves alone", async () => {
    const learntMemories = [{ id: "r1", content: "You told me about your dog." }];
    await exportCharacter(exampleCharacter(), join(folder, "out"), { learntMemories });
    await exportCharacter(exampleCharacter(), join(folder, "out"), { learntMemories, replace: true });
    expect(JSON.parse(await readFile(join(folder, "out", "learnt-memories.json"), "utf8"))).toEqual(
      learntMemories,
    );
    expect((await importCharacters(join(folder, "out"))).characters).toEqual([exampleCharacter()]);
  });
});
