import { words } from "../../memory/ranking/terms.js";
import { numberWords, stopWords } from "../../memory/ranking/word-lists.js";
import { sentencesIn } from "./circles.js";

/** Words of which this share, of so many, begins with a capital: the language writes all its nouns so. */
const CAPITALS_MEAN_NOTHING = 0.2;
const OF_SO_MANY = 20;
/** Numbers up to this one are said in passing ("the two of us"). */
const IN_PASSING = 3;

const titles = new Set("mr mrs ms miss dr prof sir madam mister".split(" "));

/**
 * Names that stand in a text, each as its words: what is written with a capital though no sentence begins
 * there. Empty for languages that write all nouns so, or have no capitals.
 */
export function namesIn(text: string): string[][] {
  const found: string[][] = [];
  let all = 0;
  let capital = 0;
  for (const sentence of sentencesIn(text).flatMap((one) =>
    one.split(/[:;"“”„«»()—–]|(?<!\p{L})['‘]|\.\s/u),
  )) {
    const tokens = sentence.match(/[\p{L}\p{M}\p{N}]+(?:['’-][\p{L}\p{M}\p{N}]+)*/gu) ?? [];
    all += tokens.length;
    let run: string[] = [];
    for (const [at, token] of [...tokens, ""].entries()) {
      const [name = ""] = /^\p{Lu}/u.test(token) ? words(token) : [];
      const isCapital = name.length > 1 && !stopWords.has(name.replaceAll("'", ""));
      if (isCapital && !titles.has(name)) {
        if (at > 0) capital++;
        run.push(token);
        continue;
      }
      // A word at the beginning is a name only where more of a name follows.
      const first = at - run.length === 0;
      if (run.length > (first ? 1 : 0)) found.push(run);
      if (!isCapital) run = [];
    }
  }
  return all >= OF_SO_MANY && capital / all > CAPITALS_MEAN_NOTHING ? [] : found;
}

/** Numbers of a text, in digits or in English words ("forty-one", "three hundred and five"), as digits. */
export function numbersIn(text: string): Set<string> {
  const plain = text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/(?<=\d)[,'’ ](?=\d{3}(?!\d))/gu, "");
  const found = new Set<string>();
  let spoken: number | null = null;
  const said = () => {
    if (spoken !== null && spoken > 1) found.add(String(spoken));
    spoken = null;
  };
  for (const [token] of plain.matchAll(/\d+(?:[.,]\d+)?|\p{L}+|[.!?;:]/gu)) {
    if (/^\d/u.test(token)) {
      said();
      found.add(String(Number(token.replace(",", "."))));
      continue;
    }
    const value: number | undefined = token === "one" ? 1 : wordValue(token);
    if (token === "hundred" || token === "thousand")
      spoken = (spoken ?? 1) * (token === "hundred" ? 100 : 1000);
    else if (value !== undefined && spoken !== null && spoken % 10 ** String(value).length === 0)
      spoken += value;
    else if (value !== undefined) {
      said();
      spoken = value;
    } else if (!(token === "and" && spoken !== null && spoken % 100 === 0)) said();
  }
  said();
  return found;
}

const wordValue = (word: string): number | undefined => {
  const digits = numberWords.get(word);
  return digits !== undefined && /^\d+$/u.test(digits) ? Number(digits) : undefined;
};

const inPassing = (number: string) => Number(number) <= IN_PASSING;

/** Names and numbers of a source that a text made of it leaves out, as they are to be said to who made it. */
export function factsLeftOut(source: string, made: string, own: string): string[] {
  const said = new Set([...words(made), ...words(own)]);
  const names = namesIn(source).filter((name) => !isTold(name, said));
  const numbers = numbersIn(made);
  return [
    ...new Set(names.map((name) => name.join(" "))),
    ...[...numbersIn(source)].filter((number) => !inPassing(number) && !numbers.has(number)),
  ];
}

/** Names and numbers of a made text that stand nowhere in what it was made of. */
export function factsAdded(known: string, made: string): string[] {
  const told = new Set(words(known));
  const numbers = numbersIn(known);
  return [
    ...namesIn(made)
      .filter((name) => !isTold(name, told))
      .map((name) => name.join(" ")),
    ...[...numbersIn(made)].filter((number) => !inPassing(number) && !numbers.has(number)),
  ];
}

/** Whether a part of the name stands among these words. */
const isTold = (name: readonly string[], told: ReadonlySet<string>): boolean =>
  name.some((part) => words(part).some((word) => told.has(word)));
