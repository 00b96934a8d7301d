/** Letters that make no English word, so that no stemmer touches a mark. */
const letters = "bcdfghjklm";
/** Scatters numbers below 100 million, each to a place of its own; and brings them back: their product ends with 00000001. */
const SCATTER = 40_503_587n;
const GATHER = 42352523n;
const PLACES = 100_000_000n;

/**
 * Every message of a soak carries a word of its own, by which it is known wherever it turns up. Neighbours begin with
 * other letters: an index that writes of sorted words only what differs from the word before would hide most of it.
 */
export const markOf = (number: number): string =>
  `${String((BigInt(number) * SCATTER) % PLACES)
    .padStart(8, "0")
    .replace(/\d/gu, (digit) => letters[Number(digit)] ?? "")}qz`;

/** The end of a message's mark, which an index keeps as it is; no other below 100,000 messages has it. */
export const endOfMark = (number: number): string => markOf(number).slice(3);

/** Numbers of the messages whose marks stand in a text, in ascending order. */
export function marksIn(text: string): number[] {
  const found = new Set([...text.matchAll(/([bcdfghjklm]{8})qz/gu)].map(([, word = ""]) => numberOf(word)));
  return [...found].sort((a, b) => a - b);
}

function numberOf(word: string): number {
  const digits = word.replace(/./gu, (letter) => String(letters.indexOf(letter)));
  return Number((BigInt(digits) * GATHER) % PLACES);
}
