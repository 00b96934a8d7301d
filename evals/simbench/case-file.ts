import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { z } from "zod";
import { issueInWords, keyInWords } from "../../data/problem.js";
import { findJson } from "../../models/find-json.js";
import { contentHash } from "../core/content-hash.js";
import { groupBy } from "../core/grouping.js";
import { invalidInput } from "../core/invalid.js";
import { seededRandom } from "../core/random.js";
import type { GroupCase, Option } from "./group-case.js";

/** Problems told of one file; a file of another kind has one in every line. */
const TOLD = 10;

/** What a file holds, and what is wrong with it, by line. */
interface CaseFile {
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
    throw invalidInput(
      `The SimBench file ${path} cannot be read. Give the path of your own copy; the data set is not part of this package.`,
      { path },
      cause,
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
  throw invalidInput(problemsOf(file, path).join("\n"), {
    path,
    problems: file.problems.length,
  });
}

/** A group of named values, also as the text that a table keeps of it (`{'country': 'Liberia'}`). */
const named = <T extends z.ZodType>(value: T, name = z.string().min(1)) =>
  z.preprocess(
    (given) => (typeof given === "string" ? (findJson(given) ?? given) : given),
    z.record(name, value),
  );

/** One line of a SimBench file as published (Hu et al. 2025); names not listed are left alone. */
const caseLineSchema = z.object({
  dataset_name: z.string().min(1),
  group_prompt_template: z.string(),
  group_prompt_variable_map: z
    .union([z.null(), named(z.union([z.string(), z.number(), z.boolean(), z.null()]))])
    .optional(),
  input_template: z.string().min(1),
  human_answer: named(z.number().min(0), z.string().regex(/^[A-Za-z0-9]{1,3}$/)),
  /** Below 1 where it is not known. */
  group_size: z.number().nullish(),
  auxiliary: z.unknown(),
});

/** A case read from a line, or what is wrong with the line. */
function readCaseLine(text: string, line: number): { case: GroupCase } | { problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: `line ${line}: is not one JSON value` };
  }
  const read = caseLineSchema.safeParse(value);
  if (!read.success) {
    const [issue] = read.error.issues;
    const reason = issue ? issueInWords(issue, at(value, issue.path)) : "is no case";
    return { problem: `line ${line}, ${keyInWords(issue?.path ?? []) ?? "the line"}: ${reason}` };
  }
  const given = read.data;
  const groupedBy = Object.fromEntries(
    Object.entries(given.group_prompt_variable_map ?? {}).flatMap(([name, each]) =>
      each === null ? [] : [[name, String(each)]],
    ),
  );
  const group = fillPlaceholders(given.group_prompt_template, groupedBy);
  const question = fillPlaceholders(given.input_template, groupedBy);
  const labels = Object.keys(given.human_answer);
  const found = readOptions(question, labels);
  if (labels.length === 0 || "missing" in found)
    return {
      problem:
        "missing" in found
          ? `line ${line}, input_template: has no line "(${found.missing[0]}): …" for an option of human_answer`
          : `line ${line}, human_answer: names no option`,
    };
  const size = given.group_size ?? 0;
  return {
    case: {
      id: `${given.dataset_name}-${contentHash([given.dataset_name, group, question]).slice(0, 10)}`,
      line,
      dataset: given.dataset_name,
      group,
      question,
      options: found.options,
      human: given.human_answer,
      groupSize: size >= 1 ? Math.round(size) : null,
      groupedBy,
    },
  };
}

/** What stands at a path. */
function at(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, part) => (typeof value === "object" && value !== null ? Reflect.get(value, part) : undefined),
    root,
  );
}

/**
 * The options of a question, for the letters of its human answer: after the last line "Options:", each from its "(A):" at a
 * line's start to that of the next. An option may have several lines.
 * @returns the letters that are not there, where one is missing
 */
export function readOptions(
  question: string,
  labels: readonly string[],
): { options: Option[] } | { missing: string[] } {
  const heading = [...question.matchAll(/^[ \t]*Options:[ \t]*$/gmu)].at(-1);
  const text = heading ? question.slice(heading.index + heading[0].length) : question;
  const found: { label: string; start: number; end: number }[] = [];
  let from = 0;
  for (const label of labels) {
    const mark = `(${label}):`;
    const start = placeAtLineStart(text, mark, from);
    if (start < 0) continue;
    from = start + mark.length;
    found.push({ label, start, end: from });
  }
  if (found.length < labels.length)
    return { missing: labels.filter((label) => !found.some((each) => each.label === label)) };
  return {
    options: found.map(({ label, end }, at) => ({
      label,
      text: text.slice(end, found[at + 1]?.start).trim(),
    })),
  };
}

function placeAtLineStart(text: string, mark: string, from: number): number {
  for (let at = text.indexOf(mark, from); at >= 0; at = text.indexOf(mark, at + 1))
    if (/(?:^|\n)[ \t]*$/u.test(text.slice(0, at))) return at;
  return -1;
}

/**
 * Puts values in the place of `{name}`, once: what a value brings along is text, and a name without a value stays as it is.
 */
export const fillPlaceholders = (template: string, values: Readonly<Record<string, string>>): string =>
  template.replace(/\{([^{}]+)\}/gu, (whole, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? whole) : whole,
  );

/**
 * As many cases as wanted, drawn by seed, every data set in proportion to its size. A higher limit keeps those of a lower
 * one, so that a run can be extended; they stand in the order of the file.
 */
export function chosenCases(
  cases: readonly GroupCase[],
  limit: number | undefined,
  seed: string,
): readonly GroupCase[] {
  if (limit === undefined || limit >= cases.length) return cases;
  const ranked = [...groupBy(cases, ({ dataset }) => dataset)].flatMap(([dataset, own]) =>
    seededRandom(`${seed}/simbench/${dataset}`)
      .shuffled(own)
      .map((each, rank) => ({ each, share: (rank + 0.5) / own.length })),
  );
  const chosen = new Set(
    ranked
      .sort((a, b) => a.share - b.share)
      .slice(0, limit)
      .map(({ each }) => each),
  );
  return cases.filter((each) => chosen.has(each));
}
