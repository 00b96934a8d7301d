import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { runInProcess } from "../../../../dev/doubles/apps/run-in-process.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "eval-run-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** `simulacra eval run` of one method that needs no memory, by the offline model. */
const run = (...args: string[]) =>
  runInProcess([...asked, "--out", "run", "--json", ...args], { cwd: folder });
const asked = [
  ...["eval", "run", "self-report", "--characters", "hester-tranter"],
  ...["--methods", "blank", "--repeats", "1"],
];

it("refuses a threshold that names nothing before anything is put", async () => {
  for (const slip of ["self-report.points:25", "self-report.pionts=25", "self-report.points@macmm=25"]) {
    expect((await run("--fail-under", slip)).code).toBe(2);
    expect((await run("--fail-under", slip, "--dry-run")).code).toBe(2);
  }
  expect(existsSync(join(folder, "run"))).toBe(false);
});

it("ends with 3 where a limit stopped it before what the threshold names", async () => {
  const threshold = ["--fail-under", "self-report.points@blank=1"];
  const { code, out } = await run("--max-calls", "0", ...threshold);
  expect(code).toBe(3);
  expect(JSON.parse(out)).toMatchObject({
    made: 0,
    thresholds: [{ metric: "self-report.points@blank", below: [{ condition: "blank", value: null }] }],
  });
});
