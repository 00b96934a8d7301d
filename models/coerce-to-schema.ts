import type { JsonSchema } from "./json-schema.js";
import { readNumber } from "./read-number.js";

/**
 * A value as the schema wants it, where it is plain what is meant: numbers and truth values from text and put into their
 * range, one text as a list of one, too long lists and texts cut, keys in any spelling, null as absent. What stays
 * unclear is given back as it came, for the schema itself to refuse.
 */
export function coerceToSchema(value: unknown, schema: JsonSchema): unknown {
  if (schema.anyOf) return toEither(value, schema.anyOf);
  if (schema.enum) return toOneOf(value, schema.enum);
  switch (schema.type) {
    case "object":
      return toObject(value, schema);
    case "array":
      return toList(value, schema);
    case "string":
      return toText(value, schema);
    case "boolean":
      return toTruth(value);
    case "number":
      return readNumber(value, schema) ?? value;
    case "integer":
      return toInteger(value, schema);
    default:
      return value;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** "key_elements", "Key Elements" and "KEYELEMENTS" are one key. */
const plain = (key: string): string =>
  key
    .normalize("NFKC")
    .replace(/[^\p{L}\p{N}]/gu, "")
    .toLowerCase();

function toObject(value: unknown, { properties = {}, required = [] }: JsonSchema): unknown {
  if (!isObject(value)) return value;
  const given = new Map<string, unknown>();
  for (const [key, part] of Object.entries(value)) if (!given.has(plain(key))) given.set(plain(key), part);
  const parts = Object.entries(properties).flatMap(([key, schema]): [string, unknown][] => {
    const part = Object.hasOwn(value, key) ? value[key] : given.get(plain(key));
    if (part === undefined || (part === null && !required.includes(key))) return [];
    return [[key, coerceToSchema(part, schema)]];
  });
  return Object.fromEntries(parts);
}

function toList(value: unknown, { items = {}, maxItems }: JsonSchema): unknown {
  const texts = typeof value === "string" ? lines(value) : undefined;
  const list =
    texts ?? (Array.isArray(value) ? value : isObject(value) ? Object.values(value) : single(value));
  if (list === undefined) return value;
  const kept = list.map((item) => coerceToSchema(item, items)).filter((item) => fits(item, items));
  return maxItems === undefined ? kept : kept.slice(0, maxItems);
}

const single = (value: unknown): unknown[] | undefined =>
  value === null ? [] : typeof value === "number" || typeof value === "boolean" ? [value] : undefined;

/** A text as the list that it is: its lines without their bullets. */
const lines = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.replace(/^\s*(?:[-*•]|\d+[.)])\s+/u, "").trim())
    .filter((line) => line !== "");

/** Whether an item of a list is of use; one that is not is left out rather than costing the others. */
function fits(item: unknown, { type, minimum, maximum }: JsonSchema): boolean {
  if (type === "string") return typeof item === "string" && item.trim() !== "";
  if (type === "integer" || type === "number")
    return typeof item === "number" && item >= (minimum ?? item) && item <= (maximum ?? item);
  return type !== "boolean" || typeof item === "boolean";
}

function toText(value: unknown, { maxLength }: JsonSchema): unknown {
  const text = textIn(value);
  return text === undefined ? value : maxLength === undefined ? text : cutTo(text, maxLength);
}

function textIn(value: unknown): string | undefined {
  if (typeof value === "string") return value.trim();
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  const parts = Array.isArray(value) ? value : isObject(value) ? Object.values(value) : [];
  const texts = parts.filter((part) => typeof part === "string");
  if (texts.length === 0 || texts.length < parts.length) return undefined;
  return Array.isArray(value) ? texts.join(" ") : texts.length === 1 ? texts[0] : undefined;
}

/** The beginning of a text, up to the end of a sentence or at least of a word. */
function cutTo(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const head = text.slice(0, longest);
  const sentence = Math.max(...[".", "!", "?", "。", "！", "？"].map((end) => head.lastIndexOf(end))) + 1;
  const end = sentence > longest / 2 ? sentence : head.lastIndexOf(" ");
  return head
    .slice(0, end > longest / 2 ? end : longest)
    .replace(/\p{Surrogate}$/u, "")
    .trimEnd();
}

function toTruth(value: unknown): unknown {
  const said = String(value).trim().toLowerCase().replace(/[."']/g, "");
  if (["true", "yes", "y", "1"].includes(said)) return true;
  return ["false", "no", "n", "0", "null", "none"].includes(said) ? false : value;
}

/** Only a range with both ends is a scale; a number that stands for one thing of a list means no other. */
function toInteger(value: unknown, { minimum, maximum }: JsonSchema): unknown {
  const scale = minimum !== undefined && maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER;
  const number = readNumber(value, scale ? { minimum, maximum } : {});
  return number === undefined ? value : Math.round(number);
}

function toOneOf(value: unknown, choices: readonly unknown[]): unknown {
  if (choices.includes(value)) return value;
  const said = plain(String(value));
  return choices.find((choice) => plain(String(choice)) === said) ?? value;
}

function toEither(value: unknown, kinds: readonly JsonSchema[]): unknown {
  const nothing =
    value === null || (typeof value === "string" && /^(?:null|none|n\/a)?$/iu.test(value.trim()));
  if (nothing && kinds.some(({ type }) => type === "null")) return null;
  const kind = kinds.find(({ type }) => type !== "null");
  return kind ? coerceToSchema(value, kind) : value;
}
