import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import { reasonOf } from "../../data/errors.js";
import { LexicalEmbeddings } from "../../models/lexical-embeddings.js";
import type { RankedMemory, RankRequest, RankResult } from "./contract.js";
import { rankingOptions } from "./options.js";
import { readQuestion } from "./question.js";
import { byScore, placeOf, type QuestionRanking, rankQuestion } from "./rank-question.js";
import { evidenceFor, relevanceOf, standsAlone, tellingNothing } from "./relevance.js";
import { words } from "./terms.js";

/** Relevance below which nothing counts as relevant, where nothing was calibrated (.30 would be lenient). */
export const defaultThreshold = 0.38;
/** `whose` below which the best match is taken for somebody else's fact (-.35 would be lenient). */
export const someoneElseBelow = -0.12;
/** A longer text is read from its end, where the question stands: a page is no better a question than its last lines. */
const longestQuery = 2_000;
/** A server that hangs must not hold up a turn: words have to do. */
const longestWaitMs = 20_000;

/**
 * The k best memories for what was said and the recall queries made of it, each with the parts of its score.
 *
 * A memory's score is its best over the queries: the parts are on scales that can be compared between questions, and a
 * memory that answers one query fully is a better find than one that touches all. Relevance is the best of all queries
 * too, but each query is held against what was said: a general one ("places where I have lived") makes nobody know
 * Paris; whose fact it is, is judged by the first query that names one person, so by what was said where it does.
 * Embeddings that fail or hang leave words alone, and the result says so. Deterministic; no model is called but the embeddings.
 * @throws SimulacraError `invalid_option`; whatever the store throws
 */
export async function rank(request: RankRequest): Promise<RankResult> {
  const given = rankingOptions(request.options);
  const hashedVectors = given.hashedVectors ?? request.embeddings instanceof LexicalEmbeddings;
  const options = { ...given, hashedVectors };
  const { now } = request;
  const queries = [
    ...new Set(request.queries.map((query) => query.trim().slice(-longestQuery)).filter(Boolean)),
  ];
  const questions = queries.map((query) =>
    readQuestion(query, request.self, request.others ?? [], now, request.timeZone),
  );
  const { vectors, lexicalOnly } = await embed(
    questions.map((question) => question.dense),
    request.embeddings,
  );
  const [said] = questions;
  const alone = said !== undefined && standsAlone(said);
  const general = alone ? { tellingNothing: tellingNothing(said) } : {};
  const rankings = await Promise.all(
    questions.map((question, index) =>
      rankQuestion(question, vectors[index], { ...request, options, ...(index > 0 && general) }),
    ),
  );
  const [bySaid] = rankings;
  /** What a ranking by a query is held against: the one by what was said, if that stands for itself. */
  const heldAgainst = (ranking: QuestionRanking) => (alone && ranking !== bySaid ? bySaid : undefined);
  const relevance = Math.max(
    0,
    ...rankings.map((ranking) => relevanceOf(ranking, options, heldAgainst(ranking))),
  );
  const evidence = rankings.map((ranking) => evidenceFor(ranking, heldAgainst(ranking)));
  const whose = rankings.find((ranking) => ranking.whose !== undefined)?.whose;
  return {
    memories: withoutRepeats(merged(rankings, evidence), request.k),
    support: Math.max(0, ...rankings.map((ranking) => ranking.support)),
    relevance,
    nothingRelevant: relevance < (request.threshold ?? defaultThreshold),
    someoneElse: whose !== undefined && whose < someoneElseBelow,
    ...(whose === undefined ? {} : { whose }),
    ...(lexicalOnly ? { lexicalOnly } : {}),
  };
}

async function embed(
  texts: readonly string[],
  embeddings: EmbeddingsInterface | undefined,
): Promise<{ vectors: readonly number[][]; lexicalOnly?: { reason: string } }> {
  if (!embeddings) return { vectors: [], lexicalOnly: { reason: "no embeddings were given" } };
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const reason = new Error(`the embeddings gave nothing within ${longestWaitMs / 1000} s`);
    timer = setTimeout(reject, longestWaitMs, reason);
  });
  try {
    const vectors = Promise.all(texts.map((text) => embeddings.embedQuery(text)));
    return { vectors: await Promise.race([vectors, late]) };
  } catch (error) {
    return { vectors: [], lexicalOnly: { reason: reasonOf(error) } };
  } finally {
    clearTimeout(timer);
  }
}

/** Every memory once, with its best score and evidence over the questions; best first, ties by place. */
function merged(
  rankings: readonly QuestionRanking[],
  evidence: readonly ReadonlyMap<string, number>[],
): RankedMemory[] {
  const best = new Map<string, RankedMemory>();
  for (const { ranked } of rankings) {
    for (const memory of ranked) {
      const place = placeOf(memory);
      const known = best.get(place);
      if (!known || memory.score > known.score) best.set(place, memory);
    }
  }
  return [...best]
    .map(([place, memory]) => ({
      ...memory,
      evidence: Math.max(0, ...evidence.map((found) => found.get(place) ?? 0)),
    }))
    .sort(byScore);
}

/** The first k that do not say, word for word, what a better one says. */
function withoutRepeats(memories: readonly RankedMemory[], k: number): RankedMemory[] {
  const said = new Set<string>();
  const kept: RankedMemory[] = [];
  for (const memory of memories) {
    if (kept.length >= k) break;
    const text = typeof memory.value.text === "string" ? words(memory.value.text).join(" ") : "";
    if (text !== "" && said.has(text)) continue;
    said.add(text);
    kept.push(memory);
  }
  return kept;
}
