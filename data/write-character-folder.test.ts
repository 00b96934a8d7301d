import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { exampleCharacter } from "../dev/doubles/data/example-character.js";
import { loadCharacterFolder } from "./character-folder.js";
import { writeCharacterFolder } from "./write-character-folder.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "write-character-"));
});
afterEach(() => rm(folder, { recursive: true }));

describe("writeCharacterFolder", () => {
  it("never overwrites unless told, and then leaves nothing of the old one", async () => {
    const place = join(folder, "ada");
    await writeCharacterFolder(exampleCharacter(), place);
    const { biography: _, ...shorter } = exampleCharacter({ name: "Ada II" });
    await expect(writeCharacterFolder(shorter, place)).rejects.toMatchObject({ code: "invalid_input" });
    await writeCharacterFolder(shorter, place, { replace: true });
    expect(await loadCharacterFolder(place)).toEqual(shorter);
    expect(await readdir(folder)).toEqual(["ada"]);
  });

  it("does not replace a folder that holds anything else", async () => {
    const mine = join(folder, "documents");
    await mkdir(mine);
    await writeFile(join(mine, "thesis.txt"), "years of work");
    await expect(writeCharacterFolder(exampleCharacter(), mine, { replace: true })).rejects.toThrow(
      /not only a character folder/,
    );
    expect(await readdir(mine)).toEqual(["thesis.txt"]);
    await expect(writeCharacterFolder(exampleCharacter(), join(mine, "thesis.txt"))).rejects.toMatchObject({
      code: "invalid_input",
    });
  });

  it("refuses a character that breaks the schema, and leaves nothing behind", async () => {
    const broken = { ...exampleCharacter(), id: "../ada" };
    await expect(writeCharacterFolder(broken, join(folder, "ada"))).rejects.toMatchObject({
      code: "invalid_character",
    });
    expect(await readdir(folder)).toEqual([]);
  });

  it.skipIf(process.getuid?.() === 0)("says whose fault it is when writing is not allowed", async () => {
    await chmod(folder, 0o500);
    await expect(writeCharacterFolder(exampleCharacter(), join(folder, "ada"))).rejects.toMatchObject({
      fault: "environment",
    });
    await chmod(folder, 0o700);
  });
});
