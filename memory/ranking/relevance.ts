import type { RankingOptions } from "./contract.js";
import type { QuestionRanking } from "./rank-question.js";

/**
 * How far above the store's mean the nearest memory stands for a question that it cannot answer: some memory is always
 * nearest. A round value between narrative memories (.16) and dialogue (.28).
 */
const meaningByChance = 0.2;
/** A question of a single word finds it fully or not at all: that is less evidence than half of two. */
const certaintyOfOneWord = 0.75;

/**
 * Does the store hold what is asked? Support counts the question's words; meaning moves it at the weight that it has in
 * the ranking of dialogue, so that a paraphrase is not taken for ignorance and a chance word not for knowledge.
 */
export function relevanceOf(ranking: QuestionRanking, options: RankingOptions): number {
  const certainty = ranking.terms === 1 ? certaintyOfOneWord : 1;
  const weight = options.hashedVectors === true ? options.hashedDenseWeight : options.dialogueDenseWeight;
  const meaning = ranking.meaning === undefined ? 0 : weight * (ranking.meaning - meaningByChance);
  return ranking.support * certainty + meaning;
}
