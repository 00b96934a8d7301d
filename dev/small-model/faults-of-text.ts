/** A run of words that comes back at least this often is a circle. */
const CIRCLE_WORDS = 4;
const CIRCLE_TIMES = 3;
/** Fewest words of a sentence that says something when it is said twice. */
const SENTENCE_WORDS = 5;

/** Whether a text says the same over and over: a sentence twice, or four words in a row three times. */
export function runsInCircles(text: string): boolean {
  const words = text.toLowerCase().match(/[\p{L}\p{N}’']+/gu) ?? [];
  const seen = new Map<string, number>();
  for (let at = 0; at + CIRCLE_WORDS <= words.length; at++) {
    const run = words.slice(at, at + CIRCLE_WORDS).join(" ");
    const times = (seen.get(run) ?? 0) + 1;
    if (times >= CIRCLE_TIMES) return true;
    seen.set(run, times);
  }
  const sentences = text
    .split(/(?<=[.!?。！？])\s+|\n+/u)
    .map((sentence) => sentence.trim().toLowerCase())
    .filter((sentence) => sentence.split(/\s+/u).length >= SENTENCE_WORDS);
  return new Set(sentences).size < sentences.length;
}

/** Whether an answer shows headings, tags or labels of a prompt, or lines that others are to say. */
export function leaks(answer: string, names: readonly string[]): boolean {
  const speakers = ["system", "user", "assistant", "human", "ai", "me", "you", ...names]
    .map((name) => name.replace(/[^\p{L}\p{N} -]/gu, ""))
    .join("|");
  return (
    /<\/?[a-z][a-z0-9-]*>|<\|/iu.test(answer) ||
    /^\s*#{1,6}\s/mu.test(answer) ||
    new RegExp(`^\\s*[*_]*(?:${speakers})[*_]*\\s*[:：]`, "imu").test(answer) ||
    /\b(?:key elements|self-description|your thought|your feeling|your mood|just said)\s*:/iu.test(answer)
  );
}
