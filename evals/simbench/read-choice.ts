import type { Parsed, Reply } from "../core/contract.js";
import { noAnswer, severalNamed } from "../core/refusal.js";
import type { Option, Shares } from "./group-case.js";

/**
 * Reads the one option that a person chose. In this order: a reply that is a letter or begins with one set apart ("B", "(B)",
 * "B. Agree"); the last "I choose B", "the answer is (B)"; one letter in brackets; the one option named by its whole text.
 * Several options, or none, cannot be read. The letters "A" and "I" are words too, so a bare one inside a sentence is none.
 */
export function readChoice({ text }: Pick<Reply, "text">, options: readonly Option[]): Parsed<Shares> {
  const reply = text
    .normalize("NFKC")
    .replaceAll("’", "'")
    .replaceAll("。", ".")
    .replace(/[*_`"“”«»]/gu, "")
    .trim();
  const found =
    alone(reply, options) ??
    leading(reply, options) ??
    stated(reply, options) ??
    bracketed(reply, options) ??
    named(reply, options);
  if (found.length === 1) {
    const [label = ""] = found;
    return { status: "answered", answer: { shares: { [label]: 1 } }, shown: label };
  }
  return found.length > 1 ? severalNamed(found) : noAnswer(reply);
}

type Found = readonly string[] | null;

const anyOf = (options: readonly Option[]): string => options.map(({ label }) => label).join("|");

/** Nothing but a letter, also a small one. */
function alone(reply: string, options: readonly Option[]): Found {
  const letter = /^\(?(\w{1,3})[).]*$/u.exec(reply)?.[1];
  const found = options.find(({ label }) => label.toLowerCase() === letter?.toLowerCase());
  return found ? [found.label] : null;
}

function leading(reply: string, options: readonly Option[]): Found {
  const label = anyOf(options);
  const found = new RegExp(
    `^(?:\\((${label})\\)|(${label})(?=\\s*$|\\s*\\n|[).:,]|\\s+[–—-]\\s))(?!\\s*(?:or|and|/|,)\\s*\\(?(?:${label})(?!\\w))`,
    "u",
  ).exec(reply);
  return found ? [found[1] ?? found[2] ?? ""] : null;
}

function stated(reply: string, options: readonly Option[]): Found {
  const label = anyOf(options);
  const pattern = new RegExp(
    `\\b(?:answer(?: is| would be|:)|option|choose|pick|choice is|letter(?: is)?|go with|go for|say|it's|it is)\\s*:?\\s*(?:option\\s+|letter\\s+)?["']?(?:\\((${label})\\)|(${label})(?=["']?\\s*(?:$|[.,;:!)\\n]|(?:because|since)\\b)))`,
    "gimu",
  );
  const letters = [...reply.matchAll(pattern)]
    .filter(({ index }) => !denied(reply, index))
    .map((match) => match[1] ?? match[2] ?? "")
    .filter((letter) => options.some((option) => option.label === letter));
  return letters.length === 0 ? null : letters.slice(-1);
}

function bracketed(reply: string, options: readonly Option[]): Found {
  const found = [...reply.matchAll(new RegExp(`\\((${anyOf(options)})\\)`, "gu"))]
    .filter(({ index }) => !denied(reply, index))
    .map(([, letter = ""]) => letter);
  return found.length === 0 ? null : [...new Set(found)];
}

/**
 * Options whose text stands in the reply as whole words and is no part of another that does too. An option of one word has
 * to be a sentence, or to open one: there is a "no" in "I have no idea".
 */
function named(reply: string, options: readonly Option[]): readonly string[] {
  const said = ` ${plain(reply)} `;
  const sentences = reply.toLowerCase().split(/[.!?\n]+/u);
  const found = options
    .map(({ label, text }) => ({ label, text: ` ${plain(text)} ` }))
    .filter(({ text }) => {
      const words = text.trim();
      if (words === "") return false;
      if (!words.includes(" ")) return sentences.some((sentence) => opens(sentence, words));
      return said.includes(text) && !denied(said, said.indexOf(text) + 1);
    });
  return found
    .filter(({ text }) => !found.some((other) => other.text !== text && other.text.includes(text)))
    .map(({ label }) => label);
}

function opens(sentence: string, word: string): boolean {
  const rest = sentence.trim().replace(/^i(?:'d| would)?(?: say)?\s+/u, "");
  return rest.startsWith(word) && /^\s*(?:$|[,;:–—])/u.test(rest.slice(word.length));
}

/** Right after "not" and the like. */
const denied = (reply: string, index: number): boolean =>
  /\b(?:not|never|isn't|wouldn't|won't|don't|rather than|instead of)\s+(?:say\s+|choose\s+|pick\s+|option\s+)?$/iu.test(
    reply.slice(0, index),
  );

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll("’", "'")
    .replace(/[^\p{L}\p{N}.'+-]+/gu, " ")
    .replace(/\.(?=\s|$)/gu, "")
    .trim();
