import { z } from "zod";

const person = z.string().min(1);
const line = z.union([
  z.looseObject({ by: person, text: z.string() }),
  z.looseObject({ by: person, ask: z.literal(true) }),
]);

/**
 * What the functions of an instrument must give. The compiler sees to it in TypeScript; a module in JavaScript has only
 * this between a slip and a ledger of wrong numbers (NaN would be kept as null).
 */
export const given = {
  word: z.looseObject({ lines: z.array(line).min(1), key: z.string().nullish() }),
  read: z.union(
    [
      z.looseObject({ status: z.literal("answered"), shown: z.string() }),
      z.looseObject({ status: z.enum(["refused", "unparsable"]), reason: z.string() }),
    ],
    { error: 'expected {status: "answered", answer, shown} or {status: "refused" or "unparsable", reason}' },
  ),
  score: z.record(z.string(), z.number("expected a finite number"), "expected numbers by name"),
  measure: z.array(
    z.looseObject({
      character: z.string(),
      item: z.string(),
      repeat: z.number(),
      value: z.union([z.number(), z.looseObject({ leftOut: z.string() })], {
        error: "expected a finite number or {leftOut: why}",
      }),
    }),
    "expected a list of units",
  ),
} satisfies Record<string, z.ZodType>;
