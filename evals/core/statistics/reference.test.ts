import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { compareWithReference } from "../../../dev/doubles/evals/statistics/reference-comparison.js";
import { notOffered, referenceTable } from "../../../dev/doubles/evals/statistics/reference-table.js";

// Every statistic against values computed by established software. The folder lies beside the project and is no part
// of it; REFERENCE_DIR names another one of the same form.
const given = process.env.REFERENCE_DIR;
const folder = given ?? fileURLToPath(new URL("../../../../shared/reference", import.meta.url));
const there = existsSync(folder);
if (!there && !given) process.stderr.write("skipped: the reference values are not beside the project\n");

const caseFile = z.object({
  cases: z.array(
    z.object({
      id: z.string(),
      input: z.unknown(),
      options: z.unknown(),
      expected: z.unknown(),
      tolerance: z.number().nonnegative(),
    }),
  ),
});

/** The files that hold cases, by name. */
const files = (there ? readdirSync(folder) : [])
  .filter((file) => file.endsWith(".json"))
  .map((file) => ({
    name: file.slice(0, -".json".length),
    content: z.looseObject({}).parse(JSON.parse(readFileSync(join(folder, file), "utf8"))),
  }))
  .filter(({ content }) => "cases" in content)
  .map(({ name, content }) => ({ name, cases: caseFile.parse(content).cases }));

describe.skipIf(!there && !given)("the reference values", () => {
  let compared = 0;
  let cases = 0;
  afterAll(() => void process.stderr.write(`reference: ${cases} cases, ${compared} values compared\n`));

  it("are there, and each file's statistic is offered or known to be left out", () => {
    expect(files.length).toBeGreaterThan(0);
    const unknown = files.map(({ name }) => name).filter((name) => !(name in referenceTable));
    expect(unknown.filter((name) => !notOffered.includes(name))).toEqual([]);
  });

  for (const file of files.filter(({ name }) => name in referenceTable))
    it(`of ${file.name} are ours in all ${file.cases.length} cases`, () => {
      expect(file.cases.length).toBeGreaterThan(0);
      const wrong = file.cases.flatMap(({ id, input, options, expected, tolerance }) => {
        const got = referenceTable[file.name]?.(input as never, (options ?? {}) as never);
        const found = compareWithReference(expected, got, tolerance);
        cases += 1;
        compared += found.compared;
        return found.compared === 0
          ? [`${id}: nothing to compare`]
          : found.disagreements.map((one) => `${id} ${one}`);
      });
      expect(wrong).toEqual([]);
    });
});
