import type { ReadPrompt } from "./read-prompt.js";
import { stemsOf, supports } from "./words.js";

/** The letters of the options that share most words with the prompt; undefined where no options are asked about. */
export function chosenLetters({ question, quotable }: ReadPrompt): string[] | undefined {
  const options = [
    ...question.matchAll(/(?<![\p{L}\p{N}])([A-H])[.):]\s+(.+?)(?=\s+[A-H][.):]\s|\n|$)/gu),
  ].map(([, letter = "", text = ""]) => ({ letter, text }));
  if (options.length < 2) return undefined;
  const texts = quotable.map(({ stems }) => stems);
  const stem = stemsOf(question.slice(0, question.indexOf(`${options[0]?.letter}`)));
  const about = supports(stem, texts);
  const scored = options.map(({ letter, text }) => ({
    letter,
    score: Math.max(
      0,
      ...supports(stemsOf(text), texts).map((share, index) => share * (1 + (about[index] ?? 0))),
    ),
  }));
  const best = Math.max(...scored.map(({ score }) => score));
  const near = scored.filter(({ score }) => score >= 0.7 * best).map(({ letter }) => letter);
  const several = /\b(?:more than one|several|all that apply|choose (?:two|three|four))\b/iu.test(question);
  return several ? near : [scored.find(({ score }) => score === best)?.letter ?? "A"];
}
