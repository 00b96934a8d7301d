import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import type { MemoryStore } from "../backends/memory-store.js";

/** A person whom a question may name: the character ("self") or somebody in the conversation. */
export interface KnownPerson {
  name: string;
  aliases?: readonly string[];
}

/** Why a memory was ranked where it was; every part is on a scale that can be compared between questions. */
export interface ScoreParts {
  lexical: number;
  dense: number;
  priors: number;
  /** Share of the question's information (idf) found in this memory and its neighbours, [0, 1]. */
  support: number;
  /** Below 0: the best match belongs to somebody other than the person asked about. Absent where unknown. */
  whose?: number;
  /** Only where their weight is not 0 and the memory knows its value. */
  importance?: number;
  recency?: number;
  mood?: number;
}

export interface RankRequest {
  store: MemoryStore;
  /** Same model as the store's; without it (or where it fails) only words count. */
  embeddings?: EmbeddingsInterface;
  namespaces: readonly string[][];
  /** What was said (first) and the recall queries made of it: all rank, but what was said decides what is relevant. */
  queries: readonly string[];
  /** The character: "you" in a question means them. */
  self: KnownPerson;
  /** Other people who may be named: interlocutors, the other speaker of a dialogue. */
  others?: readonly KnownPerson[];
  /** Time of asking, for questions about dates. */
  now: Date;
  /** IANA name of the zone in which "yesterday" is a day. @default "UTC" */
  timeZone?: string;
  k: number;
  /**
   * How many records by words and by meaning are weighed: more find what stands far down, fewer are quicker.
   * @default the store's (200 and 100)
   */
  candidates?: { lexical: number; dense: number };
  /** Relevance below which nothing counts as relevant (calibrated for character and embedding model). @default 0.38 */
  threshold?: number;
  options?: Partial<RankingOptions>;
}

/** Every weight of the ranking (sources and effects: README, "How memories are ranked"). */
export interface RankingOptions {
  /** Weight of meaning for turns of a dialogue. @default 1 */
  dialogueDenseWeight: number;
  /** Weight of meaning for narrative memories (no conversation). @default 2 */
  narrativeDenseWeight: number;
  /** Weight of meaning for both when the vectors are hashed words. @default 0.3 */
  hashedDenseWeight: number;
  /** Whether the vectors are hashed words. @default whether the embeddings are `LexicalEmbeddings`, unwrapped */
  hashedVectors?: boolean;
  /** Weight of a synonym of a question's word. @default 0.5 */
  synonymWeight: number;
  /** Weight of the nearest known word in place of an unknown one (typing errors). @default 0.7 */
  nearestWordWeight: number;
  /** @default 0, all three: none of them helped to find the evidence */
  importanceWeight: number;
  recencyWeight: number;
  moodWeight: number;
  /** Present mood, for mood-congruent recall when `moodWeight` is not 0. */
  mood?: { valence: number; arousal: number };
}

export interface RankedMemory {
  namespace: string[];
  key: string;
  value: Record<string, unknown>;
  score: number;
  parts: ScoreParts;
  /** Share of what was asked that it is evidence for, [0, 1]: with several queries, of what was said rather than of them. */
  evidence: number;
}

export interface RankResult {
  memories: RankedMemory[];
  /** Best support among the memories of the person asked about. */
  support: number;
  /** Support, raised or lowered by how near in meaning the nearest memory is: what `threshold` is compared with. */
  relevance: number;
  nothingRelevant: boolean;
  /** The best match is a fact about another person. */
  someoneElse: boolean;
  /** (best of the person asked about - best of others) / best, in [-1, 1]; absent where nobody can tell. */
  whose?: number;
  /** No vector took part: no embeddings were given, or they failed (then with the reason). */
  lexicalOnly?: { reason: string };
}
