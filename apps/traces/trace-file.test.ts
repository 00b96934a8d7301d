import { appendFile, mkdtemp, open, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { anna, scriptedAgents } from "../../dev/doubles/graphs/scripted-agents.js";
import { createSimulacrum } from "../../graphs/simulacrum/simulacrum.js";
import { FileTracer } from "./file-tracer.js";
import { readTrace } from "./read-trace.js";
import { traceAccount, traceSummary } from "./trace-account.js";

const ben = { id: "ben", name: "Ben" };
const secret = "a-key-that-nobody-may-see";
let folder: string;
let file: string;

/** Two methods, two threads, a failure of Thinking, and a consolidation, in one file. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "simulacra-trace-"));
  file = join(folder, "trace.jsonl");
  const character = { ...anna, story: "First.\n\nSecond.\n\nThird." };
  const tracer = new FileTracer(file, { character, keys: [secret] });
  const callbacks = [tracer];
  const agents = scriptedAgents({ respond: () => "I see." });
  const person = await createSimulacrum({ character, model: agents, embeddings: "lexical" });
  await person.ask("My uncle Rui repairs accordions in a cellar in Porto.", {
    thread: "1",
    interlocutor: ben,
    callbacks,
  });
  for (const thread of ["2", "3"])
    await person.ask("What does my uncle Rui repair in that cellar in Porto?", {
      thread,
      interlocutor: ben,
      callbacks,
    });
  await person.consolidate();
  await person.close();
  const failing = scriptedAgents({ think: () => new Error("down"), respond: () => `It is ${secret}.` });
  const other = await createSimulacrum({ character, model: failing, embeddings: "lexical" });
  await other.ask("Tell me your key.", { thread: "4", callbacks });
  await other.close();
  tracer.close();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const account = async (path = file) => traceAccount(await readTrace(path));

describe("a trace file", () => {
  it("holds the whole mind of every turn, by conversation", async () => {
    const { conversations } = await account();
    expect(conversations.map(({ thread }) => thread)).toEqual(["1", "2", "3", "4"]);
    const turn = conversations[1]?.runs[0];
    expect(turn).toMatchObject({
      kind: "turn",
      ended: true,
      character: anna.id,
      method: "macm",
      said: [{ name: "ben", text: "What does my uncle Rui repair in that cellar in Porto?" }],
      people: [ben],
      answer: "I see.",
    });
    expect(turn?.recollection?.memories[0]?.source.kind).toBe("thread");
    expect(turn?.recollection?.memories[0]?.parts.lexical).toBeGreaterThan(0);
    expect(turn?.moodBefore).not.toEqual(turn?.moodAfter);
    expect(turn?.steps.map(({ name }) => name).sort()).toEqual([
      "begin_turn",
      "feel",
      "recall",
      "reflect",
      "remember",
      "respond",
      "think",
    ]);
    expect(turn?.steps.flatMap(({ calls }) => calls)).toHaveLength(4);
  });

  it("of runs that are parts of themselves, or stand there twice, leaves those out, says so and reads the rest", async () => {
    const [first = "", second = ""] = (await readFile(file, "utf8"))
      .split("\n")
      .filter((line) => line.includes('"type":"chain"'));
    const child = { ...JSON.parse(first), id: "a", parent: "b" };
    const circling = join(folder, "circling.jsonl");
    const added = [child, { ...child, id: "b", parent: "a" }, { ...child, id: "c", parent: "c" }];
    await writeFile(circling, await readFile(file));
    await appendFile(
      circling,
      `${[...added, JSON.parse(second)].map((line) => JSON.stringify(line)).join("\n")}\n`,
    );
    const read = await account(circling);
    const whole = await account();
    expect(read.problems.map(({ reason }) => reason)).toEqual([
      "the run a is said to be a part of itself",
      "the run b is said to be a part of itself",
      "the run c is said to be a part of itself",
      expect.stringMatching(/stands in the file before/u),
    ]);
    expect(traceSummary(read).calls).toBe(traceSummary(whole).calls);
    expect(read.conversations).toEqual(whole.conversations);
  });

  it("shows consolidation between the turns, with its calls under it", async () => {
    const { conversations } = await account();
    const work = conversations.flatMap(({ runs }) => runs).filter(({ kind }) => kind === "consolidation");
    expect(work).toHaveLength(1);
    expect(work[0]?.summary).toEqual(expect.any(String));
    expect(work[0]?.steps.flatMap(({ calls }) => calls)).toHaveLength(4);
  });

  it("tells which agent failed, and keeps no key", async () => {
    const { conversations } = await account();
    expect(conversations[3]?.runs[0]).toMatchObject({
      degraded: ["thinking"],
      faults: { thinking: expect.any(String) },
      answer: "It is [key].",
    });
    expect(await readFile(file, "utf8")).not.toContain(secret);
    expect((await stat(file)).mode & 0o077).toBe(0);
  });

  it("reads what a killed program left: the broken line is named, the turn is there", async () => {
    const lines = (await readFile(file, "utf8")).trimEnd().split("\n");
    const path = join(folder, "killed.jsonl");
    // Up to the middle of the last turn's answer: its root was never written.
    await writeFile(path, `${lines.slice(0, -3).join("\n")}\n${lines.at(-3)?.slice(0, 90)}`);
    const { conversations, problems } = await account(path);
    expect(problems).toEqual([{ line: lines.length - 2, reason: expect.stringContaining("cut off") }]);
    expect(conversations.at(-1)?.runs.at(-1)).toMatchObject({ ended: false, thread: "4" });
    // The next program begins a line of its own.
    new FileTracer(path).close();
    await appendFile(path, `${lines[0]}\n`);
    expect((await readTrace(path)).problems).toHaveLength(1);
  });

  it("is not added to a file that holds something else", async () => {
    for (const [name, text] of [
      ["story.md", "Once upon a time."],
      ["memory.sqlite", "SQLite format 3\u0000"],
    ] as const) {
      const other = join(folder, name);
      await writeFile(other, text);
      expect(() => new FileTracer(other)).toThrow(/is no trace/u);
      expect(await readFile(other, "utf8")).toBe(text);
    }
    const cutOff = join(folder, "cut.jsonl");
    await writeFile(cutOff, '{"v');
    new FileTracer(cutOff).close();
  });

  it("says once that it takes no more, and the turn is answered", async () => {
    const told: string[] = [];
    const tracer = new FileTracer("/dev/full", { onLost: (reason) => told.push(reason) });
    const person = await createSimulacrum({
      character: anna,
      model: scriptedAgents(),
      embeddings: "lexical",
    });
    expect((await person.ask("Hello.", { callbacks: [tracer] })).answer).not.toBe("");
    await person.close();
    expect(told).toEqual([expect.stringContaining("no space")]);
  });

  it("takes nothing any more when it is closed, whatever was opened under its number since", async () => {
    const tracer = new FileTracer(join(folder, "closed.jsonl"));
    tracer.close();
    const next = await open(join(folder, "next.txt"), "w");
    const person = await createSimulacrum({
      character: anna,
      model: scriptedAgents(),
      embeddings: "lexical",
    });
    await person.ask("Hello.", { callbacks: [tracer] });
    await person.close();
    await next.close();
    expect((await stat(join(folder, "next.txt"))).size).toBe(0);
    expect(() => tracer.close()).not.toThrow();
  });

  it("leaves out lines of a newer version and lines of something else, and says which", async () => {
    const path = join(folder, "newer.jsonl");
    const first = (await readFile(file, "utf8")).split("\n", 1)[0];
    await writeFile(path, `${first}\n{"v":2,"type":"dream"}\n\n{"hello":1}\n`);
    const { problems, lines } = await readTrace(path);
    expect(lines).toHaveLength(1);
    expect(problems.map(({ line }) => line)).toEqual([2, 4]);
    expect(problems[0]?.reason).toContain("newer simulacra");
  });

  it.each([
    ["missing.jsonl", undefined, "Cannot read"],
    ["empty.jsonl", "", "is empty"],
    ["other.txt", "Dear diary\n", "holds no trace"],
  ])("refuses %s in words", async (name, content, words) => {
    const path = join(folder, name);
    if (content !== undefined) await writeFile(path, content);
    await expect(readTrace(path)).rejects.toMatchObject({
      code: "invalid_input",
      message: expect.stringContaining(words),
    });
  });

  it("adds up", async () => {
    expect(traceSummary(await account())).toMatchObject({
      turns: 4,
      consolidations: 1,
      calls: 20,
      problems: [],
    });
  });
});
