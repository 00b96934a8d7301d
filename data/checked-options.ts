import { z } from "zod";
import { SimulacraError } from "./errors.js";

// Schemas of options whose messages say what is expected, so that `checkOptions` can put it beside what came.

/** A whole number within these bounds. */
export function wholeNumber(min: number, max: number) {
  const error = `a whole number from ${min} to ${max}`;
  return z.number({ error }).int({ error }).min(min, { error }).max(max, { error });
}

/** A number within these bounds. */
export function numberFrom(min: number, max: number) {
  const error = `a number from ${min} to ${max}`;
  return z.number({ error }).min(min, { error }).max(max, { error });
}

/** A time in milliseconds; `Infinity` is no limit. */
export function milliseconds({ orNone = false } = {}) {
  const error = `a number of milliseconds ${orNone ? "from 0 on" : "above 0"}`;
  return z.custom<number>((value) => typeof value === "number" && (orNone ? value >= 0 : value > 0), {
    error,
  });
}

/** One of these words. */
export const oneOf = <const Words extends readonly [string, ...string[]]>(words: Words) =>
  z.enum(words, { error: words.map((word) => `"${word}"`).join(" or ") });

/** Text that is not empty. */
export const someText = () => {
  const error = "text that is not empty";
  return z.string({ error }).trim().min(1, { error });
};

/** A function. */
export const aFunction = () =>
  z.custom<(...given: never[]) => unknown>((value) => typeof value === "function", { error: "a function" });

/**
 * Refuses options that do not fit; what the schema does not name is let through.
 * @throws SimulacraError `invalid_option`: which option, what was expected, what came
 */
export function checkOptions(schema: z.ZodType, given: object): void {
  const checked = schema.safeParse(given);
  if (checked.success) return;
  const faults = checked.error.issues.map(({ path, message }) => ({ option: path.join("."), path, message }));
  throw new SimulacraError(
    "invalid_option",
    faults
      .map(
        ({ option, path, message }) =>
          `${option === "" ? "The options" : `Option ${option}`}: expected ${message}, but got ${shown(given, path)}.`,
      )
      .join(" "),
    "user",
    { option: faults[0]?.option ?? "" },
  );
}

/** What came, in a few characters. */
function shown(given: object, path: readonly PropertyKey[]): string {
  const value = path.reduce<unknown>(
    (at, key) => (typeof at === "object" && at !== null ? Reflect.get(at, key) : undefined),
    given,
  );
  if (typeof value === "string") return JSON.stringify(value.slice(0, 60));
  return typeof value === "number" || typeof value === "boolean" || value === null
    ? String(value)
    : `${Array.isArray(value) ? "a list" : typeof value}`;
}
