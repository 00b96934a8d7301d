/** Ends of sentences and of questions in the scripts of the world; Greek asks with a semicolon, Armenian inside the word. */
const ends = ".!?。！？।॥۔؟።፧၊။។…⁇⁈⁉‼";
const sentence = new RegExp(`[^${ends}\\n]+[${ends}]*`, "gu");
const mark = /[?？؟፧⁇⁈⁉;՞]/u;
const asks = /[?？؟፧⁇⁈]["'”’»)\s]*[.!?。！？]*\s*$|\p{Script=Greek}[;;]\s*$|՞/u;
/** Words that make a question without a mark, at the end of a sentence: Japanese, Chinese, Thai. */
const asksInWords = /(?:か|かな|吗|嗎|呢|ไหม|มั้ย|หรือเปล่า|(?<=[ะ])คะ)[.。！!]*\s*$/u;
const tells = /[\p{L}\p{N}]/u;

/** The sentences of a text that hold a word. */
export const sentencesOf = (text: string): string[] =>
  (text.match(sentence) ?? []).filter((found) => tells.test(found));

/** Does this sentence ask? */
export const isQuestion = (found: string): boolean => asks.test(found) || asksInWords.test(found);

/** Share of a text's sentences that are questions, in [0, 1]: who asks does not tell. */
export function questionShare(text: string): number {
  if (!mark.test(text) && !/[か吗嗎呢มะ]/u.test(text)) return 0;
  const all = sentencesOf(text);
  return all.length === 0 ? 0 : all.filter(isQuestion).length / all.length;
}
