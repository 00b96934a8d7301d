import { writeFile } from "node:fs/promises";
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
  memorySchema,
  simulacra,
  start,
  writePerson,
} from "../../dev/doubles/apps/built-command.js";

// Talks with the built command over several of its processes, and what may go wrong in them.

describe("chat", () => {
  test("talks through a pipe, says what it is, and remembers the thread for --continue", async () => {
    const first = await simulacra(["chat"], { input: "Hello\n/why\n" });
    expect(first.code, first.stderr).toBe(0);
    expect(first.stdout).toContain("computer-generated");
    expect(first.stdout).toContain("Mood");
    expect(first.stdout).toMatch(/^> Hello\n\S/m);
    expect(first.stderr.match(/simulacra chat ID/g)).toHaveLength(1);
    const schema = z.object({
      thread: z.string(),
      turns: z.array(z.object({ said: z.string(), answer: z.string() })),
    });
    const second = await simulacra(["chat", "hester", "--continue", "--json"], { input: "And you?\n" });
    const third = await simulacra(["chat", "hester", "--continue", "--json"], { input: "Well.\n" });
    expect(second.stderr).toMatch(
      /The conversation of "me" with Hester Tranter goes on \(1 turn, .*\n.*me: Hello\n.*Hester Tranter: /,
    );
    expect(second.stderr).not.toContain("simulacra chat ID");
    const [one, two] = [second, third].map((run) => schema.parse(JSON.parse(run.stdout)));
    expect(one?.thread).toBe(two?.thread);
    expect(two?.turns).toMatchObject([{ said: "Well." }]);
  });

  test("a turn that is withdrawn is gone for the next start", async () => {
    await simulacra(["chat", "hester", "--thread", "t"], { input: "My cat is called Moth.\n/undo\n" });
    const run = await simulacra(["chat", "hester", "--thread", "t"], { input: "/undo\n" });
    expect(run.stderr).toContain("nothing to take back");
  });
});

describe("what goes wrong", () => {
  test("a stranger's words are refused before they get into somebody else's conversation", async () => {
    const hester = (...args: string[]) => simulacra(["ask", "hester", ...args, "--thread", "t", "--json"]);
    await hester("My name is Ben.", "--as", "ben");
    for (const stranger of [["--as", "eve"], []]) {
      const refused = await hester("I was never asked.", ...stranger);
      expect(refused.code).toBe(2);
      expect(errorSchema.parse(JSON.parse(refused.stdout)).error.code).toBe("thread_people");
    }
    const undone = await simulacra(["chat", "hester", "--thread", "t", "--as", "eve"], { input: "/undo\n" });
    expect(undone.stderr).toContain("opened with other people");
    const talk = await simulacra(["chat", "hester", "--thread", "t", "--as", "ben"], {
      input: "/undo\n/undo\n",
    });
    expect(talk.stdout).toContain("Taken back: “My name is Ben.”");
    expect(talk.stdout).not.toContain("never asked");
  });

  test("what was said in a turn that failed is kept, and said again it is not said twice", async () => {
    const down = { OPENAI_BASE_URL: "http://127.0.0.1:9/v1", SIMULACRA_MODEL: "openai:stub" };
    const failed = await simulacra(["ask", "hester", "Are you there?", "--thread", "t"], { env: down });
    expect(failed.code).toBe(1);
    expect(failed.stderr).toContain("cannot be reached");
    const ask = ["ask", "hester", "Are you there?", "--thread", "t", "--as"];
    expect((await simulacra(["ask", "hester", "Are you there?", "--thread", "t"])).code).toBe(0);
    expect((await simulacra([...ask, "thread:t"])).code).toBe(2);
  }, 60_000);

  test("Ctrl-C ends ask with 1, within a moment", async () => {
    const server = createServer(() => {}).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    try {
      const child = start(["ask", "hester", "Hello", "--model", "openai:slow", "--json"], {
        OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1`,
      });
      server.once("request", () => child.kill("SIGINT"));
      const stdout = text(child.stdout);
      expect(await new Promise((resolve) => child.on("close", resolve))).toBe(1);
      expect(errorSchema.parse(JSON.parse(await stdout)).error.code).toBe("cancelled");
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }, 20_000);

  test("a home that cannot be written and a damaged database are told as such, by doctor too", async () => {
    await writeFile(join(folder, "file"), "");
    const unwritable = await simulacra(["ask", "hester", "Hello", "--home", "file/home", "--json"]);
    expect(unwritable.code).toBe(1);
    expect(errorSchema.parse(JSON.parse(unwritable.stdout)).error.code).toBe("store_unwritable");
    await simulacra(["ask", "hester", "Hello"]);
    const memory = join(folder, ".simulacra/memory/hester-tranter/memory.sqlite");
    await writeFile(memory, "this is no database, and long enough to be taken for a damaged one".repeat(200));
    const damaged = await simulacra(["ask", "hester", "Hello", "--json"]);
    expect(damaged.code).toBe(1);
    expect(errorSchema.parse(JSON.parse(damaged.stdout)).error.code).toBe("store_damaged");
    const doctor = await simulacra(["doctor"]);
    expect(doctor.code).toBe(1);
    expect(doctor.stdout).toContain("memory.sqlite");
  });
});

describe("memory", () => {
  test("recall gives k memories with score parts and sources", async () => {
    const schema = z.object({
      query: z.string(),
      memories: z.array(memorySchema),
      nothingRelevant: z.boolean(),
    });
    const found = await json(schema, ["recall", "hester", "learning to splice rope", "-k", "2"]);
    expect(found.query).toBe("learning to splice rope");
    expect(found.memories).toHaveLength(2);
  });

  test("memory lists everything, and forgets a person with all that they said", async () => {
    const schema = z.object({ memories: z.array(z.object({ id: z.string(), kind: z.string() })) });
    const all = await json(schema, ["memory", "hester"]);
    expect(all.memories.length).toBeGreaterThanOrEqual(30);
    expect((await json(schema, ["memory", "hester", "--limit", "3"])).memories).toHaveLength(3);
    const shown = (await simulacra(["memory", "hester", "--limit", "3"])).stdout.trim().split("\n");
    expect(shown.at(-1)).toBe(`3 of ${all.memories.length} memories`);
    await simulacra(["chat", "hester", "--as", "ben"], { input: "My brother is ill.\n" });
    const removed = z.object({ removed: z.object({ turns: z.number(), threads: z.number() }) });
    expect((await json(removed, ["memory", "hester", "forget", "ben"])).removed).toMatchObject({
      turns: 1,
      threads: 1,
    });
    expect((await json(removed, ["memory", "hester", "forget", "ben"])).removed).toMatchObject({
      turns: 0,
      threads: 0,
    });
  });

  test("remember builds memories of a story; run again, it finds them done", async () => {
    const story = Array.from(
      { length: 8 },
      (_, n) => `In my ${n + 10}th year I corrected the wheel for the ${n + 1}th time.`,
    );
    await writePerson({ "story.md": story.join("\n\n") });
    await simulacra(["import", "ned"]);
    const schema = z.object({
      total: z.number(),
      made: z.number(),
      found: z.number(),
      failed: z.array(z.unknown()),
    });
    expect(await json(schema, ["remember", "ned-flat"])).toEqual({ total: 4, made: 4, found: 0, failed: [] });
    expect(await json(schema, ["remember", "ned-flat"])).toEqual({ total: 4, made: 0, found: 4, failed: [] });
  });
});

describe("every method", () => {
  test("answers; those without a mind say so", async () => {
    for (const method of ["blank", "prompt", "rag"]) {
      const turn = await json(askSchema, ["ask", "hester", "Who are you?", "--method", method]);
      expect(turn).toMatchObject({ method, mind: null });
    }
  });

  test("is drawn as Mermaid", async () => {
    for (const args of [["blank"], ["prompt"], ["rag"], ["macm"], ["macm", "--wiring", "beside"]]) {
      const { mermaid } = await json(z.object({ mermaid: z.string() }), ["graph", ...args]);
      expect(mermaid).toContain("respond");
    }
  });
});
