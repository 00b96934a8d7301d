import type { z } from "zod";
import type { ConstructionJournal, ConstructionPart } from "./construction.js";

/** Gives the finished result of a call, or makes the call and keeps its result before anything else happens. */
export async function journaled<T>(
  journal: ConstructionJournal | undefined,
  part: ConstructionPart,
  schema: z.ZodType<T>,
  call: () => Promise<T>,
): Promise<T> {
  const kept = schema.safeParse(await journal?.finished(part));
  if (kept.success) return kept.data;
  const value = await call();
  await journal?.finish(part, value);
  return value;
}
