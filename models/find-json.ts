import { jsonrepair } from "jsonrepair";

/** A longer text is read as it stands: repairing takes time with the square of the length. */
const LONGEST_REPAIRED = 8_000;
/** Characters that are repaired in one reply at most, over all attempts. */
const MOST_REPAIRED = 24_000;
/** Values looked at on each level, the last ones of a reply. */
const MOST_TRIED = 6;

/** A part of a text, end exclusive. */
type Span = readonly [start: number, end: number];

/** One pass: values with balanced brackets (whichever they are), what is still open at the end, and objects inside others. */
function bracketed(text: string): { outer: Span[]; inner: Span[] } {
  const outer: Span[] = [];
  const inner: Span[] = [];
  const open: number[] = [];
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (inString) {
      if (character === "\\") at++;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = open.length > 0;
    else if (character === "{" || character === "[") open.push(at);
    else if (character === "}" || character === "]") {
      const start = open.pop();
      if (start === undefined) continue;
      if (open.length === 0) outer.push([start, at + 1]);
      else if (text[start] === "{") {
        inner.push([start, at + 1]);
        if (inner.length > MOST_TRIED) inner.shift();
      }
    }
  }
  if (open[0] !== undefined) outer.push([open[0], text.length]);
  return { outer: outer.slice(-MOST_TRIED), inner };
}

const halfWidth: Readonly<Record<string, string>> = {
  "｛": "{",
  "｝": "}",
  "［": "[",
  "］": "]",
  "：": ":",
  "，": ",",
};

/** Punctuation of Chinese and Japanese as JSON has it: brackets, and what stands between quotes and figures. */
const inHalfWidth = (text: string): string =>
  text
    .replace(/[“”„«»「」＂]/gu, '"')
    .replace(
      /[｛｝［］]|(?<=(?:["\d}\]]|true|false|null)\s{0,9})[：，](?=\s{0,9}["\d{[+-])/gu,
      (mark) => halfWidth[mark] ?? mark,
    )
    .replace(/(?<=")[：，]/gu, (mark) => halfWidth[mark] ?? mark);

/** Reads JSON, mended where it has to be; one reader a reply, since there is a limit to what is mended. */
class JsonReader {
  #repaired = 0;

  read(text: string): unknown {
    const strict = parsed(text);
    if (strict !== undefined) return strict;
    const forms = [text, inHalfWidth(text)];
    // Where no key is in plain quotes, all of it is written in the punctuation of print.
    for (const form of new Set(/"\s{0,9}:/u.test(text) ? forms : forms.reverse())) {
      this.#repaired += form.length;
      if (form.length > LONGEST_REPAIRED || this.#repaired > MOST_REPAIRED) return undefined;
      const value = repaired(form);
      if (value !== undefined) return value;
    }
    return undefined;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function repaired(text: string): unknown {
  try {
    // A sign before a figure is no JSON, and is taken for text.
    return JSON.parse(jsonrepair(text.replace(/([:[,]\s{0,9})\+(?=[\d.])/g, "$1")));
  } catch {
    return undefined;
  }
}

/** The texts that may hold the value, the likeliest first: fences, the last one before others, then the whole. */
function* texts(reply: string): Generator<string> {
  const fences = [...reply.matchAll(/```(?:[a-z\d]{1,12}(?=\s))?([\s\S]*?)(?:```|$)/giu)];
  for (const fence of fences.slice(-MOST_TRIED).reverse())
    if (/[[{｛]/u.test(fence[1] ?? "")) yield fence[1] ?? "";
  yield reply;
}

/**
 * The JSON values (objects and arrays) in a model's reply, the likeliest first: inside a fence, the last one before
 * others (a draft stands before what is final), whole ones before their parts. They may stand after other text, have
 * single quotes, comments, trailing commas, full-width punctuation or wrong brackets, or be cut off in their midst.
 * Takes time linear in the length of the reply.
 */
export function* jsonValues(reply: string): Generator<object> {
  const reader = new JsonReader();
  for (const each of texts(reply)) {
    const text = each.includes("{") ? each : each.replace(/[｛｝]/gu, (mark) => halfWidth[mark] ?? mark);
    const { outer, inner } = bracketed(text);
    const last = text.lastIndexOf("{");
    const spans = [...outer.reverse(), ...inner.reverse()];
    if (last >= 0 && !spans.some(([start]) => start === last)) spans.push([last, text.length]);
    for (const [start, end] of spans) {
      const value = reader.read(text.slice(start, end));
      if (typeof value === "object" && value !== null) yield value;
    }
    if (last < 0 && /["”]\s{0,9}[:：]/u.test(text)) {
      const value = reader.read(`{${text.replace(/^[^"“]{0,80}/u, "").replace(/[^"”\d]{0,9}$/u, "")}}`);
      if (typeof value === "object" && value !== null) yield value;
    }
  }
}

/** The likeliest JSON value in a reply that is what is wanted; undefined where there is none. */
export function findJson(
  reply: string,
  isWanted: (value: object) => boolean = () => true,
): object | undefined {
  for (const value of jsonValues(reply)) if (isWanted(value)) return value;
  return undefined;
}
