import type { Parsed, Reply } from "../core/contract.js";
import { chosenOptions } from "../core/reading/chosen-options.js";
import { plainReply } from "../core/reading/plain-reply.js";
import { isIgnorance, isRefusal, noAnswer, severalNamed } from "../core/refusal.js";
import { letterAt, type QuestionData } from "./questions.js";

/**
 * Reads the letters of a choice (`chosenOptions`), in the order of the alphabet; also "the second one", "all of them" and
 * "none of them". "I don't know" and "none of them" are answers without letters. A single choice with several letters
 * cannot be read.
 */
export function readLetters(
  { text }: Pick<Reply, "text">,
  { kind, options }: QuestionData,
): Parsed<readonly string[]> {
  const reply = spelledOut(plainReply(text), options.length);
  const choices = options.map((option, at) => ({ label: letterAt(at), text: option }));
  const several = kind === "multiple";
  const chosen = chosenOptions(several ? setApart(reply, options.length) : reply, choices, { several });
  const found = chosen.length > 0 ? chosen : wholesale(reply, options);
  if (found === null) {
    if (isIgnorance(reply) && !isRefusal(reply))
      return { status: "answered", answer: [], shown: "does not know" };
    return noAnswer(reply);
  }
  if (!several && found.length > 1) return severalNamed(found);
  return { status: "answered", answer: found, shown: found.join(", ") || "none of them" };
}

const ordinals = ["first", "second", "third", "fourth", "fifth", "sixth"];

/** "A to C" as "A, B, C", and "the second one" as "(B)". */
function spelledOut(reply: string, count: number): string {
  const called = `\\bthe (${ordinals.slice(0, count).join("|")}|last)\\s+(?:one|option|choice|answer)\\b`;
  return reply
    .replaceAll(/\b([A-F]) (?:to|through) ([A-F])\b/gu, (_range, from: string, to: string) => {
      const [first, last] = [from.charCodeAt(0), to.charCodeAt(0)];
      return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) =>
        String.fromCharCode(first + at),
      ).join(", ");
    })
    .replaceAll(new RegExp(called, "giu"), (_called, ordinal: string) => {
      const at = ordinals.indexOf(ordinal.toLowerCase());
      return `(${letterAt(at < 0 ? count - 1 : at)})`;
    });
}

/** "ACF", "A C F", or "acf" in the order of the alphabet ("bad" is a word), at the end of the reply or of a line. */
const setApart = (reply: string, count: number): string =>
  reply.replaceAll(
    new RegExp(
      `(?<=(?:^|[\\n:]|\\b(?:is|are))\\s{0,3})(?:[A-${letterAt(count - 1)}](?:\\s|[,;/])*){2,}(?=[.!]?(?:\\n|$))`,
      "giu",
    ),
    (run) => {
      const letters = [...run.replaceAll(/[^\p{L}]/gu, "").toUpperCase()];
      const sorted = [...new Set(letters)].sort();
      const plain = run === run.toUpperCase() || letters.join("") === sorted.join("");
      return plain && sorted.length === letters.length
        ? letters.map((letter) => `(${letter})`).join(", ")
        : run;
    },
  );

/** "All of them", "none of the above", at the beginning. */
function wholesale(reply: string, options: readonly string[]): readonly string[] | null {
  const what = "(?:of (?:them|these|those|the (?:above|options|answers))|the options|six|four)\\b";
  const opens = "^\\s*(?:(?:well|ah|oh),?\\s+|the answer is:?\\s+)?";
  if (new RegExp(`${opens}all ${what}`, "iu").test(reply)) return options.map((_option, at) => letterAt(at));
  return new RegExp(`${opens}none ${what}`, "iu").test(reply) ? [] : null;
}
