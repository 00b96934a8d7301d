import { proseOf } from "./prose/prose.js";

/** A piece of the story from which one long-term memory is made. */
export interface StoryChunk {
  /** From 1. */
  readonly chunk: number;
  /** First and last paragraph, from 1. */
  readonly paragraphs: [number, number];
  /** The paragraphs, with a blank line between them. */
  readonly text: string;
}

/** The paragraphs of a life story, as a reader sees them (`proseOf`). */
export function storyParagraphs(text: string): string[] {
  const prose = proseOf(text);
  return prose === "" ? [] : prose.split("\n\n");
}

/**
 * Puts paragraphs together by twos (or `perChunk`), as the paper's memory construction does (section 3.2.2); very long
 * ones become several chunks of the same paragraphs.
 */
export function storyChunks(paragraphs: readonly string[], perChunk = 2): StoryChunk[] {
  if (!Number.isInteger(perChunk) || perChunk < 1)
    throw new RangeError(`perChunk must be a whole number from 1, not ${perChunk}`);
  const chunks: StoryChunk[] = [];
  for (let first = 0; first < paragraphs.length; first += perChunk) {
    const part = paragraphs.slice(first, first + perChunk);
    for (const text of pieces(part.join("\n\n"))) {
      chunks.push({ chunk: chunks.length + 1, paragraphs: [first + 1, first + part.length], text });
    }
  }
  return chunks;
}

/** Characters of a chunk that are read as one; more are too much for one memory and for a small model. */
const longestChunk = 5_000;

/** A chunk that is too long, in pieces that end at sentences where they can. */
function pieces(text: string): string[] {
  const found: string[] = [];
  let rest = text;
  while (rest.length > longestChunk) {
    const head = rest.slice(0, longestChunk);
    const sentence = Math.max(...[". ", "! ", "? ", "。", "\n"].map((end) => head.lastIndexOf(end)));
    const cut =
      sentence > longestChunk / 2 ? sentence + 1 : Math.max(head.lastIndexOf(" "), longestChunk / 2);
    found.push(rest.slice(0, cut).trim());
    rest = rest.slice(cut).trimStart();
  }
  return rest === "" ? found : [...found, rest];
}

/** Number of words, in any language that `Intl.Segmenter` can segment. */
export function countWords(text: string): number {
  const segmenter = new Intl.Segmenter(undefined, { granularity: "word" });
  let count = 0;
  // In short pieces, cut at spaces where there are any: the segmenter's time grows with the square of the length.
  for (const piece of text.match(/.{1,1000}(?=\s|$)|.{1,1000}/gmu) ?? [])
    for (const segment of segmenter.segment(piece)) if (segment.isWordLike) count++;
  return count;
}
