import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

// A SimBench file small enough to be scored by hand. Data set "coins": uniform distances 0.3 and 1/6, norm 7/30; data set
// "sure": 0.5.

export const tinyLines: readonly Readonly<Record<string, unknown>>[] = [
  {
    dataset_name: "coins",
    group_prompt_template: "The year is 2023. You are from {country}.",
    group_prompt_variable_map: { country: "Liberia" },
    input_template: "Heads or tails?\n\nOptions:\n(A): Heads\n(B): Tails",
    human_answer: { A: 80, B: 20 },
    group_size: 2,
    auxiliary: {},
  },
  {
    dataset_name: "coins",
    group_prompt_template: "The year is 2023. You are from {country}. You are {age} years old.",
    group_prompt_variable_map: { country: "Niger", age: "30-49" },
    input_template: "How does it land?\n\nOptions:\n(A): Flat\n(B): On its edge\n(C): Don’t know",
    human_answer: { A: 50, B: 30, C: 20 },
    group_size: -1,
    auxiliary: null,
  },
  {
    dataset_name: "sure",
    group_prompt_template: "You are an online worker.",
    group_prompt_variable_map: {},
    input_template: "Is water wet?\n\nOptions:\n(A): Yes\n(B): No",
    human_answer: { A: 100, B: 0 },
    group_size: 10,
    auxiliary: { note: 1 },
  },
];

/** Gives the path of a file of these lines (JSON values, or text as it is) for as long as `use` takes. */
export async function withFile<T>(
  lines: readonly unknown[],
  use: (path: string, folder: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "simbench-"));
  const path = join(folder, "cases.jsonl");
  writeFileSync(
    path,
    `${lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n")}\n`,
  );
  try {
    return await use(path, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
