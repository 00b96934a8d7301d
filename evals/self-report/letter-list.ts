import { letterAt } from "./questions.js";

/** Letters named one after the other, and where in the text their list ends. */
interface LetterList {
  letters: readonly string[];
  end: number;
}

/** What may stand before a letter of a list, and between two. */
const between =
  /^(?:[\s,;&/+•–—-]|\b(?:and|or|plus|as well as|also|too|both|either|maybe|perhaps|probably|the|options?|letters?|answers?)\b)*/iu;
/** Words after a letter that show it to be no article: "A because", "A and C". */
const goesOn =
  /^\s+(?:and|or|as|is|was|are|were|because|since|for|but|plus|too|also|definitely|of course|i|seems?|fits?|[a-f])\b/iu;

/**
 * Reads the list of letters that begins at an index: "A, C and F", "(A) and (C)", "A. a rope loft, C. the lock cottage",
 * "ACF"; an option may stand for its letter by its text. Null where none begins there. The article "a" is no letter.
 * @param text without quotation marks, see `readable`
 * @param begins `letter`: an option's text may stand in the list, not at its beginning
 */
export function letterListAt(
  text: string,
  from: number,
  options: readonly string[],
  { begins = "any" }: { begins?: "letter" | "any" } = {},
): LetterList | null {
  const last = letterAt(options.length - 1);
  const single = new RegExp(`^[([{]*([A-${last}])(?![\\w'])[)\\]}]*[.:]?[)\\]}]*`, "iu");
  const run = runAt(text, from, last);
  if (run) return run;
  const found = new Set<string>();
  let end = from;
  for (;;) {
    const start = end + (between.exec(text.slice(end))?.[0].length ?? 0);
    const rest = text.slice(start);
    const named = begins === "any" || found.size > 0 ? optionAt(rest, options) : null;
    if (named) {
      found.add(letterAt(named.index));
      end = start + named.length;
      continue;
    }
    const letter = single.exec(rest);
    if (!letter?.[1] || isWord(rest, letter[0], { first: found.size === 0 })) break;
    const name = letter[1].toUpperCase();
    found.add(name);
    end = start + letter[0].length;
    end += glossAt(text.slice(end), options[name.charCodeAt(0) - "A".charCodeAt(0)] ?? "");
  }
  return found.size === 0 ? null : { letters: [...found].sort(), end };
}

/** "ACF", or "acf" in the order of the alphabet ("bad" is a word), with nothing but a stop behind. */
function runAt(text: string, from: number, last: string): LetterList | null {
  const [whole = "", run = ""] =
    new RegExp(`^\\s*([A-${last}]{2,})(?=[.!]?\\s*$)`, "iu").exec(text.slice(from)) ?? [];
  const letters = [...run.toUpperCase()];
  const sorted = [...new Set(letters)].sort();
  if (run === "" || sorted.length < letters.length) return null;
  const plain = run === run.toUpperCase() || letters.join("") === sorted.join("");
  return plain ? { letters: sorted, end: from + whole.length } : null;
}

/** Whether what looks like a letter is the article, or the beginning of something else. */
function isWord(rest: string, letter: string, { first }: { first: boolean }): boolean {
  if (!/^a$/iu.test(letter) || !/^\s+\p{Ll}/u.test(rest.slice(1))) return false;
  return !goesOn.test(rest.slice(1)) || (letter === "a" && !first);
}

/** The longest option whose text begins here. */
function optionAt(rest: string, options: readonly string[]): { index: number; length: number } | null {
  const found = options
    .map((option, index) => ({
      index,
      length: new RegExp(`^${wordsOf(option)}`, "iu").exec(rest)?.[0].length ?? 0,
    }))
    .sort((a, b) => b.length - a.length)[0];
  return found && found.length > 0 ? found : null;
}

/** How long the text of an option is that explains its letter: "A (a rope loft)", "A - a rope loft". */
function glossAt(rest: string, option: string): number {
  const text = new RegExp(`^[\\s.:,)–—-]*${wordsOf(option)}`, "iu").exec(rest)?.[0];
  return (text ?? /^\s*\([^()]{2,}\)/u.exec(rest)?.[0] ?? "").length;
}

/** An option's words, whatever stands between them; nothing matches an option without words. */
function wordsOf(option: string): string {
  const words = option.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return words.length === 0 ? "(?!)" : `${words.join("[^\\p{L}\\p{M}\\p{N}]+")}(?![\\p{L}\\p{M}\\p{N}])`;
}

/** A reply with plain punctuation: no quotation marks and Markdown, full-width forms as their common ones. */
export const readable = (reply: string): string =>
  reply
    .normalize("NFKC")
    .replaceAll("’", "'")
    .replaceAll("、", ", ")
    .replaceAll("。", ". ")
    .replaceAll(/\\boxed|\\text|[*_`"“”„«»「」『』$\\]|<\/?\w+>/gu, "")
    .replaceAll(/(?<![\p{L}\p{N}])'|'(?![\p{L}\p{N}])/gu, "");
