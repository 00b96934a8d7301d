import { z } from "zod";
import { findJson } from "../../models/find-json.js";
import type { Parsed, Reply } from "../core/contract.js";
import { noAnswer, unparsable } from "../core/refusal.js";
import { type Option, type Shares, sharesText } from "./group-case.js";

/** A weight named in a reply, by what names it. */
type Named = readonly (readonly [name: string, weight: number])[];

/**
 * Reads an answer distribution given in figures: a JSON object, or lines such as "A: 40 %" and "A 0.4". Whatever they add
 * up to is taken as the whole; an option left out has no weight. Not read: an option that was not offered or stands there
 * twice, a weight below 0, no weight at all.
 */
export function readNumbers({ text }: Pick<Reply, "text">, options: readonly Option[]): Parsed<Shares> {
  const found = fromJson(text) ?? fromLines(text, options);
  if (found === null) return noAnswer(text, "The reply gives no figures for the options.");
  const shares: Record<string, number> = Object.fromEntries(options.map(({ label }) => [label, 0]));
  const named = new Set<string>();
  for (const [name, weight] of found) {
    const label = labelOf(name, options);
    if (label === undefined) return unparsable(`The reply names an option that was not offered (${name}).`);
    if (named.has(label)) return unparsable(`The reply gives option ${label} twice.`);
    if (!(weight >= 0)) return unparsable(`The reply gives option ${label} a figure that is no share.`);
    named.add(label);
    shares[label] = weight;
  }
  if (Object.values(shares).every((weight) => weight === 0))
    return unparsable("The reply gives no weight to any option.");
  return { status: "answered", answer: { shares }, shown: sharesText(shares) };
}

const group = z.record(z.string(), z.unknown());

/** The figures of a JSON object, or of the only object inside it. */
function fromJson(text: string): Named | null {
  const read = group.safeParse(findJson(text));
  if (!read.success) return null;
  const values = Object.values(read.data);
  const inner = group.safeParse(values[0]);
  const entries = Object.entries(values.length === 1 && inner.success ? inner.data : read.data);
  if (entries.length === 0) return null;
  return entries.map(([name, value]) => [name, weightOf(value)]);
}

/** 40, "40", "40 %"; NaN for anything else. */
function weightOf(value: unknown): number {
  if (typeof value === "number") return value;
  const figure = typeof value === "string" ? /^\s*(-?\d+(?:\.\d+)?)\s*%?\s*$/u.exec(value)?.[1] : undefined;
  return figure === undefined ? Number.NaN : Number(figure);
}

/**
 * The figures of lines that begin with a letter and end in a number. Between them stands at most the option's text; where
 * something else does, the figure is not understood (NaN) rather than left out.
 */
function fromLines(text: string, options: readonly Option[]): Named | null {
  const label = [...options.map((option) => option.label), "[A-Z]"].join("|");
  const line = new RegExp(
    `^[\\s>•-]*\\(?(${label})\\)?(\\s*[:=)–-]+|(?=\\s))\\s*(.*?)\\(?(-?\\d+(?:\\.\\d+)?)\\s*%?\\)?\\.?\\s*$`,
    "u",
  );
  const segments = text
    .replace(/[*_`]/gu, "")
    .split(new RegExp(`\\n|[,;|]\\s*(?=\\(?(?:${label})\\)?\\s*[:=])`, "u"));
  const named = segments.flatMap((segment): Named => {
    const match = line.exec(segment);
    if (!match) return [];
    const [, letter = "", separator = "", between = "", figure = ""] = match;
    const option = options.find((each) => each.label === letter);
    const understood = plain(between) === "" || plain(between) === plain(option?.text ?? "");
    if (understood) return [[letter, Number(figure)]];
    return separator === "" ? [] : [[letter, Number.NaN]];
  });
  return named.length === 0 ? null : named;
}

/** The option that a name stands for: "A", "(A)", "A: Agree" or "Agree". */
function labelOf(name: string, options: readonly Option[]): string | undefined {
  const given = plain(name);
  return options.find(({ label, text }) =>
    [label, text, `${label} ${text}`].some((form) => plain(form) === given),
  )?.label;
}

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}.+-]+/gu, " ")
    .replace(/^[\s.-]+|[\s.-]+$/gu, "");
