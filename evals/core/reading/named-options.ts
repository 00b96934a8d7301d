import {
  claimedAfter,
  claimedBefore,
  conjunction,
  goesOn,
  hintedBefore,
  joins,
  judgedAfter,
  listedBefore,
  rejectedBefore,
  takenBackBefore,
} from "./choice-words.js";
import { wordsPattern } from "./plain-reply.js";

/** An option that a question offers: its letter, and its text ("" where it has none). */
export interface Choice {
  label: string;
  text: string;
}

/** Options named one after the other in a reply ("A, C and F"), by their letters or by their texts. */
export interface Naming {
  labels: readonly string[];
  start: number;
  end: number;
  by: "letter" | "text";
  /** A letter stands in brackets, or before one, a stop or a colon. */
  marked: boolean;
}

/** How much of a reply is looked at before and after the name of an option, in characters. */
const NEAR = 120;
export const textBefore = (reply: string, at: number): string => reply.slice(Math.max(0, at - NEAR), at);
export const textAfter = (reply: string, at: number): string => reply.slice(at, at + NEAR);

/** Where something new begins: a sentence, a line, a clause, a list's item. */
export const opensClause = (before: string): boolean =>
  /(?:^|[\n.!?;:,|•…]|[–—]|(?:^|\n)\s*[-#>]+|=>)\s*$/u.test(before) &&
  !/(?<![\p{L}])(?:Dr|Mr|Mrs|Ms|St|Prof)\.\s*$/u.test(before);

/** The options that a reply names by letter, in their order; letters that are words ("A friend", "I think") are none. */
export function letterNamings(reply: string, choices: readonly Choice[]): Naming[] {
  const labels = choices.map(({ label }) => escaped(label)).sort((a, b) => b.length - a.length);
  const pattern = new RegExp(
    `(?<![\\p{Script=Latin}\\p{N}\\p{M}']|\\p{N}[.,])([([{<]{0,4})(${labels.join("|")})(?![\\p{Script=Latin}\\p{N}\\p{M}]|['-]\\p{L}|\\.\\p{N})([)\\]}>]*)`,
    "giu",
  );
  const found: Naming[] = [];
  for (const match of reply.matchAll(pattern)) {
    const [whole, opener = "", letter = "", closer = ""] = match;
    const choice = choices.find(({ label }) => label.toLowerCase() === letter.toLowerCase());
    const previous = found.at(-1);
    if (!choice || (previous && match.index < previous.end)) continue;
    const end = match.index + whole.length;
    const gloss = glossAt(reply, end, choice.text);
    const before = textBefore(reply, match.index);
    const joined =
      previous !== undefined && joins.test(reply.slice(previous.end, match.index).slice(0, NEAR));
    const seen = { letter, choice, opener, closer, before, after: textAfter(reply, end), gloss, joined };
    if (!isLetter(seen)) continue;
    const marked = closer !== "" || /^[.:](?=\s|$)/u.test(seen.after);
    found.push({ labels: [choice.label], start: match.index, end: end + gloss, by: "letter", marked });
  }
  return listed(reply, found);
}

interface Candidate {
  letter: string;
  choice: Choice;
  opener: string;
  closer: string;
  before: string;
  after: string;
  /** How long its own text behind it is. */
  gloss: number;
  /** Nothing but "and", a comma and the like stands between it and the letter before. */
  joined: boolean;
}

const spacelessBefore = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]\s?$/u;
const spacelessAfter = /^\s?[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** Whether what looks like a letter stands for an option. */
function isLetter({ letter, choice, opener, closer, before, after, gloss, joined }: Candidate): boolean {
  // "J. B. Priestley".
  if (/\p{Lu}\.\s*$/u.test(before) && closer === "" && gloss === 0 && /^\.\s+\p{Lu}\p{Ll}/u.test(after))
    return false;
  const inBrackets = opener !== "" && closer !== "";
  const opens = opensClause(before + opener);
  const claimed = claimedBefore.test(before);
  if (letter === choice.label && letter.toUpperCase() === "I")
    return inBrackets || ((opens || claimed) && (closer !== "" || /^\s*(?:$|[.:\n])/u.test(after)));
  if (inBrackets) return true;
  const ends = /^\s*(?:$|[\n.,;:!?)\]}|=–—/&+(]|-\s)/u.test(after);
  // "A friend", and the words of one letter of other languages ("e depois", "o que").
  const isWord =
    closer === "" && /^\s+\p{L}/u.test(after) && (/^a$/iu.test(letter) || letter !== choice.label);
  const follows =
    gloss > 0 ||
    (letter === choice.label && (goesOn.test(after) || judgedAfter.test(after) || claimedAfter.test(after)));
  const hinted =
    claimed ||
    hintedBefore.test(before) ||
    rejectedBefore.test(before) ||
    listedBefore.test(before) ||
    takenBackBefore.test(before);
  if (isWord) return follows && (opens || hinted || joined);
  if (letter !== choice.label)
    return (
      (opens && (closer !== "" || gloss > 0 || isAlone(before, after))) ||
      ((claimed || hinted || joined) && ends)
    );
  if (joined) return true;
  if (spacelessBefore.test(before) || spacelessAfter.test(after)) return true;
  if (opens || (closer !== "" && /(?<![\p{L}])and\s+$/u.test(before)))
    return closer !== "" || ends || follows;
  return (hinted && (claimed || ends || follows)) || judgedAfter.test(after);
}

