import type { ReadPrompt, Sentence } from "./read-prompt.js";
import { Relevance } from "./relevance.js";
import { finished } from "./sentences.js";
import { contentStems, stemOf, wordsOf } from "./words.js";

const blank = /_{2,}|\[(?:blank|\.{3}|…)\]|\(\s{1,}\)|（\s*）|\.{4,}|…{2,}/i;

/** Whether a text has a gap to be filled. */
export function hasBlank(text: string): boolean {
  return blank.test(text);
}

const tokens = (text: string): { word: string; from: number; to: number }[] =>
  [...text.matchAll(/[\p{L}\p{N}]+(?:[-'’][\p{L}\p{N}]+)*/gu)].map((match) => ({
    word: stemOf(match[0].toLowerCase()),
    from: match.index,
    to: match.index + match[0].length,
  }));

/** The words of a sentence that stand where the gap stands: after the words before it, before the words after it. */
function aligned(sentence: string, before: readonly string[], after: readonly string[]): string | undefined {
  const own = tokens(sentence);
  const lastBefore = before.at(-1);
  const firstAfter = after[0];
  let start = -1;
  let matched = 0;
  for (let at = 0; at < own.length; at++) {
    let same = 0;
    while (same < before.length && own[at - same]?.word === before[before.length - 1 - same]) same++;
    if (same > matched) {
      matched = same;
      start = at + 1;
    }
  }
  if (lastBefore !== undefined && start < 0) return undefined;
  if (start < 0) start = 0;
  let end =
    firstAfter === undefined
      ? -1
      : own.findIndex((token, index) => index >= start && token.word === firstAfter);
  if (firstAfter !== undefined && end < 0 && matched < 2) return undefined;
  const begin = own[start];
  if (!begin) return undefined;
  if (end < 0) {
    // To the next pause.
    const rest = sentence.slice(begin.from);
    const pause = /[,.;:!?]|\s(?:and|but|because|when|where|who|which|while|after|before|until|so)\s/.exec(
      rest,
    );
    return rest.slice(0, pause?.index ?? rest.length).trim();
  }
  if (end === start) end = start + 1;
  return sentence.slice(begin.from, own[Math.min(end, own.length) - 1]?.to).trim();
}

/** Fills the gap of a cloze question from the prompt's passages; the whole sentence where the gap cannot be aligned. */
export function fillBlank(prompt: ReadPrompt): string {
  const gap = blank.exec(prompt.question);
  const line = prompt.question.split("\n").find((one) => blank.test(one)) ?? prompt.question;
  const at = blank.exec(line) ?? gap;
  const head = line.slice(0, at?.index ?? 0);
  const tail = line.slice((at?.index ?? 0) + (at?.[0].length ?? 0)).replace(/\([^)]*\)/g, "");
  const sentences: Sentence[] = prompt.sentences.filter((sentence) => sentence.origin === "prompt");
  const own = new Set((prompt.name ?? "").toLowerCase().split(/\s+/).filter(Boolean));
  const known = contentStems(`${head} ${tail}`).filter((stem) => !own.has(stem));
  const relevance = new Relevance(sentences);
  const ranked = sentences
    .map((sentence) => ({ sentence, support: relevance.share(known, new Set(sentence.stems)) }))
    .filter(({ support }) => support > 0)
    .sort((a, b) => b.support - a.support)
    .slice(0, 4);
  const [best] = ranked;
  if (!best) return "I don't know.";
  const before = wordsOf(head).slice(-4).map(stemOf);
  const after = wordsOf(tail).slice(0, 3).map(stemOf);
  for (const { sentence, support } of ranked) {
    if (support < best.support * 0.8) break;
    const filled = aligned(sentence.text, before, after);
    if (filled && wordsOf(filled).length <= 8)
      return filled.replace(/^(?:a|an|the)\s+/i, (article) =>
        /(?:\ba|\ban|\bthe)\s*$/i.test(head) ? "" : article,
      );
  }
  return finished(best.sentence.text);
}
