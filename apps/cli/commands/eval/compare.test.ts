import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { runInProcess } from "../../../../dev/doubles/apps/run-in-process.js";
import { generateRun } from "../../../../dev/doubles/evals/generated-run.js";

it("shows every difference with its n and no p as 0, and replaces a file only when told to", async () => {
  const cwd = mkdtempSync(join(tmpdir(), "compare-"));
  const compare = (...more: string[]) =>
    runInProcess(["eval", "compare", "a", "b", "--out", "page.html", ...more], { cwd });
  try {
    for (const [name, shift] of [
      ["a", -0.4],
      ["b", 0.4],
    ] as const) {
      mkdirSync(join(cwd, name));
      const run = { instruments: ["self-report"], subjects: 1, repeats: 1, methods: ["prompt" as const] };
      await generateRun(join(cwd, name), { ...run, shift });
    }
    writeFileSync(join(cwd, "page.html"), "a page of mine");
    expect((await compare()).code).toBe(2);
    expect(readFileSync(join(cwd, "page.html"), "utf8")).toBe("a page of mine");
    const { code, out } = await compare("--replace");
    expect(code).toBe(0);
    expect(out).toMatch(/MEASURE.*PAIRS +OF +P \(HOLM\)/u);
    expect(out).toMatch(/\d+ items +< 0\.001$/mu);
  } finally {
    rmSync(cwd, { recursive: true });
  }
});
