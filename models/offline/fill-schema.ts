import { chosenLetters } from "./choose.js";
import type { ReadPrompt } from "./read-prompt.js";
import { talk } from "./talk.js";
import { feelingOf, sentencesOf, stemsOf, tellingWords } from "./words.js";

/** A JSON Schema, as far as it is read here. */
export interface JsonSchema {
  type?: string | string[];
  properties?: Record<string, JsonSchema>;
  items?: JsonSchema;
  enum?: unknown[];
  const?: unknown;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  $ref?: string;
  description?: string;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
}

/** An instance of a JSON Schema; what a field wants is read from its name and description. */
export function fillSchema(root: JsonSchema, prompt: ReadPrompt): unknown {
  const feeling = feelingOf(prompt.moving);

  const fill = (given: JsonSchema, key: string): unknown => {
    const schema = resolved(given, root);
    const about = `${key} ${schema.description ?? ""}`;
    if (schema.const !== undefined) return schema.const;
    if (schema.enum) return pick(schema.enum, prompt);
    const either = schema.anyOf ?? schema.oneOf;
    if (either) return fill(either.find(({ type }) => type !== "null") ?? {}, key);
    if (schema.allOf) return Object.assign({}, ...schema.allOf.map((part) => fill(part, key)));
    const type = Array.isArray(schema.type) ? schema.type.find((one) => one !== "null") : schema.type;
    if (type === "object" || schema.properties) {
      const properties = Object.entries(schema.properties ?? {});
      return Object.fromEntries(properties.map(([name, part]) => [name, fill(part, name)]));
    }
    if (type === "array") {
      const item = resolved(schema.items ?? { type: "string" }, root);
      const wanted = item.type === "string" ? 1 : 0;
      const length = Math.min(
        Math.max(schema.minItems ?? 0, wanted),
        schema.maxItems ?? Number.POSITIVE_INFINITY,
      );
      return Array.from({ length }, () => fill(item, key));
    }
    if (type === "boolean") return /memory|recall/iu.test(about) && /\?|\bremember\b/iu.test(prompt.question);
    if (type === "number" || type === "integer") return within(schema, numberFor(about, feeling, schema));
    if (type === "null") return null;
    return clipped(textFor(about, feeling.text, prompt), schema).padEnd(schema.minLength ?? 0, ".");
  };
  return fill(root, "");
}

function resolved(schema: JsonSchema, root: JsonSchema): JsonSchema {
  if (!schema.$ref) return schema;
  let at: unknown = root;
  for (const key of schema.$ref.replace(/^#\/?/u, "").split("/").filter(Boolean))
    at = Reflect.get(Object(at), key);
  return Object(at) as JsonSchema;
}

function pick(values: readonly unknown[], prompt: ReadPrompt): unknown {
  const letter = chosenLetters(prompt)?.find((one) => values.includes(one));
  const said = new Set(stemsOf(prompt.question));
  return (
    letter ??
    values.find((value) => stemsOf(String(value)).some((stem) => said.has(stem))) ??
    values[0] ??
    null
  );
}

function textFor(about: string, feeling: string, prompt: ReadPrompt): string {
  const { question } = prompt;
  if (/quer|search|element|topic|keyword/iu.test(about)) return tellingWords(question).join(" ") || question;
  if (/think|thought/iu.test(about)) return "It belongs to my life.";
  if (/feel|emotion|mood/iu.test(about)) return feeling;
  if (/answer|reply|response/iu.test(about)) return chosenLetters(prompt)?.join(", ") ?? talk(prompt);
  return sentencesOf(question)[0] ?? "Nothing.";
}

function numberFor(about: string, feeling: { valence: number; arousal: number }, schema: JsonSchema): number {
  if (/valence|pleasant/iu.test(about)) return feeling.valence;
  if (/arous|stirs/iu.test(about)) return feeling.arousal;
  const [low, high] = [schema.minimum ?? 0, schema.maximum ?? 1];
  // What moves more matters more.
  const share = /importan|matters/iu.test(about) ? 0.4 + 0.4 * Math.abs(feeling.valence) : 0.5;
  return low + (high - low) * share;
}

function within(schema: JsonSchema, value: number): number {
  const step = schema.type === "integer" ? 1 : 0.01;
  const low = schema.minimum ?? (schema.exclusiveMinimum ?? Number.NEGATIVE_INFINITY) + step;
  const high = schema.maximum ?? (schema.exclusiveMaximum ?? Number.POSITIVE_INFINITY) - step;
  const rounded = schema.type === "integer" ? Math.round(value) : Math.round(value * 100) / 100;
  return Math.min(high, Math.max(low, rounded));
}

function clipped(text: string, { maxLength = Number.POSITIVE_INFINITY }: JsonSchema): string {
  if (text.length <= maxLength) return text;
  const head = text.slice(0, maxLength);
  return head.replace(/\s+\S*$/u, "");
}
