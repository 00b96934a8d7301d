import { z } from "zod";

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
