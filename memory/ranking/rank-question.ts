import type { Candidate, CandidateRequest, MemoryStore } from "../backends/memory-store.js";
import type { AskedTime } from "./asked-time.js";
import type { KnownPerson, RankedMemory, RankingOptions, RankRequest } from "./contract.js";
import { asEvidence } from "./evidence.js";
import { LexicalQuestion, type WeightedTerm } from "./lexical.js";
import { optionalParts } from "./optional-parts.js";
import type { ReadQuestion } from "./question.js";
import { questionWords } from "./question-words.js";
import { talkSpan } from "./talk-span.js";
import { type Scales, type WeighedMemory, weighMemory } from "./weigh-memory.js";

/** One question's view of the store: every candidate with its parts, best first, and the evidence about the whole. */
export interface QuestionRanking {
  ranked: RankedMemory[];
  /** How many terms of the question count as evidence. */
  terms: number;
  /** By place: the share of the question that a memory of the person asked about is evidence for. */
  evidence: ReadonlyMap<string, number>;
  /** Best support among the memories of the person asked about. */
  support: number;
  /** Highest cosine above the store's mean among the same memories; unknown without vectors. */
  meaning?: number;
  /** (best own - best of others) / best; unknown unless one person is asked about and both have spoken. */
  whose?: number;
}

export interface QuestionContext {
  candidates?: RankRequest["candidates"];
  store: MemoryStore;
  namespaces: readonly string[][];
  options: RankingOptions;
  now: Date;
  self: KnownPerson;
  /** Terms that a memory is not known by: the general words of a query that was made of something else. */
  tellingNothing?: ReadonlySet<string>;
}

/** Ranks every candidate for one question; the vector is that of `question.dense`. */
export async function rankQuestion(
  read: ReadQuestion,
  vector: readonly number[] | undefined,
  context: QuestionContext,
): Promise<QuestionRanking> {
  const words = await questionWords(read, context.store, context.namespaces, context.options);
  const dateWords = read.dateTerms.map((term): WeightedTerm => ({ term, alternatives: [] }));
  const set = await context.store.candidates({
    namespaces: context.namespaces,
    terms: searched([...words, ...dateWords]),
    ...(vector ? { vector } : {}),
    ...(read.time && { told: toldAt(read.time) }),
    ...(context.candidates && {
      lexicalLimit: context.candidates.lexical,
      denseLimit: context.candidates.dense,
    }),
  });
  const question = withTalk(read, set.candidates, context.now);
  const lexical = new LexicalQuestion(words, set.documents, set.documentFrequency);
  const undated =
    dateWords.length > 0
      ? new LexicalQuestion([...words, ...dateWords], set.documents, set.documentFrequency)
      : lexical;
  const { tellingNothing } = context;
  const judging = tellingNothing ? words.filter(({ term }) => !tellingNothing.has(term)) : words;
  const judged = (more: readonly WeightedTerm[]) =>
    new LexicalQuestion([...judging, ...more], set.documents, set.documentFrequency);
  const scales: Scales = {
    question,
    dated: lexical,
    undated,
    judged:
      judging.length === words.length
        ? { dated: lexical, undated }
        : { dated: judged([]), undated: judged(dateWords) },
    evidence: asEvidence(set.candidates, context.self.name),
    meanCosine: set.meanCosine ?? 0,
    options: context.options,
    optional: optionalParts(set.candidates, context.options, context.now),
  };
  const weighed = set.candidates.map((candidate) => weighMemory(candidate, scales));
  const ofAsked = weighed.filter((memory) => memory.ofAsked);
  // Where a time alone is asked for the words mean nothing: what was told then answers, whatever it is about.
  const meant = question.timeOnly ? ofAsked.filter(({ value }) => value.at === undefined) : ofAsked;
  const meanings = meant.flatMap((memory) => memory.meaning ?? []);
  const whose = whoseFact(weighed);
  for (const memory of weighed) if (whose !== undefined) memory.parts.whose = whose;
  return {
    ranked: weighed.sort(byScore).map(({ namespace, key, value, score, parts, evidence }) => ({
      namespace,
      key,
      value,
      score,
      parts,
      evidence,
    })),
    terms: judging.length,
    evidence: new Map(ofAsked.map((memory) => [placeOf(memory), memory.evidence])),
    support: ofAsked.reduce((best, memory) => Math.max(best, memory.parts.support), 0),
    ...(meanings.length > 0 ? { meaning: Math.max(...meanings) } : {}),
    ...(whose === undefined ? {} : { whose }),
  };
}

/** What was told so soon after a named day may be about it. */
const DAYS_AROUND_MS = 2 * 86_400_000;
/** So many memories of the asked time are looked at; of talks, of which first the bounds have to be found, more. */
const toldThen = 40;
const toldInTalks = 100;

const toldAt = ({ spans, named, talk }: AskedTime): NonNullable<CandidateRequest["told"]> => {
  if (talk) return { order: talk, limit: toldInTalks };
  const around = named ? DAYS_AROUND_MS : 0;
  return {
    spans: spans.map(({ from, to }) => ({ from, to: to + around })),
    order: "last",
    limit: toldThen,
  };
};

/** The question with the talk that it asks for as a time. */
function withTalk(question: ReadQuestion, candidates: readonly Candidate[], now: Date): ReadQuestion {
  const { talk } = question.time ?? {};
  if (!talk) return question;
  const told = candidates.flatMap(({ value }) => (typeof value.at === "string" ? Date.parse(value.at) : []));
  const span = talkSpan(talk, told, now);
  return { ...question, time: { spans: span ? [span] : [] } };
}

/** Own terms first, then what may stand for them: a store that must cut cuts the last. */
function searched(words: readonly WeightedTerm[]): string[] {
  const own = words.map((word) => word.term);
  return [...new Set([...own, ...words.flatMap((word) => word.alternatives.map((other) => other.term))])];
}

/** Below 0 where somebody else's turns answer better than those of the person asked about. */
function whoseFact(memories: readonly WeighedMemory[]): number | undefined {
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

/** Best first; ties by place, so that the order never depends on the store's. */
export function byScore(a: RankedMemory, b: RankedMemory): number {
  return b.score - a.score || (a.key === b.key ? (placeOf(a) < placeOf(b) ? -1 : 1) : a.key < b.key ? -1 : 1);
}

/** One string for a memory's place in the store. */
export const placeOf = ({ namespace, key }: RankedMemory): string => JSON.stringify([...namespace, key]);
