import type { Parsed, Reply } from "../core/contract.js";
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
 * Reads which option a reply names. What the subject says as its own answer goes before all else ("I'd say 2"), then an
 * answer that opens the reply ("Line 2, since line 1 is shorter"), then options named as such ("the second one"), bare
 * numbers, and options named by their text ("the 10 inch one"). What stands after "not" or "than" is not chosen. Several
 * options cannot be read as one answer; "I don't know" is an answer.
 */
export function readOption({ text }: Pick<Reply, "text">, asked: Asked): Parsed<OptionNumber> {
  const reply = text
    .normalize("NFKC")
    .replaceAll(/[’‘]/gu, "'")
    .replaceAll(/[*_`“”"]/gu, "")
    .trim();
  for (const read of asked.reading === "numbered" ? numberedWays : namedWays) {
    const chosen = read(reply, asked);
    const [nth] = chosen;
    if (nth === undefined) continue;
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

type Way = (reply: string, asked: Asked) => OptionNumber[];

/** Words with which somebody gives an answer as their own; the second kind also reports what others say. */
const own =
  "(?:\\banswer(?:\\s+is|:)|\\bi(?:'d| would|'ll| will| must| have to|'m)?(?: still| also)? (?:say|saying|go with|going with|choose|pick|stay with|stick with)|\\bmy (?:choice|pick) is|\\b(?:for|to) me,?(?: it's| it is)?)";
const it = "(?:\\bit's|\\bit is|\\bit must be|\\bit has to be|\\blooks like|\\b(?:i think|so|but),?)";
const filling =
  "[\\s:,]*(?:(?:that|it's|it is|it|is|was|clearly|definitely|obviously|still|probably|also|then)\\s+)*";

const saidWith =
  (opening: string): Way =>
  (reply, asked) =>
    namedOptions(reply, asked, (name) => `${opening}${filling}${name}`);

/** The reply begins with an answer, and does not take it back. */
const opening: Way = (reply, asked) =>
  /\b(?:no, |wait|actually|sorry|i mean)/iu.test(reply.slice(1))
    ? []
    : namedOptions(
        reply,
        asked,
        (name, all) =>
          `^(?:(?:yes|well|hmm?|um|so|okay|ok)[,.…]*\\s+)*${name}(?=\\s*(?:$|[.!;:–-]|,(?!\\s*(?:(?:or|and)\\s+)?${all})))`,
      );

/** Options called by number and kind: "line 2", "number three", "the second one". */
const called: Way = (reply, asked) =>
  optionsIn(reply, asked, (nth) => {
    const [word, ordinal] = [numbers[nth - 1], ordinals[nth - 1]];
    const kind = kindsOf(asked);
    return [
      `(?:${kind}|#)\\s*[-#(]?(?:${nth}|${word})(?!\\w|[.,]\\d)`,
      `(?:\\b(?:${ordinal}|${nth}(?:st|nd|rd|th))\\s+(?:${kind}|one)\\b)`,
      `\\bthe (?:${ordinal}|${nth}(?:st|nd|rd|th))(?!\\w|\\s+(?:time|thing|place|round|card|pair)\\b)`,
    ];
  });

/** Numbers that stand alone; "one" is too common a word to count here. */
const bare: Way = (reply, asked) =>
  optionsIn(reply, asked, (nth) => [
    `(?<![\\w.,/-]|\\d\\s)${nth}(?!\\w|[.,]\\d|/)${noUnit(asked)}`,
    ...(nth > 1
      ? [
          `(?<!\\b(?:the|all|these|those|other|last|first|of|or)\\s)\\b${numbers[nth - 1]}\\b(?!\\s+(?:${kindsOf(asked)}s?|of|others?|people|are|or|different)\\b)${noUnit(asked)}`,
        ]
      : []),
  ]);

/** Options named by their own words. */
const byText: Way = (reply, { options }) =>
  distinct(options.flatMap((option, at) => (mentioned(reply, wordsOf(option)) ? [at + 1] : [])));

const numberedWays: readonly Way[] = [saidWith(own), opening, saidWith(it), called, bare, byText];
const namedWays: readonly Way[] = [opening, saidWith(own), byText];

/** Numbers of the options for which a pattern made of their name is in the reply and not denied. */
function namedOptions(
  reply: string,
  asked: Asked,
  pattern: (name: string, anyName: string) => string,
): OptionNumber[] {
  const names = asked.options.map((option, at) => nameOf(asked, option, at + 1));
  const all = `(?:${names.join("|")})`;
  return optionsIn(reply, asked, (nth) => [pattern(names[nth - 1] ?? "", all)]);
}

function optionsIn(reply: string, { options }: Asked, patterns: (nth: number) => string[]): OptionNumber[] {
  return distinct(options.flatMap((_option, at) => (mentioned(reply, patterns(at + 1)) ? [at + 1] : [])));
}

/** Every way to name an option. */
function nameOf(asked: Asked, option: Option, nth: OptionNumber): string {
  const texts = wordsOf(option);
  if (asked.reading === "named") return `(?:${texts.join("|")})`;
  const kind = kindsOf(asked);
  const pronoun = nth === 1 ? "(?<!\\bthe )(?!one\\s+(?:that|which|who|with|of)\\b)" : "";
  const number = `(?:(?:${kind}|#)\\s*)*[(#]?(?:${nth}|${pronoun}${numbers[nth - 1]})(?!\\w|[.,]\\d)${noUnit(asked)}(?!\\s+of\\b)`;
  const ordinal = `(?:the\\s+)?${ordinals[nth - 1]}(?:\\s+(?:${kind}|one))?\\b(?!\\s+(?:time|thing)\\b)`;
  return `(?:(?:the\\s+)?${number}|${ordinal}|${texts.map((words) => `(?:the\\s+)?${words}(?:\\s+(?:${kind}|one))?`).join("|")})`;
}

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
