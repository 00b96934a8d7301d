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
