import type { z } from "zod";

/**
 * Something a reader of files has to tell the person who wrote them.
 * `broken`: it cannot be read and was left out. `missing`: a part that some method needs is not there, or still holds
 * the text of the template. `ignored`: it is there, but nothing here knows it, so it was not kept.
 */
export interface Problem {
  /** Path of the file, relative to the folder that was read. */
  readonly file: string;
  /** Where in the file, in words: `profile > age`, `entry 3 > emotion`. Absent when the whole file is meant. */
  readonly key?: string;
  /** What is wrong, and what was expected: `should be a number, but is the text "29"`. */
  readonly reason: string;
  readonly kind: "broken" | "missing" | "ignored";
}

/** One line for a terminal or an error message: `character.json, profile > age: should be a number, but …`. */
export function problemLine(problem: Problem): string {
  return `${problem.file}${problem.key === undefined ? "" : `, ${problem.key}`}: ${problem.reason}`;
}

/** A path inside a JSON file, in words. Numbers count from 1, as people do. Undefined for the whole file. */
export function keyInWords(path: readonly PropertyKey[]): string | undefined {
  if (path.length === 0) return undefined;
  return path.map((part) => (typeof part === "number" ? `entry ${part + 1}` : String(part))).join(" > ");
}

const typeInWords: Readonly<Record<string, string>> = {
  string: "text (in double quotes)",
  number: "a number (without quotes)",
  int: "a whole number",
  boolean: "true or false",
  array: "a list (in square brackets)",
  tuple: "a list (in square brackets)",
  object: "a group of named values (in curly brackets)",
  record: "a group of named values (in curly brackets)",
};

/** What was found instead, short enough for one line. */
function valueInWords(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "a group of named values";
  const shown = JSON.stringify(value) ?? String(value);
  const short = shown.length > 60 ? `${shown.slice(0, 57)}…` : shown;
  return typeof value === "string" ? `the text ${short}` : short;
}

function sizeInWords(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig, value: unknown): string {
  const bound = issue.code === "too_small" ? issue.minimum : issue.maximum;
  const limit = issue.exact === true ? "exactly" : issue.code === "too_small" ? "at least" : "at most";
  if (Array.isArray(value)) return `should hold ${limit} ${bound} entries, but holds ${value.length}`;
  if (typeof value === "string") {
    if (value.length === 0) return "is empty";
    return `should have ${limit} ${bound} characters, but has ${value.length}`;
  }
  return `should be ${limit} ${bound}, but is ${valueInWords(value)}`;
}

/** Says in plain words what a zod issue means; `value` is what stands at the issue's path. */
export function issueInWords(issue: z.core.$ZodIssue, value: unknown): string {
  if (value === undefined) return "is missing";
  switch (issue.code) {
    case "invalid_type":
      return `should be ${typeInWords[issue.expected] ?? issue.expected}, but is ${valueInWords(value)}`;
    case "too_small":
    case "too_big":
      return sizeInWords(issue, value);
    case "invalid_value":
      return `should be one of ${issue.values.map(String).join(", ")}, but is ${valueInWords(value)}`;
    case "invalid_format":
      if (issue.format === "date") return `should be a date like 1994-06-27, but is ${valueInWords(value)}`;
      if (issue.format === "regex" && issue.pattern?.startsWith("/^[A-") === true)
        return `should be the letter of an option, but is ${valueInWords(value)}`;
      return `is not in the expected form: ${valueInWords(value)}`;
    default:
      return `${issue.message}: ${valueInWords(value)}`;
  }
}
