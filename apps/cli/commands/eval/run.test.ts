import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterEach, beforeEach, expect, it } from "vitest";
import { CommandLine } from "../../command-line.js";
import { exitCodeOf } from "../../exit-code.js";
import { Output } from "../../output.js";
import { createProgram } from "../../program.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "eval-run-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** `simulacra eval run` of one method that needs no memory, by the offline model. */
async function run(...args: string[]) {
  let out = "";
  const sink = (take: (text: string) => void) => ({ write: take });
  const output = new Output(
    sink((text) => {
      out += text;
    }),
    sink(() => {}),
    {},
    true,
  );
  const door = () => Promise.reject(new Error("no simulacrum is opened"));
  const cli = new CommandLine({ stdin: Readable.from([]), output, cwd: folder, env: {}, door });
  const asked = ["eval", "run", "self-report", "--characters", "hester-tranter", "--methods", "blank"];
  const code = await createProgram(cli, "0")
    .parseAsync([...asked, "--repeats", "1", "--out", "run", "--json", ...args], { from: "user" })
    .then(() => cli.exitCode, exitCodeOf);
  return { code, out };
}

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
