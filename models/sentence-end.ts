/** The end of a sentence or a line, with what closes behind it. */
const sentenceEnd = /[.!?…।؟]+["'”’»」』)\]*_]*(?=\s|$)|[。！？]["”’」』]*|\n/gu;

/** Where the last whole sentence of a text ends; 0 where there is none. */
export function lastSentenceEnd(text: string): number {
  const last = [...text.matchAll(sentenceEnd)].at(-1);
  return last ? last.index + last[0].length : 0;
}

/** The text up to the end of its last whole sentence before a place; empty where there is none. */
export function upToSentence(text: string, place = text.length): string {
  const before = text.slice(0, place);
  return before.slice(0, lastSentenceEnd(before)).trim();
}
