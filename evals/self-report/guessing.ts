import { correctedPoints } from "./points.js";
import { letterAt, POINTS, type QuestionData } from "./questions.js";

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
