import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { folder, json, person, simulacra, writePerson } from "../../dev/doubles/apps/built-command.js";

// The built command as a user has it: people are made, brought in and taken elsewhere.

describe("characters", () => {
  test("the package's own characters are there without anything", async () => {
    const entry = z.object({ id: z.string(), name: z.string(), age: z.number(), storyWords: z.number() });
    const { characters } = await json(z.object({ characters: z.array(entry) }), ["characters"]);
    expect(characters.map(({ id }) => id)).toEqual(["hester-tranter", "kuo-yu-hsiang"]);
    expect(existsSync(join(folder, ".simulacra"))).toBe(false);
  });

  test("new writes a folder; importing it says what is missing for which method", async () => {
    const created = await simulacra(["characters", "new", "Ann Other"]);
    expect(created.code).toBe(0);
    const imported = await simulacra(["import", "ann-other"]);
    expect(imported.code).toBe(0);
    expect(imported.stdout).not.toContain("✓");
    expect(imported.stdout).toContain("nothing is written in it yet");
    expect(imported.stdout).toMatch(/missing for rag: .*story\.md/);
    expect(imported.stdout).toMatch(/\nnext: .*simulacra import ann-other --replace\n$/);
    const again = await simulacra(["characters", "new", "Ann Other"]);
    expect(again).toMatchObject({ code: 2, stdout: "" });
  });

  test("a name with path separators writes nothing", async () => {
    for (const name of ["../evil", "a/b", "..\\evil"]) {
      const run = await simulacra(["characters", "new", name]);
      expect(run.code).toBe(2);
    }
    expect(existsSync(join(folder, "..", "evil"))).toBe(false);
  });

  test("an import run twice changes nothing; other data are replaced only when asked for", async () => {
    const outcome = async (...flags: string[]) => {
      const run = await simulacra(["import", "ned", "--json", ...flags]);
      const schema = z.object({ imported: z.array(z.object({ outcome: z.string() })) });
      return [run.code, schema.parse(JSON.parse(run.stdout)).imported[0]?.outcome];
    };
    await writePerson({ "story.md": "I was born.\n\nI grew up." });
    expect(await outcome()).toEqual([0, "imported"]);
    expect(await outcome()).toEqual([0, "unchanged"]);
    await writePerson({ "story.md": "I was born at sea." });
    expect(await outcome()).toEqual([2, "kept"]);
    expect(await outcome("--replace")).toEqual([0, "replaced"]);
  });

  test("after a story's import the last line is the next step, and what is missing is optional", async () => {
    await writeFile(join(folder, "Teodor Vâlcan.md"), "I was born.\n\nI grew up.");
    const { stdout } = await simulacra(["import", "Teodor Vâlcan.md"]);
    expect(stdout).toMatch(/✓ Teodor Vâlcan \(teodor-valcan\): imported/);
    expect(stdout).toMatch(/optional, .*: profile facts, trait sentences, biography/);
    expect(stdout).not.toContain("missing");
    expect(stdout.trim().split("\n").at(-1)).toBe(
      'next: simulacra remember teodor-valcan, then: simulacra ask teodor-valcan "Who are you?"',
    );
  });

  test("a story that replaces another says that memories of the old one remain", async () => {
    await writeFile(join(folder, "Ulla.md"), "I was born.\n\nI grew up.");
    await simulacra(["import", "Ulla.md"]);
    expect((await simulacra(["remember", "ulla"])).stdout).toContain("1 memory built");
    await writeFile(join(folder, "Ulla.md"), "I was born at sea.\n\nI grew up.");
    const { stdout } = await simulacra(["import", "Ulla.md", "--replace"]);
    expect(stdout).toMatch(/memories built from the old one remain/);
    expect(stdout).toMatch(/\nnext: simulacra remember ulla, then/);
  });

  test("a broken file is reported with file, key and reason, and the rest is imported", async () => {
    const bad = { ...person, profile: { age: "forty", occupation: "a miller" } };
    await writePerson({
      "character.json": JSON.stringify(bad),
      "story.md": Buffer.from([0x49, 0xff, 0xfe]).toString("latin1"),
    });
    await writeFile(join(folder, "ned/story.md"), Buffer.from([0x49, 0x20, 0xff, 0xfe, 0x41]));
    const run = await simulacra(["import", "ned"]);
    expect(run.code).toBe(0);
    expect(run.stdout).toMatch(/character\.json, profile > age: .*forty/);
    expect(run.stdout).toMatch(/story\.md: is not UTF-8/);
    expect((await simulacra(["import", "nowhere"])).code).toBe(2);
  });

  test("export writes what import reads back", async () => {
    await writePerson({ "story.md": "I was born.\n\nI grew up." });
    await simulacra(["import", "ned"]);
    expect((await simulacra(["export", "ned-flat", "copy"])).code).toBe(0);
    const again = await simulacra(["import", "copy"]);
    expect(again.stdout).toContain("already there");
  });
});
