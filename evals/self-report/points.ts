import { matchesKey } from "./matches-key.js";
import { letterAt, POINTS, type QuestionData } from "./questions.js";

/**
 * Points of an answer, scoring `corrected` (Xie et al. 2025, section 4.1): 2 for a right cloze or single choice; in multiple
 * choice 2 for a right letter and minus 2 for a wrong one, an item not below 0.
 */
export function correctedPoints(answer: string | readonly string[], { kind, keys }: QuestionData): number {
  if (typeof answer === "string") return matchesKey(answer, keys) ? POINTS : 0;
  if (kind === "multiple") return letterPoints(answer, keys);
  return answer.length === 1 && keys.includes(answer[0] ?? "") ? POINTS : 0;
}

/**
 * Points of a reply, scoring `published`: as the published program intends. It reads on from "The answer is" (else the whole
 * reply): in a cloze the lower-cased key anywhere in it, even inside another word; in a single choice the first capital
 * letter A-F that stands alone, the article "A" included; in a multiple choice all such letters. A reply in which it finds
 * nothing has 0 points. A refusal is read as any other reply: one that names a right letter has its points.
 */
export function publishedPoints(reply: string, { kind, keys }: QuestionData): number {
  const index = reply.indexOf("The answer is");
  const read = index < 0 ? reply : reply.slice(index);
  if (kind === "cloze")
    return keys.some((key) => read.toLowerCase().includes(key.toLowerCase())) ? POINTS : 0;
  const letters = read.match(/\b[A-F]\b/gu) ?? [];
  if (kind === "single") return letters[0] !== undefined && keys.includes(letters[0]) ? POINTS : 0;
  return letterPoints([...new Set(letters)], keys);
}

function letterPoints(letters: readonly string[], keys: readonly string[]): number {
  const right = letters.filter((letter) => keys.includes(letter)).length;
  return Math.max(0, POINTS * (right - (letters.length - right)));
}

/**
 * Points that random guessing earns on average: nothing in a cloze, one option at random in a single choice, as many
 * letters at random as are right in a multiple choice (all such choices equally likely, counted one by one).
 */
export function guessedPoints(data: QuestionData): number {
  const { kind, options, keys } = data;
  if (kind === "cloze") return 0;
  if (kind === "single") return POINTS / options.length;
  const choices = combinations(
    options.map((_option, at) => letterAt(at)),
    keys.length,
  );
  return choices.reduce((sum, letters) => sum + correctedPoints(letters, data), 0) / choices.length;
}

function combinations(letters: readonly string[], size: number): string[][] {
  if (size === 0) return [[]];
  return letters.flatMap((first, at) =>
    combinations(letters.slice(at + 1), size - 1).map((rest) => [first, ...rest]),
  );
}
