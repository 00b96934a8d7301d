import { z } from "zod";
import { findJson } from "../../models/find-json.js";
import type { Parsed, Reply } from "../core/contract.js";
import { plainReply, plainWords, wordsPattern } from "../core/reading/plain-reply.js";
import { noAnswer, unparsable } from "../core/refusal.js";
import { type Figure, readFigure } from "./figure.js";
import { type Option, type Shares, sharesText } from "./group-case.js";

/** What a reply gives to what it names; null where that is no plain figure. */
type Named = readonly (readonly [name: string, figure: Figure | null])[];

/** How far the figures given may be from one whole where an option is left out. */
const TOLERANCE = 0.02;

/**
 * Reads an answer distribution given in figures: a JSON object, or lines such as "A: 40 %", "A 0.4", "Agree: about 40% of
 * us". Whatever they add up to is taken as the whole; an option left out has no weight where the others make one whole.
 * Not read: an option that was not offered or stands there twice, a share that is no plain figure or below 0, per cents
 * beside fractions, no weight at all. A figure that is not understood is never taken as 0.
 */
export function readNumbers({ text }: Pick<Reply, "text">, options: readonly Option[]): Parsed<Shares> {
  const found = fromJson(text) ?? fromLines(plainReply(text), options);
  if (found === null || found.length === 0)
    return noAnswer(text, "The reply gives no figures for the options.");
  const given = new Map<string, Figure>();
  for (const [name, figure] of found) {
    const label = labelOf(name, options);
    if (label === undefined) return unparsable(`The reply names an option that was not offered (${name}).`);
    if (given.has(label)) return unparsable(`The reply gives option ${label} twice.`);
    if (figure === null || !(figure.weight >= 0))
      return unparsable(`The reply gives option ${label} a figure that is no share.`);
    given.set(label, figure);
  }
  const problem = problemOf([...given.values()], given.size < options.length);
  if (problem !== undefined) return unparsable(problem);
  const shares = Object.fromEntries(options.map(({ label }) => [label, given.get(label)?.weight ?? 0]));
  return { status: "answered", answer: { shares }, shown: sharesText(shares) };
}

function problemOf(figures: readonly Figure[], leavesOut: boolean): string | undefined {
  const sum = figures.reduce((total, { weight }) => total + weight, 0);
  if (sum === 0) return "The reply gives no weight to any option.";
  const isFraction = ({ weight, perCent }: Figure) => !perCent && weight > 0 && weight < 1;
  if (figures.some(({ perCent }) => perCent) && figures.some(isFraction))
    return "The reply gives some shares in per cent and others as fractions.";
  const isWhole = [1, 100].some((whole) => Math.abs(sum / whole - 1) <= TOLERANCE);
  return leavesOut && !isWhole ? "The reply leaves out options, and its figures make no whole." : undefined;
}

const group = z.record(z.string(), z.unknown());
const row = z.record(z.string(), z.union([z.string(), z.number()]));

/** The figures of a JSON object, or of the only object or list of rows inside it. */
function fromJson(text: string): Named | null {
  const value = findJson(text);
  if (Array.isArray(value)) return fromRows(value);
  const read = group.safeParse(value);
  if (!read.success) return null;
  const [only, ...more] = Object.values(read.data);
  if (more.length === 0 && Array.isArray(only)) return fromRows(only);
  const inner = group.safeParse(only);
  const entries = Object.entries(more.length === 0 && inner.success ? inner.data : read.data);
  const shares = entries.filter(([name, entry]) => !isRemark(name, entry));
  return shares.length === 0 ? null : shares.map(([name, entry]) => [name, figureOf(entry)]);
}

/** `[{"option": "A", "share": 70}, …]`; null for lists of anything else. */
function fromRows(rows: readonly unknown[]): Named | null {
  const named = rows.flatMap((each): Named => {
    const entries = Object.values(row.safeParse(each).data ?? {});
    const shares = entries.flatMap((entry) => figureOf(entry) ?? []);
    const name = entries.find((entry) => typeof entry === "string" && figureOf(entry) === null);
    return typeof name === "string" ? [[name, shares.length === 1 ? (shares[0] ?? null) : null]] : [];
  });
  return named.length === rows.length && named.length > 0 ? named : null;
}

/** A sum, or a text about the answer, beside the options. */
const isRemark = (name: string, entry: unknown): boolean =>
  /^(?:total|sum)$/iu.test(name) ||
  (/^(?:explanation|reason(?:ing)?|rationale|notes?|comments?|remarks?)$/iu.test(name) &&
    typeof entry === "string");

function figureOf(value: unknown): Figure | null {
  if (typeof value === "number") return { weight: value, perCent: false };
  if (typeof value === "string") return readFigure(plainReply(value));
  const inner = Object.values(group.safeParse(value).data ?? {});
  return inner.length === 1 && typeof inner[0] !== "object" ? figureOf(inner[0]) : null;
}

/**
 * The figures of a text in which an option, by letter or text, stands before its share. What follows an option up to the
 * next one is its share; an option followed by its own text alone is the question's list once more.
 */
function fromLines(text: string, options: readonly Option[]): Named | null {
  const labels = options.map(({ label }) => label).join("|");
  const texts = options
    .map((option) => wordsPattern(option.text))
    .sort((a, b) => b.length - a.length)
    .join("|");
  // A letter is followed by a sign, by its text, or by a figure; so is a text. "A few people" is neither.
  const mark = new RegExp(
    `(?<=^|[\\n,;:|>•({]|\\band\\s|[.]\\s|[–—-]\\s|\\boption\\s|[\\d%)]\\s|\\s(?=[([]?[A-Z][)\\]]?[ \\t]*[:=]))[ \\t]*[([]?(${labels}|[A-Z]|${texts})[)\\]]?(?=[ \\t]*(?:[:=|,–—-]|\\.[ \\t]*\\d|->|→|[~≈(.]*\\d|about|around)|\\)|[ \\t]+(?:${texts}))`,
    "gimu",
  );
  const marks = [...text.matchAll(mark)].filter(
    ({ index, 0: whole, 1: name = "" }) => !isWord(name, text.slice(index + whole.length - 1)),
  );
  const named = marks.flatMap(({ index, 0: whole, 1: name = "" }, at): Named => {
    const said =
      text.slice(index + whole.length, marks[at + 1]?.index ?? text.length).split("\n", 1)[0] ?? "";
    const own = options.find(({ label }) => label === labelOf(name, options))?.text ?? "";
    const share = said
      .replace(new RegExp(`^[\\s:=|()–—-]*${wordsPattern(own)}\\)?`, "iu"), "")
      .replace(/^(?:[-=]>|[\s:=|,)→–—]|-(?!\d)|\.(?!\d)|^\.(?=\d))+|[\s,;|}]+$/gu, "");
    return share === "" || share === "(" ? [] : [[name, readFigure(share)]];
  });
  return named.length === 0 ? null : named;
}

/** A small letter that neither a bracket nor a sign sets apart. */
const isWord = (name: string, rest: string): boolean =>
  /^[a-z]$/u.test(name) && !/^(?:[)\]]|[\p{L}]?\s*[:=])/u.test(rest);

/** The option that a name stands for: "A", "(A)", "a", "A: Agree" or "Agree". */
function labelOf(name: string, options: readonly Option[]): string | undefined {
  const given = plainWords(name);
  return options.find(({ label, text }) =>
    [label, text, `${label} ${text}`, `option ${label}`].some((form) => plainWords(form) === given),
  )?.label;
}
