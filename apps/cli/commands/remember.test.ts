import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { writeCharacterFolder } from "../../../data/write-character-folder.js";
import { runInProcess } from "../../../dev/doubles/apps/run-in-process.js";
import { anna } from "../../../dev/doubles/graphs/scripted-agents.js";

let cwd: string;
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), "simulacra-remember-command-"));
  await writeCharacterFolder(anna, join(cwd, ".simulacra/characters", anna.id));
});
afterAll(() => rm(cwd, { recursive: true, force: true }));

async function remember(...flags: string[]) {
  const args = ["remember", anna.id, "--json", "--embeddings", "lexical", ...flags];
  const { code, out } = await runInProcess(args, { cwd });
  return { code, ...JSON.parse(out) };
}

it("builds anew by the offline model only when that is named, and then all", async () => {
  expect(await remember()).toMatchObject({ code: 0, made: 2 });
  expect(await remember("--again")).toMatchObject({ code: 2, error: { code: "invalid_option" } });
  expect(await remember()).toMatchObject({ code: 0, made: 0, found: 2 });
  expect(await remember("--again", "--model", "offline")).toMatchObject({ code: 0, made: 2, found: 0 });
});
