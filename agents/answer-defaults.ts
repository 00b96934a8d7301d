import { PASSAGE_OVERLAP, PASSAGE_SIZE } from "../memory/passage-index.js";
import type { RankingOptions } from "../memory/ranking/contract.js";
import { rankingOptions } from "../memory/ranking/options.js";
import { defaultThreshold } from "../memory/ranking/rank.js";
import { PASSAGES } from "./memory/retrieve.js";
import { promptBudget } from "./prompt-budget.js";

/** Raised by hand whenever the same prompts, options and memories may give other answers: another ranking, another parser. */
const ANSWERS_VERSION = 3;

/** Memories that one turn recalls, where nothing else is stated. */
export const RECALL_LIMIT = 3;

/** What a host may state; the rest is by default. */
export interface AnswerOptions {
  wiring?: "drawn" | "beside" | undefined;
  recallLimit?: number | undefined;
  ranking?: Partial<RankingOptions> | undefined;
  contextTokens?: number | undefined;
  /** The one calibrated for the character. */
  threshold?: number | undefined;
}

/**
 * Everything beside prompts, models and memories that decides an answer, with its defaults filled in: part of the key of
 * an evaluation sample, so that a changed default never mixes with samples of the old one.
 */
export const answerSettings = ({
  wiring = "drawn",
  recallLimit,
  ranking,
  contextTokens,
  threshold = defaultThreshold,
}: AnswerOptions) => ({
  version: ANSWERS_VERSION,
  budget: promptBudget(contextTokens),
  passages: { count: PASSAGES, size: PASSAGE_SIZE, overlap: PASSAGE_OVERLAP },
  recall: {
    wiring,
    limit: recallLimit ?? RECALL_LIMIT,
    ranking: rankingOptions(ranking),
    threshold,
  },
});
