import type { Candidate, CandidateSet, MemoryStore } from "../store/ranked-search.js";
import type { RankedMemory, RankingOptions, ScoreParts } from "./contract.js";
import { denseOf } from "./dense.js";
import { LexicalQuestion, ownFrequencies, type WeightedTerm, weightedFrequencies } from "./lexical.js";
import { optionalParts } from "./optional-parts.js";
import { isCalled } from "./people.js";
import { type PriorFields, priorsOf, questionShare } from "./priors.js";
import type { ReadQuestion } from "./question.js";
import { questionWords } from "./question-words.js";

/** One question's view of the store: every candidate with its parts, best first, and the evidence about the whole. */
export interface QuestionRanking {
  ranked: RankedMemory[];
  /** How many terms the question has. */
  terms: number;
  /** Best support among the memories of the person asked about. */
  support: number;
  /** Highest cosine above the store's mean among the same memories; unknown without vectors. */
  meaning?: number;
  /** (best own - best of others) / best; unknown unless one person is asked about and both have spoken. */
  whose?: number;
}

export interface QuestionContext {
  store: MemoryStore;
  namespaces: readonly string[][];
  options: RankingOptions;
  now: Date;
}

interface Weighed extends RankedMemory {
  /** Lexical score of the memory's own text, where one person is asked about and its speaker is known; else 0. */
  own: number;
  /** Whether the memory may be the asked person's: it is, or nobody knows. */
  ofAsked: boolean;
  /** Cosine above the store's mean. */
  meaning?: number;
}

/** Ranks every candidate for one question; the vector is that of `question.dense`. */
export async function rankQuestion(
  question: ReadQuestion,
  vector: readonly number[] | undefined,
  context: QuestionContext,
): Promise<QuestionRanking> {
  const words = await questionWords(question, context.store, context.namespaces, context.options);
  const dateWords = question.dateTerms.map((term): WeightedTerm => ({ term, alternatives: [] }));
  const set = await context.store.candidates({
    namespaces: context.namespaces,
    terms: searched([...words, ...dateWords]),
    ...(vector ? { vector } : {}),
  });
  const lexical = new LexicalQuestion(words, set.documents, set.documentFrequency);
  // A memory that does not know when it was told can only answer for a date by its words.
  const undated =
    dateWords.length > 0
      ? new LexicalQuestion([...words, ...dateWords], set.documents, set.documentFrequency)
      : lexical;
  const extras = optionalParts(set.candidates, context.options, context.now);
  const weighed = set.candidates.map((candidate) =>
    weigh(candidate, question, lexical, undated, set, context, extras),
  );
  const ofAsked = weighed.filter((memory) => memory.ofAsked);
  const meanings = ofAsked.flatMap((memory) => memory.meaning ?? []);
  const whose = whoseFact(weighed);
  for (const memory of weighed) if (whose !== undefined) memory.parts.whose = whose;
  return {
    ranked: weighed
      .sort(byScore)
      .map(({ namespace, key, value, score, parts }) => ({ namespace, key, value, score, parts })),
    terms: words.length,
    support: ofAsked.reduce((best, memory) => Math.max(best, memory.parts.support), 0),
    ...(meanings.length > 0 ? { meaning: Math.max(...meanings) } : {}),
    ...(whose === undefined ? {} : { whose }),
  };
}

/** Own terms first, then what may stand for them: a store that must cut cuts the last. */
function searched(words: readonly WeightedTerm[]): string[] {
  const own = words.map((word) => word.term);
  return [...new Set([...own, ...words.flatMap((word) => word.alternatives.map((other) => other.term))])];
}

function weigh(
  candidate: Candidate,
  question: ReadQuestion,
  dated: LexicalQuestion,
  undated: LexicalQuestion,
  set: CandidateSet,
  context: QuestionContext,
  extras: (candidate: Candidate) => Partial<ScoreParts>,
): Weighed {
  const fields = priorFields(candidate);
  const lexical = fields.at ? dated : undated;
  const frequencies = weightedFrequencies(candidate, lexical.asked);
  const meaning = candidate.cosine === undefined ? undefined : candidate.cosine - (set.meanCosine ?? 0);
  const parts: ScoreParts = {
    lexical: lexical.score(frequencies),
    dense: denseOf(candidate, set.meanCosine ?? 0, context.options),
    priors: priorsOf(question, fields),
    support: lexical.support(frequencies),
    ...extras(candidate),
  };
  const spokenByAsked =
    question.asked === undefined || fields.speaker === undefined
      ? undefined
      : isCalled(question.asked, fields.speaker);
  return {
    namespace: candidate.namespace,
    key: candidate.key,
    value: candidate.value,
    score:
      parts.lexical +
      parts.dense +
      parts.priors +
      (parts.importance ?? 0) +
      (parts.recency ?? 0) +
      (parts.mood ?? 0),
    parts,
    own:
      spokenByAsked === undefined
        ? 0
        : told(fields.text) * lexical.score(ownFrequencies(candidate, lexical.asked)),
    ofAsked: spokenByAsked !== false,
    ...(meaning === undefined ? {} : { meaning }),
  };
}

function priorFields({ value }: Candidate): PriorFields {
  const at = typeof value.at === "string" ? new Date(value.at) : undefined;
  return {
    text: typeof value.text === "string" ? value.text : "",
    ...(typeof value.speaker === "string" ? { speaker: value.speaker } : {}),
    ...(at && !Number.isNaN(at.getTime()) ? { at } : {}),
  };
}

/** Who asks does not tell: a turn that is all questions counts half as somebody's own fact. */
const told = (text: string): number => 1 - 0.5 * questionShare(text);

/** Below 0 where somebody else's turns answer better than those of the person asked about. */
function whoseFact(memories: readonly Weighed[]): number | undefined {
  if (memories.every((memory) => memory.ofAsked)) return undefined;
  let own = 0;
  let other = 0;
  for (const memory of memories) {
    if (memory.ofAsked) own = Math.max(own, memory.own);
    else other = Math.max(other, memory.own);
  }
  const best = Math.max(own, other);
  return best === 0 ? undefined : (own - other) / best;
}

/** Best first; ties by key, so that the order never depends on the store's. */
function byScore(a: RankedMemory, b: RankedMemory): number {
  return b.score - a.score || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
}
