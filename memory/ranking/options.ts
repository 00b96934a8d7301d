import { z } from "zod";
import { SimulacraError } from "../../data/errors.js";
import type { RankingOptions } from "./contract.js";

/**
 * Weights measured on LoCoMo (dialogue) and published life stories (narrative): the dense part counts once for a
 * turn of a dialogue, twice for a narrative memory, and hardly at all with hashed vectors, which know only words.
 */
export const defaultRankingOptions: RankingOptions = {
  dialogueDenseWeight: 1,
  narrativeDenseWeight: 2,
  hashedDenseWeight: 0.3,
  importanceWeight: 0,
  recencyWeight: 0,
  moodWeight: 0,
  synonymWeight: 0.5,
  nearestWordWeight: 0.7,
};

const weight = z.number().min(0).max(10);
const optionsSchema = z.object({
  dialogueDenseWeight: weight,
  narrativeDenseWeight: weight,
  hashedDenseWeight: weight,
  hashedVectors: z.boolean().optional(),
  importanceWeight: weight,
  recencyWeight: weight,
  moodWeight: weight,
  synonymWeight: z.number().min(0).max(1),
  nearestWordWeight: z.number().min(0).max(1),
  mood: z.object({ valence: z.number().min(-1).max(1), arousal: z.number().min(0).max(1) }).optional(),
});

/** Options over their defaults, checked. @throws SimulacraError `invalid_option` naming the option. */
export function rankingOptions(given?: Partial<RankingOptions>): RankingOptions {
  if (given === undefined) return defaultRankingOptions;
  const merged = { ...defaultRankingOptions, ...given };
  const checked = optionsSchema.safeParse(merged);
  if (checked.success) return merged;
  const issue = checked.error.issues[0];
  throw new SimulacraError(
    "invalid_option",
    `Ranking option "${issue?.path.join(".")}": ${issue?.message}. Weights of parts are 0 to 10, of words 0 to 1.`,
    "user",
  );
}
