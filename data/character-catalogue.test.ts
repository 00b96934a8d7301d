import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { exampleCharacter } from "../dev/doubles/data/example-character.js";
import { findCharacter, listCharacters, ownCharactersFolder } from "./character-catalogue.js";
import { writeCharacterFolder } from "./write-character-folder.js";

let first: string;
let second: string;
let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "catalogue-"));
  [first, second] = [join(root, "first"), join(root, "second")];
  await writeCharacterFolder(exampleCharacter(), join(first, "ada-quill"));
  await writeCharacterFolder(
    exampleCharacter({ id: "bo-lind", name: "Bo Lind", aliases: ["Bosse"] }),
    join(first, "bo-lind"),
  );
});
afterEach(() => rm(root, { recursive: true }));

describe("listCharacters", () => {
  it("lists by id what is known, and lets the later folder win", async () => {
    await writeCharacterFolder(
      exampleCharacter({ profile: { hobbies: [], shortTermGoals: [], age: 52 } }),
      join(second, "mine"),
    );
    const entries = await listCharacters([first, second, join(root, "none")]);
    expect(entries.map(({ id, age, storyWords }) => [id, age, storyWords])).toEqual([
      ["ada-quill", 52, 15],
      ["bo-lind", 51, 15],
    ]);
  });

  it("lists a broken character with its problems and lets the others be found", async () => {
    await mkdir(join(first, "cracked"));
    await writeFile(join(first, "cracked", "character.json"), "{");
    const entries = await listCharacters([first]);
    expect(entries.find(({ id }) => id === "cracked")?.problems[0]?.file).toBe("character.json");
    expect((await findCharacter("bo-lind", [first])).name).toBe("Bo Lind");
    await expect(findCharacter("cracked", [first])).rejects.toMatchObject({ code: "invalid_character" });
  });

  it("finds the package's own characters readable", async () => {
    const own = await listCharacters([ownCharactersFolder()]);
    expect(own.length).toBeGreaterThan(0);
    expect(own.flatMap(({ problems }) => problems)).toEqual([]);
  });
});

describe("findCharacter", () => {
  it("finds an id with accents without them, but what is written so goes first", async () => {
    const made = (id: string) =>
      writeCharacterFolder(exampleCharacter({ id, name: id, aliases: [] }), join(second, id));
    await made("zoë-adler");
    for (const name of ["zoe-adler", "zoë-adler", "Zoe Adler"])
      expect((await findCharacter(name, [second])).id).toBe("zoë-adler");
    await made("zoe-adler");
    for (const id of ["zoe-adler", "zoë-adler"]) expect((await findCharacter(id, [second])).id).toBe(id);
  });

  it.each(["ada-quill", "Ada Quill", "ADA_QUILL", " ada  quill ", "captain", "Ａｄａ Quill"])(
    "finds %j",
    async (name) => {
      expect((await findCharacter(name, [first])).id).toBe("ada-quill");
    },
  );

  it("suggests the nearest and lists what there is", async () => {
    await expect(findCharacter("Ada Qill", [first])).rejects.toMatchObject({
      code: "unknown_character",
      fault: "user",
      message: 'There is no character "Ada Qill". Did you mean ada-quill? There are: ada-quill, bo-lind.',
      details: { nearest: "ada-quill" },
    });
    await expect(findCharacter("bo", [first])).rejects.toThrow("Did you mean bo-lind?");
  });

  it.each(["", "../../etc/passwd", "\u0000\u001b[31m", "x".repeat(100_000)])(
    "answers %# quickly, in one clean line",
    async (name) => {
      const error = await findCharacter(name, [first]).catch((thrown: Error) => thrown);
      expect(error).toMatchObject({ code: "unknown_character" });
      expect((error as Error).message).toMatch(/^\P{Cc}{1,400}$/u);
    },
  );

  it("asks for the id when a name is not unique", async () => {
    await writeCharacterFolder(exampleCharacter({ id: "ada-2" }), join(second, "ada-2"));
    await expect(findCharacter("Captain", [first, second])).rejects.toThrow(
      /ada-2, ada-quill|ada-quill, ada-2/,
    );
  });
});
