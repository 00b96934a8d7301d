import { imperative } from "./instructions.js";

let segmenter: Intl.Segmenter | undefined;

/** The sentences of one line. */
export function splitSentences(text: string): string[] {
  segmenter ??= new Intl.Segmenter("en", { granularity: "sentence" });
  const parts: string[] = [];
  for (const { segment } of segmenter.segment(text)) {
    const last = parts.at(-1);
    // The segmenter breaks after "Mr." and initials.
    if (last !== undefined && /\b(?:Mr|Mrs|Ms|Dr|St|[A-Z])\.\s*$/.test(last.slice(-6)))
      parts[parts.length - 1] = last + segment;
    else parts.push(segment);
  }
  return parts.map((part) => part.trim()).filter(Boolean);
}

/** Whether a line is a heading, a rule, a tag or a label of what follows. */
export const heading = (line: string): boolean =>
  /^#{1,6}\s/.test(line) ||
  /^[-=*_]{3,}$/.test(line) ||
  /^<\/?[\w\s="'-]+>$/.test(line) ||
  (/:$/.test(line) && line.split(/\s+/).length <= 12) ||
  /^\*\*[^*]+\*\*:?$/.test(line) ||
  /^\[[^\]]*\]$/.test(line);

/** Takes tags, list marks, bold marks and numbers off the beginning of a line. */
export const unmarked = (line: string): string =>
  line
    .replace(/<\/?[a-z][\w-]*(?:\s[^<>]*)?>/gi, "")
    .replace(/^\s*(?:[-*•>]\s+|\(?\d{1,3}[.)\]]\s+|\[[^\]]{1,40}\]\s*)+/, "")
    .replace(/^\([^)]*\d[^)]*\)\s*/, "")
    .replace(/\*\*/g, "")
    .replace(/^\((.*)\)$/, "$1")
    .trim();

/** Lower case, words only: to see whether something was said already. */
export function normalised(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** The sentences of any text, without marks and headings. */
export function sentencesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !heading(line))
    .flatMap((line) => splitSentences(unmarked(line)))
    .filter((sentence) => !imperative.test(sentence));
}

/** A sentence without brackets that are left open or closed by the cut, and without "I thought:" before it. */
export function withoutBrackets(text: string): string {
  // The label first: it may take an opening bracket with it.
  return text
    .replace(/^(?:[^\p{L}\p{N}]*|.*[”"…)]\s*)I (?:thought|felt|think|feel):\s+/iu, "")
    .replace(/^[([]\s*(?![^()]*[)\]])/, "")
    .replace(/(?<![([][^()[\]]*)[)\]]\s*$/, "")
    .trim();
}

/** First letter in capitals, a full stop at the end. */
export function finished(text: string): string {
  const whole = text.trim();
  const ended = /[.!?…]["”’')]*$/.test(whole) ? whole : `${whole.replace(/[,;:]$/, "")}.`;
  return ended.charAt(0).toUpperCase() + ended.slice(1);
}

/** A text of at most so many characters: to the end of a sentence, else of a word. */
export function clipped(text: string, longest: number | undefined): string {
  if (longest === undefined || text.length <= longest) return text;
  const sentence = text.slice(0, longest).match(/^[\s\S]*[.!?](?=\s|$)/)?.[0];
  if (sentence && sentence.length > longest / 3) return sentence.trim();
  return text.slice(0, longest).replace(/\s+\S*$/, "") || text.slice(0, longest);
}