/** Nothing else stands in its line. */
export const isAlone = (before: string, after: string): boolean =>
  /(?:^|\n)[\s>#•([{-]*$/u.test(before) && /^[\s.!)\]}]*(?:$|\n)/u.test(after);

/** How long an option's text is that stands behind its letter: "A (a rope loft)", "A - a rope loft". */
function glossAt(reply: string, end: number, text: string): number {
  const near = reply.slice(end, end + NEAR + text.length);
  return new RegExp(`^[\\s.:,()=–—-]*${wordsPattern(text)}\\)?`, "iu").exec(near)?.[0].length ?? 0;
}

/** The options that a reply names by their texts; where one text is part of another, the longer one is meant. */
export function textNamings(
  reply: string,
  choices: readonly Choice[],
  { several }: { several: boolean },
): Naming[] {
  const found = choices
    .filter(({ text }) => text.trim() !== "")
    .flatMap(({ label, text }) =>
      [...reply.matchAll(new RegExp(wordsPattern(text), "giu"))]
        .filter(({ index, 0: said }) => several || /\s/u.test(said) || isSaid(reply, index, said.length))
        .map(({ index, 0: said }) => ({ label, start: index, end: index + said.length })),
    );
  return namingsOf(reply, found);
}

/** Options found at places of a reply, as namings: of two that overlap the longer one, those of one list together. */
export function namingsOf(
  reply: string,
  found: readonly { label: string; start: number; end: number }[],
): Naming[] {
  const own: Naming[] = [];
  for (const { label, start, end } of found.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (start < (own.at(-1)?.end ?? 0)) continue;
    own.push({ labels: [label], start, end, by: "text", marked: false });
  }
  return listed(reply, own);
}

/** A text of one word has to open a sentence, or to be said as an answer: there is a "no" in "I have no idea". */
function isSaid(reply: string, start: number, length: number): boolean {
  const before = textBefore(reply, start);
  const after = textAfter(reply, start + length);
  const alone = /^\s*(?:$|[\n.!?,;:)\]}–—]|-\s)/u.test(after);
  if (/(?:^|[\n.!?])[\s([{>-]*$/u.test(before)) return alone;
  return (
    (claimedBefore.test(before) ||
      hintedBefore.test(before) ||
      /(?<![\p{L}])i(?:'d| would| do)?\s+$/iu.test(before)) &&
    (alone || /^\s+(?:with|that)\b/u.test(after))
  );
}

/** Joins what stands in one list. In "not A, B" the comma parts what is dismissed from what is chosen. */
function listed(reply: string, namings: readonly Naming[]): Naming[] {
  const lists: Naming[][] = [];
  for (const naming of namings) {
    const list = lists.at(-1) ?? [];
    const between = reply.slice(list.at(-1)?.end ?? 0, naming.start).slice(0, NEAR);
    // After a blank line, or with an option that the list has already, something new is said.
    const goesOn = joins.test(between) && !/\n\s*\n/u.test(between);
    if (goesOn && list.length > 0 && !list.some(({ labels }) => labels[0] === naming.labels[0]))
      list.push(naming);
    else lists.push([naming]);
  }
  return lists.flatMap((list) => {
    const [first] = list;
    if (!first || list.length === 1) return list;
    const whole = reply.slice(first.start, list.at(-1)?.end);
    if (rejectedBefore.test(textBefore(reply, first.start)) && !conjunction.test(whole)) return list;
    return [
      {
        ...first,
        labels: [...new Set(list.flatMap(({ labels }) => labels))],
        end: list.at(-1)?.end ?? first.end,
        marked: list.some(({ marked }) => marked),
      },
    ];
  });
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/gu, "\\$&");
