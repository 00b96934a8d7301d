import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runInProcess } from "../../../dev/doubles/apps/run-in-process.js";
import { scriptedAgents } from "../../../dev/doubles/graphs/scripted-agents.js";
import { createSimulacrum } from "../../../graphs/simulacrum/simulacrum.js";

let cwd: string;
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), "simulacra-chat-command-"));
});
afterAll(() => rm(cwd, { recursive: true, force: true }));

const chat = (input: string, ...flags: string[]) =>
  runInProcess(["chat", "hester", "--embeddings", "lexical", "--model", "offline", ...flags], {
    cwd,
    input,
    createSimulacrum,
  });

it("tells a script of the turns that failed, beside those that were answered", async () => {
  let answers = 0;
  const model = scriptedAgents({
    respond: () => (answers++ === 1 ? new Error("the server is down") : "Yes."),
  });
  const args = ["chat", "hester", "--embeddings", "lexical", "--json"];
  const { code, out } = await runInProcess(args, {
    cwd,
    input: "One\nTwo\nThree\n",
    createSimulacrum: (options) => createSimulacrum({ ...options, model }),
  });
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    turns: [{ said: "One" }, { said: "Three" }],
    failed: [{ said: "Two", error: { code: expect.any(String), message: expect.stringContaining("down") } }],
  });
});

it("shows nobody the conversation of others, and does not go on with it the next time", async () => {
  expect((await chat("My boat is the Kittiwake.\n", "--as", "ben", "--thread", "t")).code).toBe(0);
  const { code, out, err } = await chat("/save stolen.md\nHello\n", "--as", "eve", "--thread", "t");
  expect(code).toBe(2);
  expect(out + err).not.toContain("Kittiwake");
  expect(err).toContain("opened with other people");
  await expect(readFile(join(cwd, "stolen.md"))).rejects.toThrow();
  expect((await chat("", "--as", "eve", "--continue")).err).toContain("There is no earlier conversation");
  expect((await chat("", "--as", "ben", "--continue")).err).toContain("Kittiwake");
});
