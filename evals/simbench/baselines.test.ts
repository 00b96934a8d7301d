import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { tinyLines, withFile } from "../../dev/doubles/evals/tiny-file.js";
import { scoreBaseline } from "./baselines.js";

describe("on a file scored by hand", () => {
  it.each([
    ["uniform", [-28.5714, 28.5714, 0]],
    ["first", [14.2857, -114.2857, 100]],
    ["linear", [-100, -42.8571, -33.3333]],
    ["human", [100, 100, 100]],
  ] as const)("%s", async (baseline, [first, second, third]) => {
    const result = await withFile(tinyLines, (file) => scoreBaseline(file, baseline));
    expect(result).toMatchObject({ cases: 3, scored: 3, leftOut: {} });
    expect(result.score).toBeCloseTo((first + second + third) / 3, 3);
    expect(result.byDataSet.map(({ name, scored }) => [name, scored])).toEqual([
      ["coins", 2],
      ["sure", 1],
    ]);
    expect(result.byDataSet[0]?.score).toBeCloseTo((first + second) / 2, 3);
    expect(result.byGroup.map(({ name }) => name)).toEqual([
      "age: 30-49",
      "country: Liberia",
      "country: Niger",
    ]);
    expect(result.byVariable.find(({ name }) => name === "age")?.score).toBeCloseTo(second, 3);
    expect(result.interval === null).toBe(baseline === "human");
  });

  it("entropy and noise floor are those of the definitions; a size that is not known is counted", async () => {
    const { byEntropy, noiseFloor } = await withFile(tinyLines, (file) => scoreBaseline(file, "uniform"));
    // 0 bits of 1; 0.7219 of 1; 1.4855 of 1.585.
    expect(byEntropy.map(({ name, cases }) => [name, cases])).toEqual([
      ["0.0 to 0.2", 1],
      ["0.6 to 0.8", 1],
      ["0.8 to 1.0", 1],
    ]);
    // Two people of 80:20 are 2:0 in 64 %, 1:1 in 32 %, 0:2 in 4 %: distances 0.2, 0.3, 0.8.
    const distance = 0.64 * 0.2 + 0.32 * 0.3 + 0.04 * 0.8;
    expect(noiseFloor).toMatchObject({ cases: 2, sizeUnknown: 1 });
    expect(noiseFloor.distance).toBeCloseTo(distance / 2, 10);
    expect(noiseFloor.score).toBeCloseTo((100 * (1 - distance / (7 / 30)) + 100) / 2, 8);
  });

  it("a case without a score is left out and says why", async () => {
    const [first = {}] = tinyLines;
    const even = { ...first, dataset_name: "even", human_answer: { A: 50, B: 50 } };
    const nobody = { ...first, human_answer: { A: 0, B: 0 } };
    const result = await withFile([first, even, nobody], (file) => scoreBaseline(file, "first"));
    expect(result).toMatchObject({ cases: 3, scored: 1 });
    expect(result.leftOut).toEqual({
      "not computed, because every human answer of its data set is uniform": 1,
      "not computed, because the human answer gives no weight to any option": 1,
    });
    expect(result.byDataSet.find(({ name }) => name === "even")).toMatchObject({
      score: null,
      interval: null,
    });
  });
});

/** The data set is not part of the project; samples of it may lie beside it. */
const samples = fileURLToPath(new URL("../../../shared/data/simbench/", import.meta.url));
const there = existsSync(samples);
if (!there) process.stderr.write("skipped: no samples of SimBench beside the project\n");

describe.skipIf(!there)("on samples of the published files", () => {
  it.each([
    ["SimBenchPop", { uniform: 0, first: -147.024, linear: -8.527, human: 100 }],
    ["SimBenchGrouped", { uniform: 0, first: -107.778, linear: -16.658, human: 100 }],
  ] as const)("%s", async (split, expected) => {
    for (const baseline of ["uniform", "first", "linear", "human"] as const) {
      const result = await scoreBaseline(`${samples}${split}.sample.jsonl`, baseline);
      expect(result.score?.toFixed(3).replace("-0.000", "0.000")).toBe(expected[baseline].toFixed(3));
      expect(result).toMatchObject({ split, scored: result.cases });
      // The people's own answers have 100 points each: all alike, they have no interval.
      expect(result.interval === null).toBe(baseline === "human");
      const [low = 100, high = 100] = result.interval ?? [];
      expect(low).toBeLessThanOrEqual((result.score ?? 0) + 1e-9);
      expect(high).toBeGreaterThanOrEqual((result.score ?? 0) - 1e-9);
    }
  });
});
