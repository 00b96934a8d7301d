/** A token: a word, a number, an emoji, or one character of a script that does not space its words. */
export const token =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Extended_Pictographic}]|\p{N}+|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}])[\p{L}\p{M}])+(?:['’-](?=\p{L})[\p{L}\p{M}]+)*/gu;
/** A token that is one character of such a script. */
export const unspaced =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]$/u;
/** A token that is a number. */
export const number =
  /^(?:\p{N}+|[一二三四五六七八九十百零〇两]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)$/iu;

const numbers = "zero one two three four five six seven eight nine ten eleven twelve".split(" ");
const hanNumbers = "〇一二三四五六七八九十";
/** Numbers that are said of how often something is to be said. */
const roundNumbers: Readonly<Record<string, number>> = {
  twice: 2,
  dozen: 12,
  fifteen: 15,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  hundred: 100,
};
const timesWords = new Set("times lines mal fois veces vezes volte раз 次 遍 回".split(" "));
/** As often as anybody may be asked to say the same. */
const MOST_TIMES = 100;

/** How often a text asks for the same words: "write it ten times". 0 where it does not. */
export function timesAskedFor(text: string): number {
  const words = [...text.toLowerCase().matchAll(token)].map(([word]) => word);
  return words.reduce((most, word, at) => Math.max(most, timesBy(words[at - 1], word)), 0);
}

/** How often something is to be said by a number and the word behind it ("ten times"); 0 where they say nothing of it. */
export const timesBy = (amount: string | undefined, word: string): number =>
  amount !== undefined && timesWords.has(word)
    ? Math.min(MOST_TIMES, roundNumbers[amount] ?? (numberSaid(amount) || 0))
    : 0;

/** What a number says, or NaN. */
export function numberSaid(raw: string): number {
  if (/^\d+$/u.test(raw)) return Number(raw);
  const said = numbers.indexOf(raw);
  if (said >= 0) return said;
  return raw.length === 1 && hanNumbers.includes(raw) ? hanNumbers.indexOf(raw) : Number.NaN;
}
