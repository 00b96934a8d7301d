import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { characterSchema } from "../../data/character.js";
import { sums } from "../../dev/doubles/evals/sums.js";
import { runEvaluation } from "./run-evaluation.js";
import { lockRun } from "./run-lock.js";
import { Subjects } from "./subjects.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "run-lock-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

it("one process has the folder until it lets go", () => {
  const letGo = lockRun(folder);
  expect(() => lockRun(folder)).toThrow(/Another process/u);
  letGo();
  lockRun(folder)();
});

it("a run that cannot close its subjects lets go of the folder all the same", async () => {
  vi.spyOn(Subjects.prototype, "close").mockRejectedValueOnce(new Error("cannot be closed"));
  const run = () =>
    runEvaluation({
      instruments: [sums],
      out: folder,
      characters: [characterSchema.parse({ id: "anna", name: "Anna" })],
      methods: ["prompt"],
      repeats: 1,
    });
  await expect(run()).rejects.toThrow("cannot be closed");
  expect(await run()).toMatchObject({ settled: 2 });
});

it("a lock that cannot be opened is no other process", () => {
  mkdirSync(join(folder, "run.lock"));
  expect(() => lockRun(folder)).toThrow(
    expect.objectContaining({ code: "store_unwritable", message: expect.stringContaining(folder) }),
  );
  rmSync(join(folder, "run.lock"), { recursive: true });
  writeFileSync(join(folder, "run.lock"), "no database ".repeat(100));
  expect(() => lockRun(folder)).toThrow(expect.objectContaining({ code: "store_unwritable" }));
});

it("a file, or a folder below one, cannot hold a run", () => {
  const file = join(folder, "thesis.txt");
  writeFileSync(file, "mine");
  for (const out of [file, join(file, "below")])
    expect(() => lockRun(out)).toThrow(/cannot be made .*Give another --out folder/u);
});

it("somebody's own results are not written over; other files do not matter", () => {
  writeFileSync(join(folder, "thesis.txt"), "mine");
  lockRun(folder)();
  const other = join(folder, "other");
  mkdirSync(other);
  writeFileSync(join(other, "samples.csv"), "mine");
  expect(() => lockRun(other)).toThrow(/holds samples\.csv and no run .*overwritten/u);
  expect(readFileSync(join(other, "samples.csv"), "utf8")).toBe("mine");
});
