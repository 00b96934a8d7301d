import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import {
  askSchema,
  errorSchema,
  folder,
  json,
  person,
  simulacra,
  writePerson,
} from "../../dev/doubles/apps/built-command.js";

// The built command as a user has it: people are made, brought in, asked and taken elsewhere.

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

describe("ask", () => {
  test("answers with the mind of the turn; the notice of the offline model goes to stderr", async () => {
    const run = await simulacra(["ask", "hester", "Where were you born?", "--json"]);
    expect(run.code, run.stderr).toBe(0);
    const turn = askSchema.parse(JSON.parse(run.stdout));
    expect(turn.method).toBe("macm");
    expect(turn.usage.calls).toBe(4);
    expect(run.stderr.match(/offline model/g)).toHaveLength(1);
  });

  test("a message from stdin, an answer without colour codes, and a trace without secrets", async () => {
    const secret = "sk-very-secret";
    const run = await simulacra(["ask", "hester", "-", "--trace", "trace.jsonl"], {
      input: "What do you do for a living?\n",
      env: { OPENAI_API_KEY: secret, FORCE_COLOR: "1" },
    });
    expect(run.code, run.stderr).toBe(0);
    expect(run.stdout + run.stderr).not.toContain("\u001B");
    const trace = await readFile(join(folder, "trace.jsonl"), "utf8");
    const lines = trace
      .trimEnd()
      .split("\n")
      .map((line) => z.object({ type: z.string(), name: z.string() }).parse(JSON.parse(line)));
    expect(lines.filter(({ type }) => type === "llm")).toHaveLength(4);
    expect(trace + run.stdout + run.stderr).not.toContain(secret);
  });

  test("an empty and an endless message are refused quickly", async () => {
    const begun = performance.now();
    const [empty, endless] = await Promise.all([
      simulacra(["ask", "hester", " \u0007 "]),
      simulacra(["ask", "hester", "x".repeat(100_000)]),
    ]);
    expect(performance.now() - begun).toBeLessThan(5_000);
    expect(empty.code).toBe(2);
    expect(endless.code).toBe(2);
    expect(endless.stderr).toContain("at most 20,000");
  });

  test("an endpoint that hangs ends the turn at --timeout with 1", async () => {
    const server = createServer(() => {}).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    try {
      const run = await simulacra(
        ["ask", "hester", "Hello", "--model", "openai:slow", "--timeout", "1", "--json"],
        {
          env: { OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1` },
        },
      );
      expect(run.code).toBe(1);
      expect(errorSchema.parse(JSON.parse(run.stdout)).error.code).toBe("model_timeout");
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }, 20_000);
});
