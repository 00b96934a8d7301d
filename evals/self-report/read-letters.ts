import type { Parsed, Reply } from "../core/contract.js";
import { isIgnorance, isRefusal, noAnswer, severalNamed } from "../core/refusal.js";
import { letterListAt, readable } from "./letter-list.js";
import { letterAt, type QuestionData } from "./questions.js";

/** Letters found in a reply, in the order of the alphabet; or nothing that can be read as an answer. */
type LettersFound = readonly string[] | null;

/**
 * Reads the letters of a choice. What follows the last "the answer is" goes before all else; then an answer that opens the
 * reply and is not taken back ("B", "b) a bakery", "Both A and C"); then letters in brackets, at the beginning of a sentence
 * or after words such as "I'd say"; "the second one"; "all of them" and "none of them"; then options named by their text.
 * The article "A" is no letter, nor is one inside a sentence ("vitamin C"); one after "not" is not chosen. "I don't know"
 * and "none of them" are answers without letters. A single choice with several letters cannot be read.
 */
export function readLetters(
  { text }: Pick<Reply, "text">,
  { kind, options }: QuestionData,
): Parsed<readonly string[]> {
  const reply = spelledOut(readable(text));
  const found = ways.reduce<LettersFound>((letters, way) => letters ?? way(reply, options, kind), null);
  if (found === null) {
    if (isIgnorance(reply) && !isRefusal(reply))
      return { status: "answered", answer: [], shown: "does not know" };
    return noAnswer(reply);
  }
  if (kind === "single" && found.length > 1) return severalNamed(found);
  return { status: "answered", answer: found, shown: found.join(", ") || "none of them" };
}

type Way = (reply: string, options: readonly string[], kind: QuestionData["kind"]) => LettersFound;

/** "A to C" as "A, B, C". */
const spelledOut = (reply: string): string =>
  reply.replaceAll(/\b([A-F]) (?:to|through) ([A-F])\b/gu, (_range, from: string, to: string) => {
    const [first, last] = [from.charCodeAt(0), to.charCodeAt(0)];
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) =>
      String.fromCharCode(first + at),
    ).join(", ");
  });

/** What follows the last "the answer is" that an answer follows. */
const stated: Way = (reply, options, kind) => {
  const cues = [
    ...reply.matchAll(
      /answers?(?:\s+(?:is|are|would be|must be|would have to be)|\s*[:-])[\s:]*(?:indeed|clearly|definitely)?[\s:]*/giu,
    ),
  ];
  for (const { index, 0: cue } of cues.reverse()) {
    const from = index + cue.length;
    const list = letterListAt(reply, from, options);
    const found = list?.letters ?? wholesale(reply.slice(from), options, kind);
    if (list && kind === "multiple")
      return [...new Set([...list.letters, ...listedAfter(reply, list.end, options)])].sort();
    if (found) return found;
  }
  return null;
};

/** Further letters of a list whose options are told in other words: "A. ropes, C) the lock". */
function listedAfter(reply: string, end: number, options: readonly string[]): string[] {
  const marked = new RegExp(
    `(?:[,;.]\\s+|\\n[\\s-]*|\\band\\s+)\\(?([A-${letterAt(options.length - 1)}])[).:](?=\\s)`,
    "gu",
  );
  return [...reply.slice(end - 1).matchAll(marked)].flatMap(([, letter]) => letter ?? []);
}

/** The reply begins with its answer, sets it apart from what follows, and does not take it back. */
const opening: Way = (reply, options) => {
  const start =
    /^[\s>#-]*(?:(?:well|ah|oh|hmm?|yes|so|okay|sure)\b[\s,.!…–—-]*)*/iu.exec(reply)?.[0].length ?? 0;
  const list = letterListAt(reply, start, options, { begins: "letter" });
  if (!list || !isSetApart(reply, list.end)) return null;
  return /\b(?:no|wait|actually|sorry|i mean)\b/iu.test(reply.slice(list.end)) ? null : list.letters;
};

/** Letters in brackets, at the beginning of a sentence or line, or after words that give an answer. */
const setApart: Way = (reply, options) => {
  const cue =
    /(?:\b(?:options?|letters?|choose|pick|say|think|guess|believe|go with|going with|choice is|it's|is|are|be|was|maybe|perhaps|probably|definitely|clearly|but|so)\s+|^\s*|(?<!\b(?:Dr|Mr|Mrs|Ms|St|Prof)\.\s)(?<=[.!?,;:–—-]\s)|(?=[([]))/gimu;
  const found = new Set<string>();
  for (const { index, 0: words } of reply.matchAll(cue)) {
    const from = index + words.length;
    const list = letterListAt(reply, from, options, { begins: "letter" });
    if (!list || denied(reply, from) || !isSetApart(reply, list.end)) continue;
    for (const letter of list.letters) found.add(letter);
  }
  return found.size === 0 ? null : [...found].sort();
};

const ordinals = ["first", "second", "third", "fourth", "fifth", "sixth"];

/** "The second one". */
const counted: Way = (reply, options) => {
  const found = options.flatMap((_option, at) => {
    const called = new RegExp(
      `\\b(?:${ordinals[at]}${at === options.length - 1 ? "|last" : ""})\\s+(?:one|option|choice|answer)\\b`,
      "iu",
    );
    const index = reply.search(called);
    return index < 0 || denied(reply, index) ? [] : [letterAt(at)];
  });
  return found.length === 0 ? null : found;
};

/** "All of them", "none of the above", at the beginning. */
const wholesale: Way = (reply, options) => {
  const what = "(?:of (?:them|these|those|the (?:above|options|answers))|the options|six|four)\\b";
  if (new RegExp(`^\\s*(?:(?:well|ah|oh),?\\s+)?all ${what}`, "iu").test(reply))
    return options.map((_option, at) => letterAt(at));
  return new RegExp(`^\\s*(?:(?:well|ah|oh),?\\s+)?none ${what}`, "iu").test(reply) ? [] : null;
};

/** Options named by their text, where no option's text is part of another that is named too. */
const named: Way = (reply, options) => {
  const plain = ` ${simplified(reply)} `;
  const found = options.flatMap((option, at) => {
    const text = ` ${simplified(option)} `;
    const index = text.trim() === "" ? -1 : plain.indexOf(text);
    return index < 0 || denied(plain, index + 1) ? [] : [{ letter: letterAt(at), text }];
  });
  const own = found.filter(
    ({ text }) => !found.some((other) => other.text !== text && other.text.includes(text)),
  );
  return own.length === 0 ? null : own.map(({ letter }) => letter);
};

const ways: readonly Way[] = [stated, opening, setApart, counted, wholesale, named];

/** Nothing behind an answer makes it a part of something else ("A friend", "B flat"). */
const isSetApart = (reply: string, end: number): boolean =>
  /[).:\]}]$/u.test(reply.slice(0, end)) ||
  /^\s*(?:$|[.!,;:)\]}–—-]|\?\s*$|\n|(?:is|are|was|were|because|since|for|as|but|not|definitely|of course|i|seems?|fits?)\b)/iu.test(
    reply.slice(end),
  );

const denied = (reply: string, index: number): boolean =>
  /\b(?:not|isn't|aren't|wasn't|isn t|wasn t|never|neither|nor|except|rather than|instead of)\s+(?:(?:the|a|options?|say)\s+)*[("']?$/iu.test(
    reply.slice(0, index),
  );

const simplified = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
