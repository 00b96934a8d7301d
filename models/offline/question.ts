import { imperative } from "./instructions.js";
import { heading, unmarked } from "./sentences.js";

/** What stands between a text's last pair of tags or fences. */
interface Fenced {
  inside: string;
  whole: string;
}

/** The last part of a text that stands between tags or fences, if it has any. */
export function lastFenced(text: string): Fenced | undefined {
  const closing = [...text.matchAll(/<\/([a-z][\w-]*)>|```|"""/gi)].at(-1);
  if (!closing) return undefined;
  const from = closing[1] === undefined ? closing[0] : `<${closing[1]}`;
  const start = text.lastIndexOf(from, closing.index - 1);
  if (start < 0) return undefined;
  const whole = text.slice(start, closing.index + closing[0].length);
  const opening = closing[1] === undefined ? /^\W{3}(?:\w*\n)?/ : /^<[^>]*>/;
  const inside = whole.replace(opening, "").slice(0, -closing[0].length).trim();
  return inside === "" ? undefined : { inside, whole };
}

/** What stands between tags in a text; all else tells what to do with it. */
const fencedParts = (text: string): string =>
  [...text.matchAll(/<([a-z][\w-]*)>\n[\s\S]*?\n<\/\1>/g)].map(([part]) => part).join("\n\n");

/** The part of a long last message that asks, and the rest of it. */
export function splitLast(text: string): { question: string; rest: string } {
  // A fenced stimulus is the question, whatever task stands around it.
  const said = /<just-said>\n([\s\S]*?)\n<\/just-said>/.exec(text);
  if (said?.[1]) return { question: said[1], rest: fencedParts(text.replace(said[0], "")) };
  // What stands between tags or fences is what was said or written; what stands around it says what to do with it.
  const fenced = lastFenced(text);
  if (fenced) return { question: fenced.inside, rest: text.replace(fenced.whole, () => "\n") };
  const paragraphs = text
    .split(/\n\s*\n/)
    .map((part) => part.trim())
    .filter(Boolean);
  if (text.length < 400 || paragraphs.length < 2) return { question: text, rest: "" };
  let at = paragraphs.findLastIndex(
    (part) => /[?？]["”’']?(?:\s*<\/[\w-]+>)?$/.test(part) || /_{2,}/.test(part),
  );
  if (at < 0) at = paragraphs.findLastIndex((part) => !imperative.test(unmarked(part)) && !heading(part));
  if (at < 0) at = paragraphs.length - 1;
  return {
    question: paragraphs[at] ?? text,
    rest: paragraphs.filter((_, index) => index !== at).join("\n\n"),
  };
}

const speaker = /^[^:.!?]{1,40}:\s+(?=\S)/;

/** Words as said: without tags, quotation fences, headings, and the names before what several said. */
export const stripSpeech = (text: string): string => {
  const lines = text.split("\n");
  const several = lines.length > 1 && lines.every((line) => speaker.test(line));
  return lines
    .map((line) => (several ? line.replace(speaker, "") : line))
    .filter((line) => !heading(line.trim()))
    .map((line) => line.replace(/<\/?[a-z][\w-]*(?:\s[^<>]*)?>/gi, ""))
    .join("\n")
    .replace(/^"""|"""$/g, "")
    .trim();
};
