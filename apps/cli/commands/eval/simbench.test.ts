import { expect, it } from "vitest";
import { runInProcess } from "../../../../dev/doubles/apps/run-in-process.js";
import { tinyLines, withFile } from "../../../../dev/doubles/evals/tiny-file.js";

const simbench = (cwd: string, ...args: string[]) => runInProcess(["eval", "simbench", ...args], { cwd });

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
