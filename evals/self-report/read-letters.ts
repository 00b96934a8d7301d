import type { Parsed, Reply } from "../core/contract.js";
import { isIgnorance, isRefusal } from "../core/refusal.js";
import { letterAt, type QuestionData } from "./questions.js";

/** Letters found in a reply, in the order of the alphabet; or nothing that can be read as an answer. */
export type LettersFound = readonly string[] | null;

/**
 * Reads the letters of a choice. What follows "the answer is" goes before all else; then letters set apart ("B", "(B)",
 * "B." at a line's start, "option B"); then options named by their text. The article "A" is no letter, and a letter after
 * "not" is not chosen. "I don't know" is an answer without letters. A single choice with several letters cannot be read.
 */
export function readLetters(
  { text }: Pick<Reply, "text">,
  { kind, options }: QuestionData,
): Parsed<readonly string[]> {
  const reply = text.replaceAll("’", "'").replaceAll(/[*_`]/gu, "");
  const found = stated(reply, options) ?? setApart(reply, options) ?? named(reply, options);
  if (found === null) {
    if (isRefusal(reply)) return { status: "refused", reason: "The reply declines to answer." };
    if (isIgnorance(reply)) return { status: "answered", answer: [], shown: "does not know" };
    return { status: "unparsable", reason: "The reply names none of the options." };
  }
  if (kind === "single" && found.length > 1)
    return { status: "unparsable", reason: `The reply names several options (${found.join(", ")}).` };
  return { status: "answered", answer: found, shown: found.join(", ") };
}

/** Letters between A and the last option. */
const letterClass = (options: readonly string[]): string => `A-${letterAt(options.length - 1)}`;

/** The letters right after the last "the answer is". */
function stated(reply: string, options: readonly string[]): LettersFound {
  const letter = `[${letterClass(options)}]`;
  const list = `[("']?${letter}[)"'.:]?(?:(?:\\s*(?:,|;|&|/|and|plus|\\+)\\s*)+[("']?${letter}[)"'.:]?(?![a-z']))*`;
  const pattern = new RegExp(
    `answers?(?:\\s+(?:is|are|would be|must be)|:)\\s*:?\\s*(?:options?\\s+|letters?\\s+)?(${list})(?![\\w'])`,
    "giu",
  );
  const last = [...reply.matchAll(pattern)].at(-1);
  if (!last?.[1] || isArticle(reply, last)) return null;
  return lettersIn(last[1], options);
}

/** "The answer is a dog": a small "a" with a word behind it. */
function isArticle(reply: string, match: RegExpExecArray): boolean {
  return /^a$/u.test(match[1] ?? "") && /^\s+[a-z]/u.test(reply.slice(match.index + match[0].length));
}

/** Capital letters that stand alone or are marked as letters of a list. */
function setApart(reply: string, options: readonly string[]): LettersFound {
  const letter = `[${letterClass(options)}]`;
  const marked = new RegExp(
    `(?<![\\w'])(?:\\((${letter})\\)|(${letter})(?=[).:,;](?:\\s|$))|(${letter})(?=\\s*$|\\s*(?:,|;|and|or|&|/)\\s))(?![\\w'])`,
    "gmu",
  );
  const called = new RegExp(
    `\\b(?:options?|answers?|letters?|choose|pick|say|go with|choice|it's|it is|is|are)\\s+(${letter})(?![\\w'])(?!\\s+[a-z])`,
    "gu",
  );
  const bare = new RegExp(`(?<![\\w'])(${letter.replace("A-", "B-")})(?![\\w'])`, "gu");
  const places = new Map<string, number>();
  for (const pattern of [marked, called, bare])
    for (const match of reply.matchAll(pattern)) {
      const found = match.slice(1).find((group) => group !== undefined);
      if (found !== undefined && !denied(reply, match.index)) places.set(found, match.index);
    }
  return places.size === 0 ? null : [...places.keys()].sort();
}

/** Options named by their text, where no option's text is part of another that is named too. */
function named(reply: string, options: readonly string[]): LettersFound {
  const plain = simplified(reply);
  const found = options.flatMap((option, at) => {
    const place = plain.indexOf(simplified(option));
    return place < 0 || denied(plain, place) ? [] : [{ letter: letterAt(at), text: simplified(option) }];
  });
  const own = found.filter(
    ({ text }) => !found.some((other) => other.text !== text && other.text.includes(text)),
  );
  return own.length === 0 ? null : own.map(({ letter }) => letter);
}

const denied = (reply: string, place: number): boolean =>
  /\b(?:not|isn't|aren't|never|neither|rather than|instead of)\s+(?:options?\s+)?[("']?$/iu.test(
    reply.slice(0, place),
  );

const lettersIn = (text: string, options: readonly string[]): string[] =>
  [...new Set(text.toUpperCase().match(new RegExp(`\\b[${letterClass(options)}]\\b`, "gu")) ?? [])].sort();

const simplified = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
