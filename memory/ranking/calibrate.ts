import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import type { MemoryStore } from "../backends/memory-store.js";
import type { KnownPerson, RankingOptions } from "./contract.js";
import { foreignQuestions } from "./foreign-questions.js";
import { defaultThreshold, rank } from "./rank.js";
import { termOf, words } from "./terms.js";

export interface CalibrationRequest {
  store: MemoryStore;
  /** Same model as the store's; without it relevance is judged by words. */
  embeddings?: EmbeddingsInterface;
  namespaces: readonly string[][];
  self: KnownPerson;
  options?: Partial<RankingOptions>;
}

/** Below the lower bound one answers from a single chance word, above the upper one denies what one knows. */
const lowest = 0.34;
const highest = 0.5;
/** So many own questions are made, of memories spread evenly over so many records at most. */
const ownQuestions = 10;
const mostRead = 300;
/** An own question has so many telling words of one sentence and so many of none: askers use words of their own. */
const ownWords = 3;
const otherWords = 2;
const now = new Date(0);

/**
 * The threshold of relevance for one character and embedding model, in [.34, .5], found without any model call: questions
 * made of own memories, half in other words, against a fixed list of foreign ones. It lies in the middle between what
 * nine of ten foreign questions stay below and what every second own one reaches (they are harder than real ones). Deterministic; 30 questions, so under a
 * second for a hundred memories. Without memories the default; undefined where the given embeddings fail.
 */
export async function calibrateThreshold(request: CalibrationRequest): Promise<number | undefined> {
  const own = await questionsOfOwn(request.store, request.namespaces);
  if (own.length === 0) return defaultThreshold;
  const foreign = await relevances(foreignQuestions, request);
  const known = foreign && (await relevances(own, request));
  if (!known) return undefined;
  const middle = (quantile(foreign, 0.9) + quantile(known, 0.5)) / 2;
  const threshold = Math.min(highest, Math.max(lowest, middle));
  return Math.round(threshold * 1000) / 1000;
}

/** Undefined where the embeddings fail: relevance by words alone is on another scale. */
async function relevances(
  questions: readonly string[],
  request: CalibrationRequest,
): Promise<number[] | undefined> {
  const found: number[] = [];
  for (const question of questions) {
    const { relevance, lexicalOnly } = await rank({ ...request, queries: [question], now, k: 1 });
    if (lexicalOnly && request.embeddings) return undefined;
    found.push(relevance);
  }
  return found;
}

async function questionsOfOwn(store: MemoryStore, namespaces: readonly string[][]): Promise<string[]> {
  const items = (
    await Promise.all(namespaces.map((namespace) => store.search(namespace, { limit: mostRead })))
  ).flat();
  const texts = items
    .map(({ namespace, key, value }) => ({ place: [...namespace, key].join("\n"), text: value.text }))
    .filter((item): item is { place: string; text: string } => typeof item.text === "string")
    .sort((a, b) => (a.place < b.place ? -1 : 1))
    .map(({ text }) => text);
  const count = Math.min(ownQuestions, texts.length);
  return Array.from({ length: count }, (_, index) => texts[Math.floor((index * texts.length) / count)] ?? "")
    .map((text, index) => ownQuestion(text, foreignQuestions[index % foreignQuestions.length] ?? ""))
    .filter((question) => question !== "");
}

/** The longest sentence's telling words, evenly drawn, and two words of a foreign question. */
function ownQuestion(text: string, foreign: string): string {
  const sentences = text.split(/[.!?。！？\n]+/u);
  const longest = sentences.reduce((best, sentence) => (sentence.length > best.length ? sentence : best), "");
  const own = tellingWords(longest);
  const step = Math.max(1, own.length / ownWords);
  const kept = Array.from(
    { length: Math.min(ownWords, own.length) },
    (_, index) => own[Math.floor(index * step)] ?? "",
  );
  return kept.length === 0 ? "" : [...kept, ...tellingWords(foreign).slice(-otherWords)].join(" ");
}

const tellingWords = (text: string): string[] => [
  ...new Set(words(text).filter((word) => termOf(word) !== undefined)),
];

/** The value below which the share lies, by linear interpolation (type 7 of Hyndman & Fan 1996). */
function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? 0;
  return below + ((sorted[Math.ceil(place)] ?? below) - below) * (place % 1);
}
