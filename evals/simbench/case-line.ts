import { z } from "zod";
import { issueInWords, keyInWords } from "../../data/problem.js";
import { findJson } from "../../models/find-json.js";
import { contentHash } from "../core/content-hash.js";
import { fillPlaceholders } from "./fill-placeholders.js";
import type { GroupCase } from "./group-case.js";
import { readOptions } from "./read-options.js";

/** A group of named values, also as the text that a table keeps of it (`{'country': 'Liberia'}`). */
const named = <T extends z.ZodType>(value: T, name = z.string().min(1)) =>
  z.preprocess(
    (given) => (typeof given === "string" ? (findJson(given) ?? given) : given),
    z.record(name, value),
  );

/** One line of a SimBench file as published (Hu et al. 2025); names not listed are left alone. */
export const caseLineSchema = z.object({
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
export function readCaseLine(text: string, line: number): { case: GroupCase } | { problem: string } {
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
