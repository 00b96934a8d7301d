import { z } from "zod";

/** In which an answer distribution is had: see `about` of the instrument. */
export const ways = ["numbers", "logprobs", "personas", "simulacra"] as const;
export type Way = (typeof ways)[number];

/** Settings of the instrument (`--set name=value`). */
export const settings = z.object({
  /** File of cases, one JSON a line. */
  data: z.string().default(""),
  way: z.enum(ways).default("numbers"),
  /** Most cases asked: a sample by data set, decided by the seed. @default all */
  limit: z.coerce.number().int().min(1).optional(),
  /** Personas asked a case. */
  people: z.coerce.number().int().min(1).max(10_000).default(20),
});
export type Settings = z.infer<typeof settings>;
