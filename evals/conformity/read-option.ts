import type { Parsed, Reply } from "../core/contract.js";
import { chosenOf } from "../core/reading/chosen-options.js";
import { namingsOf, textBefore } from "../core/reading/named-options.js";
import { plainReply } from "../core/reading/plain-reply.js";
import { isIgnorance, isRefusal, noAnswer, severalNamed } from "../core/refusal.js";
import type { Option } from "./protocol.js";
import { DOES_NOT_KNOW, type OptionNumber, type TrialData } from "./trial-data.js";

const numbers = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
const ordinals = [
  "first",
  "second",
  "third",
  "fourth",
  "fifth",
  "sixth",
  "seventh",
  "eighth",
  "ninth",
  "tenth",
];

type Asked = Pick<TrialData, "reading" | "noun" | "options">;

/**
 * Reads which option a reply names. Of numbered options the number ("line 2", "the second one", "2") goes before the text
 * ("the 10 inch one"), and what is given as the answer before what is merely named (`chosenOf`). Where options are named by
 * their words, an answer that opens the reply goes first, then what the subject says as its own. Several options cannot be
 * read as one answer; "I don't know" is an answer.
 */
export function readOption({ text }: Pick<Reply, "text">, asked: Asked): Parsed<OptionNumber> {
  const reply = plainReply(text);
  const chosen = asked.reading === "numbered" ? numbered(reply, asked) : named(reply, asked);
  const [nth] = chosen;
  if (nth !== undefined) {
    if (chosen.length > 1) return severalNamed(chosen);
    return { status: "answered", answer: nth, shown: shownAs(nth, asked) };
  }
  if (isIgnorance(reply) && !isRefusal(reply))
    return { status: "answered", answer: DOES_NOT_KNOW, shown: "does not know" };
  return noAnswer(reply);
}

/** An option as a person would write it. */
export const shownAs = (nth: OptionNumber, { reading, options }: Asked): string =>
  reading === "numbered" ? String(nth) : (options[nth - 1]?.says ?? "");

/** Words with which somebody gives an answer as their own; the second kind also reports what others say. */
const own =
  "(?:\\banswer(?:\\s+is|:)|\\bi(?:'d| would|'ll| will| must| have to|'m)?(?: still| also)? (?:say|saying|go with|going with|choose|pick|stay with|stick with)|\\bmy (?:choice|pick) is|\\b(?:for|to) me,?(?: it's| it is)?)";
const filling =
  "[\\s:,]*(?:(?:that|it's|it is|it|is|was|clearly|definitely|obviously|still|probably|also|then)\\s+)*";

/** Options that are told apart by their words. */
function named(reply: string, asked: Asked): OptionNumber[] {
  const names = asked.options.map((option) => `(?:${wordsOf(option).join("|")})`);
  const all = `(?:${names.join("|")})`;
  const opening = `^(?:(?:yes|well|hmm?|um|so|okay|ok)[,.…]*\\s+)*NAME(?=\\s*(?:$|[.!;:–-]|,(?!\\s*(?:(?:or|and)\\s+)?${all})))`;
  const takenBack = /\b(?:no, |wait|actually|sorry|i mean)/iu.test(reply.slice(1));
  const ways = [...(takenBack ? [] : [opening]), `${own}${filling}NAME`, "NAME"];
  for (const way of ways) {
    const found = asked.options.flatMap((_option, at) =>
      mentioned(reply, [way.replace("NAME", () => names[at] ?? "")]) ? [at + 1] : [],
    );
    if (found.length > 0) return found;
  }
  return [];
}

/** Options that are told apart by their numbers. */
function numbered(reply: string, asked: Asked): OptionNumber[] {
  const found = (patternsOf: (option: Option, nth: OptionNumber) => string[]) =>
    namingsOf(
      reply,
      asked.options.flatMap((option, at) =>
        patternsOf(option, at + 1).flatMap((pattern) =>
          [...reply.matchAll(new RegExp(pattern, "giu"))]
            .filter((match) => !isPronoun(reply, match))
            .map(({ index, 0: name }) => ({
              label: String(at + 1),
              start: index,
              end: index + name.length,
            })),
        ),
      ),
    );
  const kinds = [
    found((_option, nth) => [...called(asked, nth), ...bare(asked, nth)]),
    found((option) =>
      wordsOf(option).map((words) => `(?:the\\s+)?${words}(?:\\s+(?:${kindsOf(asked)}|one))?`),
    ),
  ];
  return chosenOf(reply, kinds).map(Number);
}

