import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FaultyModelServer } from "../../dev/doubles/models/faulty-model-server.js";
import { TraceServer } from "../../dev/doubles/models/trace-server.js";
import { longestFlushMs } from "./traces.js";

// The built command with LangSmith's variables set: what its traces cost, and that no key is in anything it leaves.

const root = fileURLToPath(new URL("../../", import.meta.url));
const program = join(root, "dist/apps/cli/main.js");
const keys = {
  OPENAI_API_KEY: "quince-7f3a9c-marmalade",
  LANGSMITH_API_KEY: "otter-90aa17-saddle",
};

let folder: string;
beforeAll(async () => {
  execFileSync(process.execPath, [join(root, "apps/cli/ensure-build.mjs")], { stdio: "ignore" });
  folder = await mkdtemp(join(tmpdir(), "simulacra-traces-"));
}, 180_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A finished run of the command; `lagMs` is the time from the last word on stdout to the end of the process. */
async function simulacra(args: string[], env: NodeJS.ProcessEnv, input = "") {
  const { PATH, HOME } = process.env;
  const child: ChildProcessWithoutNullStreams = spawn(process.execPath, [program, ...args], {
    cwd: folder,
    env: { PATH, HOME, SIMULACRA_EMBEDDINGS: "lexical", ...env },
  });
  child.stdin.end(input);
  let stdout = "";
  let stderr = "";
  let spoken = performance.now();
  child.stdout.on("data", (data) => {
    stdout += data;
    spoken = performance.now();
  });
  child.stderr.on("data", (data) => {
    stderr += data;
  });
  const code = await new Promise((resolve) => child.on("close", resolve));
  return { code, stdout, stderr, lagMs: performance.now() - spoken };
}

const lostLines = (stderr: string) => stderr.split("\n").filter((line) => line.includes("Traces could not"));
const complaints = /LANGSMITH|multipart|exporting batch|\bat .*\.js:/u;

describe("an endpoint of traces", () => {
  const ask = ["ask", "hester-tranter", "Good day.", "--read-only"];
  const chat = ["chat", "hester-tranter", "--method", "prompt", "--read-only"];
  it.each([
    ["that refuses the key", 401, ask],
    ["that never answers", "slow", ask],
    ["that nobody serves", "dead", chat],
  ] as const)(
    "%s delays no exit and is told of in one line",
    async (_what, manner, args) => {
      const server = await TraceServer.start(manner === "dead" ? {} : { manner });
      if (manner === "dead") await server.close();
      const said = args === chat ? "Good day.\nAnd to you.\n" : "";
      const { code, stderr, lagMs } = await simulacra([...args], { ...server.env, ...keys }, said);
      expect(code).toBe(0);
      expect(lagMs).toBeLessThan(1_900);
      const [line = "", ...more] = lostLines(stderr);
      expect(line).toContain(server.url);
      expect(more).toEqual([]);
      expect(stderr.replace(line, "")).not.toMatch(complaints);
      if (manner !== "dead") await server.close();
    },
    40_000,
  );

  it("that works gets the whole trace before the command ends", async () => {
    const server = await TraceServer.start({ gzip: true });
    const { stderr, lagMs } = await simulacra(
      ["ask", "hester-tranter", "Good day.", "--thread", "t1", "--read-only"],
      { ...server.env, ...keys },
    );
    expect(lagMs).toBeLessThan(longestFlushMs);
    expect(lostLines(stderr)).toEqual([]);
    const trees = server.trees();
    expect(trees.map(({ name }) => name)).toEqual(["hester-tranter-macm"]);
    expect(trees[0]?.tags).toContain("thread:t1");
    expect([...server.runs.values()].filter(({ end_time }) => end_time == null)).toEqual([]);
    await server.close();
  }, 40_000);
});

describe("keys", () => {
  /** Every file below a folder, as one text. */
  async function allFiles(place: string): Promise<string> {
    const files = await readdir(place, { recursive: true, withFileTypes: true });
    const texts = files
      .filter((file) => file.isFile())
      .map((file) => readFile(join(file.parentPath, file.name), "latin1"));
    return (await Promise.all(texts)).join("\n");
  }

  it("are in no trace, output, error, export or file", async () => {
    const traces = await TraceServer.start();
    const echoed = `Bad key ${keys.OPENAI_API_KEY}: Authorization: Bearer ${keys.OPENAI_API_KEY}`;
    const manners = [{}, { status: 401, message: echoed }, { status: 400, message: echoed }] as const;
    const left: string[] = [];
    const run = async (args: string[], env: NodeJS.ProcessEnv) => {
      const all = {
        ...traces.env,
        SIMULACRA_HOME: join(folder, "home"),
        LOG_LEVEL: "debug",
        ...keys,
        ...env,
      };
      const { stdout, stderr, code } = await simulacra(args, all);
      left.push(stdout, stderr);
      return code;
    };
    const ask = [
      "ask",
      "hester-tranter",
      "Who taught you to knit?",
      "--json",
      "--thread",
      "t1",
      "--trace",
      "trace.jsonl",
    ];
    const codes: unknown[] = [];
    for (const manner of manners) {
      const server = await FaultyModelServer.start(manner);
      const env = { OPENAI_BASE_URL: server.baseURL, SIMULACRA_MODEL: "openai:m" };
      codes.push(await run(ask, env));
      if (manner === manners[1]) await run(["doctor", "--json"], env);
      await server.close();
    }
    expect(codes).toEqual([0, 2, 1]);
    await run(["export", "hester-tranter", "exported", "--json"], {});
    left.push(traces.everything, await allFiles(folder));
    expect(left.join("").length).toBeGreaterThan(50_000);
    for (const key of Object.values(keys))
      expect(left.map((text) => text.indexOf(key)).filter((at) => at >= 0)).toEqual([]);
    await traces.close();
  }, 90_000);
});

it("doctor says whether traces are sent, where to, and whether they arrive", async () => {
  const server = await TraceServer.start();
  const line = async (env: NodeJS.ProcessEnv): Promise<string> =>
    (await simulacra(["doctor"], env)).stdout.split("\n").find((text) => text.includes("Traces")) ?? "";
  expect(await line({})).toContain("not sent to LangSmith");
  expect(await line({ ...server.env, ...keys })).toContain(`project "simulacra-tests" at ${server.url}`);
  await server.close();
  expect(await line({ ...server.env, ...keys })).toMatch(/warn.*nobody answers there/u);
}, 40_000);
