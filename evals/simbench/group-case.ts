import { z } from "zod";

/** An option as it stands in the question: its letter and its text. */
export interface Option {
  label: string;
  text: string;
}

/** One question put to one group of people, with what they answered. */
export interface GroupCase {
  /** Data set and a hash of what is put, the same in any file that holds this case. */
  id: string;
  /** Where it stands in the file, from 1. */
  line: number;
  dataset: string;
  /** Who the group is, its placeholders filled in. */
  group: string;
  /** The question with its options as published, its placeholders filled in. */
  question: string;
  options: readonly Option[];
  /** Weights of the people's answers by letter, in the order published. */
  human: Readonly<Record<string, number>>;
  /** How many people answered; null where the data set does not say. */
  groupSize: number | null;
  /** What the group has in common, by the file's own names ("age_group": "30-49"). */
  groupedBy: Readonly<Record<string, string>>;
}

/** What a sample keeps of its case, so that it can be scored again without the file. */
export interface CaseData
  extends Pick<GroupCase, "dataset" | "options" | "human" | "groupSize" | "groupedBy"> {
  case: string;
  way: Way;
  /** Mean distance of the uniform answer in the data set, over the whole file; null where that is 0. */
  norm: number | null;
  /** How many were to answer for this case; 1 where a model answers for the group. */
  people: number;
}

/** Weights by letter, of one reply; `covered` is the chance that the first token named an option at all. */
export interface Shares {
  shares: Readonly<Record<string, number>>;
  covered?: number;
}

/** Weights as a person would write them: "A 60 %, B 40 %". */
export function sharesText(weights: Readonly<Record<string, number>>): string {
  const mass = Object.values(weights).reduce((sum, weight) => sum + weight, 0);
  return Object.entries(weights)
    .map(([label, weight]) => `${label} ${Math.round((100 * weight) / (mass || 1))} %`)
    .join(", ");
}

/** How an answer distribution is had; the instrument's `about` says more. */
export const ways = ["numbers", "logprobs", "personas", "simulacra"] as const;
export type Way = (typeof ways)[number];

const missing = "give the path of your own copy of a SimBench file, one JSON a line: --set data=FILE";

/** Settings of the instrument (`--set name=value`). */
export const settings = z.object({
  data: z
    .string({ error: missing })
    .min(1, missing)
    .describe("your copy of a SimBench file, one JSON a line"),
  way: z
    .enum(ways)
    .default("numbers")
    .describe(
      "numbers: the model gives percentages for the group; logprobs: chances of the first token; personas: it answers as one person after another; simulacra: the run's characters answer",
    ),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .optional()
    .describe("most cases asked, drawn by seed in proportion to the data sets (default: all)"),
  people: z.coerce.number().int().min(1).max(10_000).default(20).describe("personas asked a case"),
});
export type Settings = z.infer<typeof settings>;
