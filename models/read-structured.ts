import { z } from "zod";
import { coerceToSchema } from "./coerce-to-schema.js";
import { jsonValues } from "./find-json.js";
import { type JsonSchema, jsonSchemaOf } from "./json-schema.js";

/** What a reply is to fit. */
export interface Wanted<T> {
  /** What is asked for. */
  schema: z.ZodType;
  /** What is taken, where less than what is asked for will do; else the same. */
  accepts: z.ZodType<T>;
}

/** Values looked at inside of one that a reply holds. */
const MOST_INSIDE = 24;

/** A value, and what a model may have wrapped it in: lists of one, an outer key, the call of a tool with JSON as text. */
function* unwrapped(value: unknown): Generator<unknown> {
  const queue: unknown[] = [value];
  for (let at = 0; at < queue.length && at < MOST_INSIDE; at++) {
    const part = queue[at];
    if (typeof part === "string") {
      if (/^\s*[{[]/u.test(part)) for (const inner of jsonValues(part)) queue.push(inner);
    } else if (typeof part === "object" && part !== null) {
      yield part;
      queue.push(...Object.values(part).slice(0, MOST_INSIDE));
    }
  }
}

/** "text: I feel calm", a line for each key; a model that was asked for two or three things may forget the form. */
function fromLines(text: string, { properties = {} }: JsonSchema): object | undefined {
  const found: Record<string, string> = {};
  for (const line of text.split("\n")) {
    const [, name, said] =
      /^[^\p{L}\p{N}]{0,9}([\p{L}_ ]{1,40}?)[^\p{L}\p{N}]{0,4}[:=：]\s*(.+)$/u.exec(line) ?? [];
    const key = Object.keys(properties).find(
      (each) => each.toLowerCase() === name?.replace(/[\s_]/gu, "").toLowerCase(),
    );
    if (key !== undefined && said !== undefined)
      found[key] = said.replace(/^\**\s*["“]?|["”]?\s*,?\s*$/gu, "");
  }
  return Object.keys(found).length > 0 ? found : undefined;
}

/**
 * Reads a value out of a reply: the likeliest JSON value that is what was asked for, else the likeliest that is taken.
 * Where there is none, `problem` says to the model what is wrong with the likeliest.
 * @param calls arguments of tools that the reply calls: some models answer so, though no tool was offered
 */
export function readStructured<T>(
  raw: string,
  { schema, accepts }: Wanted<T>,
  calls: readonly unknown[] = [],
): { value: T } | { problem: string } {
  const form = jsonSchemaOf(schema);
  let taken: { value: T } | undefined;
  let problem: string | undefined;
  const held = [...jsonValues(raw), ...calls];
  const lines = held.length === 0 ? fromLines(raw, form) : undefined;
  for (const value of lines === undefined ? held : [lines])
    for (const part of unwrapped(value)) {
      const meant = coerceToSchema(part, form);
      const asked = schema.safeParse(meant);
      const read = accepts.safeParse(meant);
      if (asked.success && read.success) return { value: read.data };
      if (read.success) taken ??= { value: read.data };
      problem ??= asked.success ? undefined : z.prettifyError(asked.error);
    }
  return taken ?? { problem: problem ?? (raw === "" ? "it was empty" : "it holds no JSON") };
}
