import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import {
  errorSchema,
  folder,
  json,
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
