import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { SimulacraError } from "../../data/errors.js";
import { readCaseLine } from "./case-line.js";
import type { GroupCase } from "./group-case.js";

/** Problems told of one file; a file of another kind has one in every line. */
const TOLD = 10;

/** What a file holds, and what is wrong with it, by line. */
export interface CaseFile {
  cases: GroupCase[];
  problems: string[];
}

/**
 * Reads a SimBench file, one JSON a line, line by line. The data set is not part of this package (CC BY-NC-SA 4.0, and its
 * sources keep their own terms): a user fetches it.
 * @throws invalid_input where there is no such file or it cannot be read
 */
export async function readCaseFile(path: string): Promise<CaseFile> {
  const cases: GroupCase[] = [];
  const problems: string[] = [];
  const seen = new Map<string, number>();
  let line = 0;
  try {
    for await (const raw of createInterface({ input: createReadStream(path, "utf8"), crlfDelay: Infinity })) {
      line++;
      const text = line === 1 ? raw.replace(/^\uFEFF/u, "") : raw;
      if (text.trim() === "") continue;
      const read = readCaseLine(text, line);
      if ("problem" in read) {
        problems.push(read.problem);
        continue;
      }
      // The same words put to the same group twice are two cases.
      const times = (seen.get(read.case.id) ?? 0) + 1;
      seen.set(read.case.id, times);
      cases.push(times === 1 ? read.case : { ...read.case, id: `${read.case.id}-${times}` });
    }
  } catch (cause) {
    throw new SimulacraError(
      "invalid_input",
      `The SimBench file ${path} cannot be read. Give the path of your own copy; the data set is not part of this package.`,
      "user",
      { path },
      { cause },
    );
  }
  if (problems.length === 0 && cases.length === 0) problems.push("there is no case in it");
  return { cases, problems };
}

/** The problems of a file in a few lines. */
export const problemsOf = ({ problems }: CaseFile, path: string): string[] => [
  ...problems.slice(0, TOLD).map((problem) => `${path}, ${problem}.`),
  ...(problems.length > TOLD ? [`${path}: ${problems.length - TOLD} more lines are no cases.`] : []),
];

/**
 * The cases of a file that is all right.
 * @throws invalid_input that names the lines which are not
 */
export async function casesOf(path: string): Promise<GroupCase[]> {
  const file = await readCaseFile(path);
  if (file.problems.length === 0) return file.cases;
  throw new SimulacraError("invalid_input", problemsOf(file, path).join("\n"), "user", {
    path,
    problems: file.problems.length,
  });
}
