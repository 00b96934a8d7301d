import { Readable } from "node:stream";
import { expect, it } from "vitest";
import { tinyLines, withFile } from "../../../../dev/doubles/evals/tiny-file.js";
import { CommandLine } from "../../command-line.js";
import { exitCodeOf } from "../../exit-code.js";
import { Output } from "../../output.js";
import { createProgram } from "../../program.js";

async function simbench(cwd: string, ...args: string[]) {
  const said = { out: "", err: "" };
  const sink = (to: "out" | "err") => ({
    write: (text: string) => {
      said[to] += text;
    },
  });
  const output = new Output(sink("out"), sink("err"), {}, args.includes("--json"));
  const door = () => Promise.reject(new Error("no simulacrum is opened"));
  const cli = new CommandLine({ stdin: Readable.from([]), output, cwd, env: {}, door });
  const code = await createProgram(cli, "0")
    .parseAsync(["eval", "simbench", ...args], { from: "user" })
    .then(() => 0, exitCodeOf);
  return { ...said, code };
}

it("scores a baseline as one JSON document, or as tables", async () => {
  await withFile(tinyLines, async (_path, folder) => {
    const json = await simbench(folder, "--data", "cases.jsonl", "--baseline", "linear", "--json");
    expect(json.code).toBe(0);
    expect(JSON.parse(json.out)).toMatchObject({
      baseline: "linear",
      split: null,
      cases: 3,
      scored: 3,
      leftOut: {},
      score: expect.closeTo(-58.73, 2),
      interval: [expect.any(Number), expect.any(Number)],
      byDataSet: [{ name: "coins" }, { name: "sure" }],
      noiseFloor: { score: expect.closeTo(45.143, 3), sizeUnknown: 1 },
    });
    const text = await simbench(folder, "--data", "cases.jsonl", "--baseline", "linear");
    expect(text.out).toContain("linear: -58.730");
    expect(text.out).toContain("coins");
  });
});

it("ends with 2 for a file that is none, a name that is none, or nothing", async () => {
  await withFile(["nonsense"], async (_path, folder) => {
    expect((await simbench(folder, "--data", "cases.jsonl", "--baseline", "first")).code).toBe(2);
    expect((await simbench(folder, "--data", "none.jsonl", "--baseline", "first")).code).toBe(2);
    expect((await simbench(folder, "--data", "cases.jsonl", "--baseline", "best")).code).toBe(2);
    expect((await simbench(folder)).code).toBe(2);
  });
});
