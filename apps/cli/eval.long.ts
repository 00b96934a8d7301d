import { execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FaultyModelServer } from "../../dev/doubles/models/faulty-model-server.js";

// `simulacra eval` as it is built: a run, the same again, thresholds, scoring anew, and Ctrl-C.

const root = fileURLToPath(new URL("../../", import.meta.url));
const program = join(root, "dist/apps/cli/main.js");
let folder: string;
beforeAll(async () => {
  execFileSync(process.execPath, [join(root, "apps/cli/ensure-build.mjs")], { stdio: "ignore" });
  folder = await mkdtemp(join(tmpdir(), "simulacra-eval-"));
}, 180_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A finished command; `onStart` is given what sends it Ctrl-C. */
async function simulacra(
  args: string[],
  env: NodeJS.ProcessEnv = {},
  onStart: (interrupt: () => void) => void = () => {},
) {
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, [program, ...args], {
    cwd: folder,
    env: { PATH, HOME, SIMULACRA_EMBEDDINGS: "lexical", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  onStart(() => child.kill("SIGINT"));
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (data) => {
    stdout += data;
  });
  child.stderr.on("data", (data) => {
    stderr += data;
  });
  const code = await new Promise((resolve) => child.on("close", resolve));
  return { code, stdout, stderr };
}

const selfReport = ["eval", "run", "self-report", "--characters", "hester-tranter", "--repeats", "1"];

describe("simulacra eval", () => {
  it("runs, writes a report, goes on with the same command, and holds thresholds", async () => {
    const run = [...selfReport, "--methods", "blank,prompt", "--out", "run"];
    const dry = await simulacra([...run, "--dry-run", "--json"]);
    expect(JSON.parse(dry.stdout)).toMatchObject({ problems: [], usage: { voice: { calls: 30 } } });
    const first = await simulacra(run);
    expect(first).toMatchObject({ code: 0 });
    expect(first.stdout).toMatch(/MEASURE.*N.*LEFT OUT/u);
    expect(first.stdout).toContain(`Report: ${join(folder, "run", "report.html")}`);
    for (const file of ["report.html", "results.json", "run.json", "measures.csv"])
      expect(existsSync(join(folder, "run", file))).toBe(true);
    const again = await simulacra([...run, "--fail-under", "self-report.points@prompt=51", "--json"]);
    expect(again.code).toBe(3);
    expect(JSON.parse(again.stdout)).toMatchObject({ planned: 30, settled: 30, made: 0 });
    const scored = await simulacra(["eval", "score", "run", "--json"]);
    expect(JSON.parse(scored.stdout)).toMatchObject({ read: 30, changed: 0 });
    const page = ["eval", "compare", "run", "run", "--out", "compared.html", "--json"];
    expect(JSON.parse((await simulacra(page)).stdout)).toMatchObject({
      instruments: [{ instrument: "self-report", paired: 30, changed: 0 }],
    });
  }, 90_000);

  it("says what is wrong before anything is spent, and ends with 2", async () => {
    const { code, stdout } = await simulacra([
      ...["eval", "validate", "self-report", "--out", "never", "--json"],
      ...["--models", "openai:nothing,misspelt:model"],
    ]);
    expect(code).toBe(2);
    expect(JSON.parse(stdout).problems).toHaveLength(2);
    expect(existsSync(join(folder, "never"))).toBe(false);
  }, 60_000);

  it("stops cleanly at Ctrl-C and goes on from there", async () => {
    let interrupt = () => {};
    let asked = 0;
    const server = await FaultyModelServer.choosing(() => {
      if (++asked === 4) interrupt();
      return { reply: "The answer is A.", latencyMs: asked < 5 ? 200 : 0 };
    });
    const env = { OPENAI_BASE_URL: server.baseURL, SIMULACRA_MODEL: "openai:slow" };
    const run = [...selfReport, "--methods", "blank", "--concurrency", "1", "--out", "stopped", "--json"];
    try {
      const stopped = await simulacra(run, env, (stop) => {
        interrupt = stop;
      });
      expect(stopped.stderr).toContain("the same command goes on");
      expect(stopped.code).toBe(1);
      expect(JSON.parse(stopped.stdout)).toMatchObject({ stopped: "interrupted", made: 3, planned: 15 });
      const { stdout } = await simulacra(run, env);
      expect(JSON.parse(stdout)).toMatchObject({ settled: 3, made: 12, stopped: null });
    } finally {
      await server.close();
    }
  }, 60_000);
});
