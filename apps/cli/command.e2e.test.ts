import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import {
  askSchema,
  errorSchema,
  folder,
  json,
  person,
  simulacra,
  start,
  writePerson,
} from "../../dev/doubles/apps/built-command.js";

// The built command as a user has it: a process of its own, in a folder of its own, with nothing configured.

describe("usage", () => {
  test("every command explains itself", async () => {
    const commands = "chat ask characters import export remember recall memory graph trace doctor".split(" ");
    const runs = await Promise.all(commands.map((command) => simulacra([command, "--help"])));
    for (const run of runs) {
      expect(run).toMatchObject({ code: 0, stderr: "" });
      expect(run.stdout).toContain("--json");
    }
  });

  test("wrong usage ends with 2, names the nearest command, and is JSON where asked", async () => {
    const [nothing, unknown, missing, flag] = await Promise.all([
      simulacra([]),
      simulacra(["charcters"]),
      simulacra(["recall", "--json"]),
      simulacra(["recall", "hester", "rope", "-k", "none"]),
    ]);
    for (const run of [nothing, unknown, missing, flag]) expect(run.code).toBe(2);
    expect(nothing.stderr).toContain("Usage: simulacra");
    expect(unknown.stderr).toContain("Did you mean characters?");
    expect(errorSchema.parse(JSON.parse(missing.stdout)).error.code).toBe("invalid_option");
    expect(flag.stderr).toContain('-k takes a whole number from 1 to 1000, not "none"');
  });

  test("an unknown character is answered with the nearest one, without a stack", async () => {
    const run = await simulacra(["ask", "hester-trenter", "Hello", "--json"]);
    expect(run.code).toBe(2);
    expect(errorSchema.parse(JSON.parse(run.stdout)).error.code).toBe("unknown_character");
    expect(run.stderr).toContain("Did you mean hester-tranter?");
    expect(run.stderr).not.toContain("    at ");
  });

  test("a reader that has seen enough is no error", async () => {
    const child = start(["memory", "hester-tranter", "--json"]);
    child.stdout.destroy();
    const stderr = text(child.stderr);
    expect(await new Promise((resolve) => child.on("close", resolve))).toBe(0);
    expect(await stderr).not.toContain("EPIPE");
  });

  test("who stops reading does not stop the work, nor change the code that it ends with", async () => {
    await writePerson({
      "story.md": Array.from({ length: 8 }, (_, n) => `In year ${n} I slept.`).join("\n\n"),
    });
    await simulacra(["import", "ned"]);
    const unread = (stream: "stdout" | "stderr", args: string[]) => {
      const child = start(args);
      child[stream].destroy();
      return new Promise((resolve) => child.on("close", resolve));
    };
    expect(await unread("stderr", ["remember", "ned-flat"])).toBe(0);
    const { memories } = await json(z.object({ memories: z.array(z.unknown()) }), ["memory", "ned-flat"]);
    expect(memories).toHaveLength(4);
    expect(await unread("stdout", ["ask", "nobody", "Hello", "--json"])).toBe(2);
  });
});

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

describe("graph and doctor", () => {
  test("a graph is drawn as Mermaid", async () => {
    const { mermaid } = await json(z.object({ mermaid: z.string() }), ["graph", "macm"]);
    expect(mermaid).toContain("respond");
  });

  test("doctor finds this machine fit, and never prints a key", async () => {
    const env = { OPENAI_API_KEY: "sk-123456789" };
    const schema = z.object({
      ok: z.boolean(),
      checks: z.array(z.object({ name: z.string(), status: z.string(), detail: z.string() })),
    });
    const { ok, checks } = await json(schema, ["doctor"], { env });
    expect(ok).toBe(true);
    expect(checks).toContainEqual({ name: "OPENAI_API_KEY", status: "ok", detail: "set, 12 characters" });
  });

  test("doctor ends with 1 when something needed is broken, and says what to do", async () => {
    await writeFile(join(folder, "file"), "");
    const run = await simulacra(["doctor", "--home", "file/home"], {
      env: { SIMULACRA_MODEL: "openai:gpt-4.1-mini" },
    });
    expect(run.code).toBe(1);
    expect(run.stdout).toContain("Set SIMULACRA_HOME");
    expect(run.stdout).toContain("OPENAI_API_KEY");
  });
});
