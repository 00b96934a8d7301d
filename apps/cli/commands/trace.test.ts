import { mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runInProcess } from "../../../dev/doubles/apps/run-in-process.js";
import { anna, scriptedAgents } from "../../../dev/doubles/graphs/scripted-agents.js";
import { createSimulacrum } from "../../../graphs/simulacrum/simulacrum.js";
import { FileTracer } from "../../traces/file-tracer.js";

let cwd: string;
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), "simulacra-trace-command-"));
  const tracer = new FileTracer(join(cwd, "trace.jsonl"), { characters: [anna] });
  const person = await createSimulacrum({ character: anna, model: scriptedAgents(), embeddings: "lexical" });
  for (const said of ["Hello there.", "Where do you live?"])
    await person.ask(said, { thread: "1", callbacks: [tracer] });
  await person.close();
  tracer.close();
});
afterAll(() => rm(cwd, { recursive: true, force: true }));

const trace = (...args: string[]) => runInProcess(["trace", ...args], { cwd });

it("prints the turns, or their sums as one JSON document", async () => {
  const { out, code } = await trace("trace.jsonl");
  expect(code).toBe(0);
  expect(out).toContain("Where do you live?");
  expect(out).toContain("2 turns, 8 model calls");
  const summary = JSON.parse((await trace("trace.jsonl", "--json")).out);
  expect(summary).toMatchObject({ turns: 2, calls: 8, problems: [] });
  expect(summary.tokens.input).toBeGreaterThan(100);
});

it("writes a page, and writes over one only when told to", async () => {
  const first = await trace("trace.jsonl", "--html", "page.html");
  expect(first).toMatchObject({ code: 0, out: expect.stringContaining("Written:") });
  expect(await readFile(join(cwd, "page.html"), "utf8")).toContain("Where do you live?");
  expect((await trace("trace.jsonl", "--html", "page.html")).code).toBe(2);
  expect((await trace("trace.jsonl", "--html", "page.html", "--replace")).code).toBe(0);
});

it("never puts the page in the place of the trace, under whatever name", async () => {
  const before = await readFile(join(cwd, "trace.jsonl"), "utf8");
  await symlink("trace.jsonl", join(cwd, "link.html"));
  for (const page of ["trace.jsonl", "link.html"]) {
    const { code, err } = await trace("trace.jsonl", "--html", page, "--replace");
    expect([code, err]).toEqual([2, expect.any(String)]);
  }
  expect(await readFile(join(cwd, "trace.jsonl"), "utf8")).toBe(before);
});

it("ends with 2 where there is no trace", async () => {
  expect((await trace("none.jsonl")).code).toBe(2);
});
