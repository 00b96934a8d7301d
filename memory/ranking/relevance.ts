import type { RankingOptions } from "./contract.js";
import type { ReadQuestion } from "./question.js";
import type { QuestionRanking } from "./rank-question.js";
import { termOf } from "./terms.js";
import { generalWords, leaningWords } from "./word-lists.js";

/**
 * How far above the store's mean the nearest memory stands for a question that it cannot answer: some memory is always
 * nearest. A round value between narrative memories (.16) and dialogue (.28).
 */
const meaningByChance = 0.2;
/** A question of a single word finds it fully or not at all: that is less evidence than half of two. */
const certaintyOfOneWord = 0.75;

/** Raised with every change of what relevance is reckoned from: thresholds that were kept no longer hold. */
export const RELEVANCE_VERSION = 2;

const setOf = (words: readonly string[]): ReadonlySet<string> =>
  new Set(words.flatMap((word) => termOf(word) ?? []));
let general: ReadonlySet<string> | undefined;
let leaning: ReadonlySet<string> | undefined;

/** Whether something was asked in its own words, and not only of what was said before ("And who was she?"). */
export function standsAlone({ terms, timeOnly }: ReadQuestion): boolean {
  leaning ??= setOf(leaningWords);
  return timeOnly || terms.some((term) => leaning?.has(term) === false);
}

/**
 * Words of a query made of a question that tell nothing more of it: those that were asked already, and general ones:
 * "places where I have lived" tells nothing of Paris.
 */
export function tellingNothing(asked: ReadQuestion): ReadonlySet<string> {
  general ??= setOf(generalWords);
  return new Set([...general, ...asked.terms]);
}

/**
 * By place: how far each memory is evidence for what was asked, by one query. What a query finds counts half, and half
 * what the same memory has of the words that were said, where these stand for themselves.
 */
export function evidenceFor(
  ranking: QuestionRanking,
  asked: QuestionRanking | undefined,
): Map<string, number> {
  const found = new Map<string, number>();
  for (const [place, evidence] of ranking.evidence) {
    const own = certain(ranking, evidence);
    const said = asked && certain(asked, asked.evidence.get(place) ?? 0);
    found.set(place, said === undefined ? own : (own + said) / 2);
  }
  return found;
}

/**
 * Does the store hold what is asked? Evidence counts the question's words; meaning moves it at the weight that it has in
 * the ranking of dialogue, so that a paraphrase is not taken for ignorance and a chance word not for knowledge.
 * @param asked the ranking by what was said, where `ranking` is that of a query made of it
 */
export function relevanceOf(
  ranking: QuestionRanking,
  options: RankingOptions,
  asked?: QuestionRanking,
): number {
  const best = Math.max(0, ...evidenceFor(ranking, asked).values());
  const weight = options.hashedVectors === true ? options.hashedDenseWeight : options.dialogueDenseWeight;
  const meaning = asked?.meaning ?? ranking.meaning;
  return best + (meaning === undefined ? 0 : weight * (meaning - meaningByChance));
}

const certain = ({ terms }: QuestionRanking, evidence: number): number =>
  terms === 1 ? evidence * certaintyOfOneWord : evidence;
