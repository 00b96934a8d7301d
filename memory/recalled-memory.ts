import { z } from "zod";
import { memoryKindSchema, memorySourceSchema } from "./record.js";

/** Score parts of one recalled memory (memory/ranking/contract.ts); absent means unknown or of no weight. */
const scorePartsSchema = z.object({
  lexical: z.number(),
  dense: z.number(),
  priors: z.number(),
  support: z.number(),
  whose: z.number().optional(),
  importance: z.number().optional(),
  recency: z.number().optional(),
  mood: z.number().optional(),
});

/** A memory as an agent gets it: its text and feelings, why it was found, and where it comes from. */
export const recalledMemorySchema = z.object({
  /** `namespace/key` in the store. */
  id: z.string(),
  kind: memoryKindSchema,
  /** The content as put into prompts. */
  text: z.string(),
  thinking: z.string().optional(),
  emotion: z.string().optional(),
  valence: z.number().optional(),
  arousal: z.number().optional(),
  at: z.string().optional(),
  score: z.number(),
  parts: scorePartsSchema,
  source: memorySourceSchema,
});
export type RecalledMemory = z.infer<typeof recalledMemorySchema>;

const separator = "/";
/** One string for a place in the store, and back. */
export const memoryId = (namespace: readonly string[], key: string): string =>
  [...namespace, key].map(encodeURIComponent).join(separator);
export function parseMemoryId(id: string): { namespace: string[]; key: string } {
  const labels = id.split(separator).map(decodeURIComponent);
  return { namespace: labels.slice(0, -1), key: labels.at(-1) ?? "" };
}
