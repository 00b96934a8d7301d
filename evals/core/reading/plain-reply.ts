import { composed } from "../../../data/spelling/fold-spelling.js";

/**
 * A reply with plain punctuation, as the readers of answers take it: full-width and enclosed letters as common ones, no
 * quotation marks, Markdown, mathematics or JSON quotes. What a reply sets into `\boxed{…}` or `<answer>…</answer>` is
 * marked as its answer.
 */
export const plainReply = (text: string): string =>
  composed(text.replaceAll(/[\u{1F170}-\u{1F189}]\uFE0F?/gu, squared))
    .replaceAll(/\p{Cf}/gu, "")
    .replaceAll(/[’‘]/gu, "'")
    .replaceAll("、", ", ")
    .replaceAll("。", ". ")
    .replaceAll(/[【〔「『]/gu, "[")
    .replaceAll(/[】〕」』]/gu, "]")
    .replaceAll(/\\(?:boxed|fbox)\s*\{|<(?:final[ _-]?)?(?:answer|choice|option)>/giu, "\nanswer: ")
    .replaceAll(/\\(?:text|math)(?:bf|rm|it|sf|tt)?\b|<\/?(?:\w{2,20}|[biup])\s*\/?>/gu, "")
    .replaceAll(/(?<=[a-z])_(?=[a-z])/giu, " ")
    .replaceAll(/[*_`"“”„«»‹›$\\~]/gu, "")
    .replaceAll(/(?<![\p{L}\p{N}])'|'(?![\p{L}\p{N}])/gu, "")
    .trim();

/** "🅱" as "B"; its Unicode form has no plain equivalent of its own. */
const squared = (sign: string): string =>
  String.fromCodePoint((sign.codePointAt(0) ?? 0) - 0x1f170 + "A".charCodeAt(0));

/** Words with single spaces, in lower case: for comparing a reply with the text of an option. */
export const plainWords = (text: string): string =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[’‘]/gu, "'")
    .replaceAll(/[^\p{L}\p{M}\p{N}.'+-]+/gu, " ")
    .replaceAll(/(?<![\p{L}\p{M}\p{N}])[.'-]+|[.'-]+(?![\p{L}\p{M}\p{N}])/gu, "")
    .trim();

/** A pattern of a text's words in their order, whatever stands between them; a text without words is in nothing. */
export function wordsPattern(text: string): string {
  const words = text.normalize("NFKC").match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const [first = "", last = ""] = [words[0], words.at(-1)];
  if (words.length === 0) return "(?!)";
  const opens = spaceless.test(first) ? "" : "(?<![\\p{L}\\p{M}\\p{N}])";
  const ends = spaceless.test(last) ? "" : "(?![\\p{L}\\p{M}\\p{N}])";
  return `${opens}${words.join("[^\\w\\n]{1,4}")}${ends}`;
}

/** Scripts that put no space between words. */
const spaceless = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
