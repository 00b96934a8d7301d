/** A few characters over and over: "hahaha…", "aaaa…", "!!!!…". */
const stuckLetters = /^(\P{Z}{1,8}?)\1{14,}/u;
const stuckSigns = /(\S{1,3}?)(?:\s*\1){39,}/u;
/** What rules, forms and lines of dots are drawn with. */
const ruled = /^[\s\-_=*~.#·•—–─━═+/\\|<>]+$/u;
/** Signs in a row that are looked at at once. */
export const LONGEST_SIGNS = 480;
/** Characters from which letters at the end of a text, signs in its midst, and rules are too many. */
export const MOST_LETTERS = 60;
const MOST_SIGNS = 200;
const MOST_RULED = 400;

/** Where letters of one word come over and over, or -1. */
export const stuckLettersIn = (text: string): number => text.slice(0, 2 * LONGEST_SIGNS).search(stuckLetters);

/** Where signs come over and over and far too often, or -1; `last`: nothing follows, so that fewer are too many. */
export function stuckSignsIn(text: string, last: boolean): number {
  if (text.length < 40) return -1;
  const found = stuckSigns.exec(text.slice(0, 2 * LONGEST_SIGNS));
  const least = ruled.test(found?.[0] ?? "") ? MOST_RULED : last ? 0 : MOST_SIGNS;
  return found !== null && found[0].length >= least ? found.index : -1;
}
