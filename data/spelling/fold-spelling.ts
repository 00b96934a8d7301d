import { simplified } from "./chinese-variants.js";

/** Letters that no normal form of Unicode takes apart, and what a keyboard without them writes. */
const plainLetters: Readonly<Record<string, string>> = {
  ...{ ß: "ss", ẞ: "SS", æ: "ae", Æ: "AE", œ: "oe", Œ: "OE", ø: "o", Ø: "O", ł: "l", Ł: "L", đ: "d", Đ: "D" },
  ...{
    ð: "d",
    Ð: "D",
    þ: "th",
    Þ: "Th",
    ħ: "h",
    Ħ: "H",
    ŧ: "t",
    Ŧ: "T",
    ı: "i",
    ŋ: "n",
    Ŋ: "N",
    ə: "e",
    Ə: "E",
  },
  ...{
    ς: "σ",
    ё: "е",
    Ё: "Е",
    ґ: "г",
    Ґ: "Г",
    "׳": "'",
    "״": '"',
    "’": "'",
    ʼ: "'",
    ʻ: "'",
    "‘": "'",
    "`": "'",
    "´": "'",
  },
  // Arabic: alef wasla, hamza, ta marbuta, alef maqsura, the letters of Persian and Urdu keyboards, tatweel.
  ...{ ٱ: "ا", ء: "", ة: "ه", ە: "ه", ہ: "ه", ھ: "ه", ى: "ي", ی: "ي", ې: "ي", ے: "ي", ک: "ك", ـ: "" },
};
const special = new RegExp(`[${Object.keys(plainLetters).join("")}]`, "gu");

/** Marks that are written or left out at will: accents of Latin and Greek, vowel signs and hamza of Hebrew and Arabic. */
const optionalMarks =
  /([\p{Script=Latin}\p{Script=Greek}])\p{M}+|[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed]/gu;
/** More marks on one letter than any language writes (Unicode Annex 15, "Stream-Safe Text Format"): sorting them takes long. */
const heapedMarks = /(\p{M}{30})\p{M}+/gu;
const anyDigit = /\p{Nd}/gu;
const kana = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** The composed and compatible form (NFKC) of a text that anybody may have sent. */
export const composed = (text: string): string => text.replace(heapedMarks, "$1").normalize("NFKC");

/** Takes out what nobody sees: soft hyphens, zero-width signs, marks of direction. The text reads the same without. */
export const withoutFormatCharacters = (text: string): string =>
  // Most texts hold none, and a text is only copied where there is something to take out.
  /\p{Cf}/u.test(text) ? text.replace(/\p{Cf}/gu, "") : text;

/**
 * One spelling for words that people write in several, letter case kept: full-width and composed forms (NFKC), accents, `ß`
 * and its like, dotless i, hamza and alef, vowel signs, digits of all scripts, traditional and simplified Chinese, invisible
 * characters. For comparing (index, question, name), never for showing. Letters that are others, as й and и, stay apart.
 */
export function foldLetters(text: string): string {
  // What is plain already, as most English is, is left alone.
  if (/^[\t\n\r -_a-~]*$/.test(text)) return text;
  const seen = withoutFormatCharacters(composed(text));
  const bare = seen.normalize("NFD").replace(optionalMarks, "$1").normalize("NFC");
  const folded = bare.replace(special, (letter) => plainLetters[letter] ?? letter).replace(anyDigit, asDigit);
  // The words of Japanese are only found in its own characters; they are folded one by one (`foldSpelling`).
  return kana.test(folded) ? folded : simplified(folded);
}

/** As `foldLetters`, in lower case, and Japanese as well. */
export const foldSpelling = (text: string): string =>
  simplified(foldLetters(foldLetters(text).toLowerCase()));

/** The decimal digits of every script stand in tens from their zero on. */
function asDigit(digit: string): string {
  if (digit <= "9") return digit;
  let value = 0;
  for (
    let code = (digit.codePointAt(0) ?? 0) - 1;
    value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code));
    code--
  )
    value++;
  return String(value);
}
