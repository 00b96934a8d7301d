import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, it } from "vitest";
import { generateRun } from "../../../dev/doubles/evals/generated-run.js";
import { runResultsSchema } from "../analysis/results.js";
import { writeComparison } from "./write-comparison.js";
import { type WrittenReport, writeReport } from "./write-report.js";

let folder: string;
let written: WrittenReport;
let samples: number;
const file = (name: string): string => readFileSync(join(folder, "a", name), "utf8");

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "report-"));
  for (const name of ["a", "b", "other"]) mkdirSync(join(folder, name));
  const run = { instruments: ["self-report", "conformity"], subjects: 2, repeats: 1 };
  samples = await generateRun(join(folder, "a"), { ...run, methods: ["prompt", "macm"] });
  const selfReport = { ...run, instruments: ["self-report"] };
  await generateRun(join(folder, "b"), { ...selfReport, methods: ["prompt", "macm"], shift: 0.3 });
  await generateRun(join(folder, "other"), {
    ...run,
    instruments: ["self-report"],
    methods: ["blank"],
    model: "another",
  });
  written = await writeReport(join(folder, "a"), { resamples: 200 });
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

/** The packed blocks of a page whose id begins so, unpacked. */
function blocks(page: string, id: string): string {
  const found = [...page.matchAll(/id="([\w-]+)">([A-Za-z0-9+/=]*)<\/script>/gu)];
  return found
    .filter(([, name = ""]) => name.startsWith(id))
    .map(([, , packed = ""]) => gunzipSync(Buffer.from(packed, "base64")).toString())
    .join("\n");
}

it("results.json holds what was computed, one instrument after another", () => {
  const read = runResultsSchema.parse(JSON.parse(file("results.json")));
  expect(read).toEqual(written.results);
  expect(read.instruments.map(({ instrument }) => instrument.name)).toEqual(["self-report", "conformity"]);
  expect(read.instruments.reduce((sum, { samples: own }) => sum + own, 0)).toBe(samples);
});

it("every mean of the page is in measures.csv, with its n", () => {
  const [head = "", ...rows] = file("measures.csv").trim().split("\r\n");
  const columns = head.split(",");
  const means = written.results.instruments.flatMap(({ measures }) =>
    measures.flatMap(({ conditions }) => conditions),
  );
  expect(rows).toHaveLength(means.length);
  for (const [at, { mean, n }] of means.entries()) {
    // What stands up to these columns holds no comma.
    const cells = rows[at]?.split(",") ?? [];
    expect(cells[columns.indexOf("n")]).toBe(String(n));
    expect(cells[columns.indexOf("mean")]).toBe(typeof mean === "number" ? String(mean) : "");
  }
  expect(file("samples.csv").match(/^(?:self-report|conformity),/gmu)).toHaveLength(samples);
});

it("the page says what it lacks, packs replies as text, and shows a memory once", () => {
  const page = file("report.html");
  expect(page).toContain("There are only 2 subjects (fewer than 10)");
  expect(page).toContain("<dt>Asked at</dt><dd>some: 127.0.0.1:8000</dd>");
  expect(page).toContain("<dt>Program</dt><dd>langgraph-simulacra 1.2.3</dd>");
  expect(page).not.toContain("<b>and</b>");
  const index = JSON.parse(blocks(page, "index"));
  expect(index.n).toBe(samples);
  expect(blocks(page, "samples-")).toContain("<b>and</b>");
  const memories = blocks(page, "memories-").match(/"text":"/gu)?.length ?? 0;
  const recalled = blocks(page, "samples-").match(/"score":/gu)?.length ?? 0;
  expect(memories).toBeGreaterThan(0);
  expect(memories).toBeLessThan(recalled);
});

it("two runs are compared on the same samples; B minus A, and the answers that changed", async () => {
  const out = join(folder, "comparison.html");
  const { instruments } = await writeComparison(join(folder, "a"), join(folder, "b"), out, {
    resamples: 200,
  });
  const [selfReport] = instruments;
  expect(instruments.map(({ instrument }) => instrument)).toEqual(["self-report"]);
  expect(selfReport?.paired).toBe(written.results.instruments[0]?.samples);
  const points = selfReport?.comparisons.find(({ measure }) => measure === "share");
  expect(points?.difference).toBeGreaterThan(0);
  const changed = JSON.parse(blocks(readFileSync(out, "utf8"), "index")).n;
  expect(changed).toBe(instruments.reduce((sum, each) => sum + each.changed, 0));
});

it("a run against itself differs in nothing; runs that share no condition and differ in two things are not compared", async () => {
  const out = join(folder, "same.html");
  const a = join(folder, "a");
  const same = await writeComparison(a, a, out, { resamples: 20 });
  expect(same.instruments.map(({ changed }) => changed)).toEqual([0, 0]);
  const other = join(folder, "other");
  await expect(writeComparison(a, other, out)).rejects.toThrow("is there already. Give another name");
  const none = await writeComparison(a, other, out, { resamples: 20, replace: true });
  // The other has one method, where A has two.
  const unpaired = 1.5 * (written.results.instruments[0]?.samples ?? 0);
  expect(none.instruments).toMatchObject([{ differsIn: "nothing", paired: 0, unpaired }]);
  expect(readFileSync(out, "utf8")).toContain("nothing can be compared");
});

it("a folder without a run is refused", async () => {
  await expect(writeReport(join(folder, "none"))).rejects.toThrow("There is no run in");
});

it("a page that can be written nowhere is told before anything is computed", async () => {
  const a = join(folder, "a");
  const below = join(folder, "made", "on the way", "page.html");
  await writeComparison(a, a, below, { resamples: 20 });
  expect(readFileSync(below, "utf8")).toContain("<!doctype html>");
  await expect(writeComparison(a, a, folder)).rejects.toThrow("is a folder. Give a file with --out");
  await expect(writeComparison(a, a, join(below, "page.html"))).rejects.toThrow("cannot be written");
});