/** Options called by number and kind: "line 2", "number three", "the second one". */
function called(asked: Asked, nth: OptionNumber): string[] {
  const [word, ordinal] = [numbers[nth - 1], ordinals[nth - 1]];
  const kind = kindsOf(asked);
  return [
    `(?:(?:the\\s+)?${kind}s?|#)\\s*[-#(:]?\\s*(?:${nth}|${word})(?!\\w|[.,]\\d)\\)?`,
    `(?:\\b(?:the\\s+)?(?:${ordinal}|${nth}(?:st|nd|rd|th))\\s+(?:${kind}|one)\\b)`,
    `\\bthe (?:${ordinal}|${nth}(?:st|nd|rd|th))(?!\\w|\\s+(?:time|thing|place|round|card|pair)\\b)`,
  ];
}

/** Numbers that stand alone. */
const bare = (asked: Asked, nth: OptionNumber): string[] => [
  `[([{]*(?<![\\w.,/-]|\\d\\s)${nth}(?!\\w|[.,]\\d|/)[)\\]}]*${noUnit(asked)}`,
  `(?<!\\b(?:the|all|these|those|other|last|first|of|or)\\s)\\b${numbers[nth - 1]}\\b(?!\\s+(?:${kindsOf(asked)}s?|of|others?|people|are|or|different|that|which|who|with)\\b)${noUnit(asked)}`,
];

/** "One" is too common a word: it counts where it opens a sentence or is said as the answer. */
const isPronoun = (reply: string, { index, 0: name }: RegExpExecArray): boolean =>
  /^one$/iu.test(name) &&
  !/(?:^|[.!?:\n]\s*|(?:say|says|saying|answer is|pick|choose|go with|it's)\s+)$/iu.test(
    textBefore(reply, index),
  );

const kindsOf = ({ noun }: Asked): string => `(?:${escaped(noun)}|option|number|no\\.)`;

/** Where options are measures ("2 inches"), a number before the unit is no number of an option. */
function noUnit({ options }: Asked): string {
  const units = options.flatMap(({ says }) => /^[\d.,]+\s*(\p{L}+)$/u.exec(says)?.[1] ?? []);
  return units.length === 0 ? "" : `(?![\\s-]*(?:${distinct(units.map((unit) => stem(unit))).join("|")}))`;
}

/** Patterns of an option's texts: plural or not, with hyphens or spaces. */
const wordsOf = ({ says, also }: Option): string[] =>
  [says, ...also].map((words) => {
    const parts = words
      .replaceAll("’", "'")
      .split(/[\s-]+/u)
      .map(escaped);
    const last = parts.pop() ?? "";
    return `(?<![\\w.])${[...parts, `${stem(last)}(?:e?s)?`].join("[\\s-]+")}(?!\\w)`;
  });

const stem = (word: string): string => (word.length > 3 ? word.replace(/(?:(?<=ch|sh|x)e)?s$/u, "") : word);

/** Whether one of the patterns is met where it is not denied. */
const mentioned = (reply: string, patterns: readonly string[]): boolean =>
  patterns.some((pattern) =>
    [...reply.matchAll(new RegExp(pattern, "giu"))].some(({ index }) => !denied(reply.slice(0, index))),
  );

const denied = (before: string): boolean =>
  /\b(?:not|isn't|aren't|wasn't|never|neither|nor|than|instead of)\s+(?:(?:the|say|go with|a|really|line|number)\s+)*$/iu.test(
    before,
  );

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/gu, "\\$&");
const distinct = <T>(list: readonly T[]): T[] => [...new Set(list)];
