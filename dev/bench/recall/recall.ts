import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import { resolveEmbeddings } from "../../../models/index.js";
import { answerable, foreignQuestions, misattributed, withTypo } from "./changed-questions.js";
import { ConversationMemory } from "./conversation-memory.js";
import { type Conversation, readConversations, type Skipped } from "./locomo.js";
import { RecallBaselines } from "./recall-baselines.js";
import { areaUnderRoc, type Found, type RecallQuality, recallQuality } from "./recall-measures.js";
import { RememberingEmbeddings } from "./remembering-embeddings.js";
import { sentenceEncoder } from "./sentence-encoder.js";

/** What `bench recall` prints with --json; a figure that cannot be measured is null. */
export interface RecallReport {
  /** Plain BM25 over "Speaker: text". */
  bm25: RecallQuality;
  /** Reciprocal rank fusion of BM25 and the sentence encoder; null without one. */
  naive: RecallQuality | null;
  /** Our ranking with hashed lexical vectors. */
  lexical: RecallQuality;
  /** Our ranking with the sentence encoder; null without one. */
  encoder: RecallQuality | null;
  /**
   * Areas under the ROC curve, with the encoder where there is one: `relevance` for questions of other conversations,
   * `whose` for questions that ask one speaker for the other's fact, each against categories 1-4.
   */
  nothingRelevant: { foreign: number | null; wrongPerson: number | null };
  /** One typing error a question, hashed vectors (the harder case). */
  typo: { n: number; r5: number };
}

interface Evidence {
  found: Found[];
  /** Relevance and whose of the questions with evidence, of foreign ones, and of misattributed ones. */
  own: Signal[];
  foreign: Signal[];
  wrongPerson: Signal[];
  mistyped: Found[];
}
interface Signal {
  relevance: number;
  whose: number;
}

/** Recall of the evidence over a folder of conversations in the LoCoMo form. */
export async function recallBench(options: { data: string }): Promise<RecallReport> {
  const { conversations, skipped } = await readConversations(options.data);
  const hashed = new RememberingEmbeddings((await resolveEmbeddings("lexical")).embeddings);
  const encoder = await sentenceEncoder();
  tell(`${conversations.length} conversations${leftOut(skipped)}`);
  const baselines: { bm25: Found[]; naive: Found[] } = { bm25: [], naive: [] };
  const lexical = noEvidence();
  const dense = noEvidence();
  for (const [index, conversation] of conversations.entries()) {
    tell(`[${index + 1}/${conversations.length}] ${conversation.name}: ${conversation.turns.length} turns`);
    await askBaselines(conversation, encoder, baselines);
    const byWords = await ConversationMemory.of(conversation, hashed, true);
    await askAnswerable(conversation, byWords, lexical);
    await askMistyped(conversation, byWords, lexical);
    if (!encoder) await askUnanswerable(conversation, conversations, byWords, lexical);
    await byWords.close();
    if (!encoder) continue;
    const byMeaning = await ConversationMemory.of(conversation, encoder, false);
    await askAnswerable(conversation, byMeaning, dense);
    await askUnanswerable(conversation, conversations, byMeaning, dense);
    await byMeaning.close();
  }
  const signals = encoder ? dense : lexical;
  return {
    bm25: recallQuality(baselines.bm25),
    naive: encoder ? recallQuality(baselines.naive) : null,
    lexical: recallQuality(lexical.found),
    encoder: encoder ? recallQuality(dense.found) : null,
    nothingRelevant: {
      foreign: area(signals.own, signals.foreign, "relevance"),
      wrongPerson: area(signals.own, signals.wrongPerson, "whose"),
    },
    typo: { n: lexical.mistyped.length, r5: recallQuality(lexical.mistyped).r5 },
  };
}

const noEvidence = (): Evidence => ({ found: [], own: [], foreign: [], wrongPerson: [], mistyped: [] });
const tell = (line: string): boolean => process.stderr.write(`${line}\n`);

async function askBaselines(
  conversation: Conversation,
  encoder: EmbeddingsInterface | undefined,
  into: { bm25: Found[]; naive: Found[] },
): Promise<void> {
  const baselines = await RecallBaselines.of(conversation, encoder);
  for (const { question, evidence } of answerable(conversation)) {
    into.bm25.push({ ids: baselines.bm25(question), evidence });
    const naive = encoder && baselines.naive(question, await encoder.embedQuery(question));
    if (naive) into.naive.push({ ids: naive, evidence });
  }
}

async function ask(memory: ConversationMemory, question: string): Promise<{ ids: string[]; signal: Signal }> {
  const { memories, relevance, whose = 0 } = await memory.recall(question);
  return { ids: memories.map(({ key }) => key), signal: { relevance, whose } };
}

async function askAnswerable(
  conversation: Conversation,
  memory: ConversationMemory,
  into: Evidence,
): Promise<void> {
  for (const { question, evidence } of answerable(conversation)) {
    const { ids, signal } = await ask(memory, question);
    into.found.push({ ids, evidence });
    into.own.push(signal);
  }
}

async function askMistyped(
  conversation: Conversation,
  memory: ConversationMemory,
  into: Evidence,
): Promise<void> {
  for (const { question, evidence } of answerable(conversation)) {
    const { ids } = await ask(memory, withTypo(question, conversation.speakers));
    into.mistyped.push({ ids, evidence });
  }
}

async function askUnanswerable(
  conversation: Conversation,
  all: readonly Conversation[],
  memory: ConversationMemory,
  into: Evidence,
): Promise<void> {
  for (const question of foreignQuestions(conversation, all))
    into.foreign.push((await ask(memory, question)).signal);
  for (const { question } of misattributed(conversation))
    into.wrongPerson.push((await ask(memory, question)).signal);
}

function area(own: readonly Signal[], other: readonly Signal[], signal: keyof Signal): number | null {
  return areaUnderRoc(
    own.map((one) => one[signal]),
    other.map((one) => one[signal]),
  );
}

function leftOut({ files, turns, questions, evidenceIds }: Skipped): string {
  const parts = [
    [files, "files"],
    [turns, "turns"],
    [questions, "questions"],
    [evidenceIds, "evidence ids of no turn"],
  ].flatMap(([count, what]) => (count === 0 ? [] : [`${count} ${what}`]));
  return parts.length === 0 ? "" : `; left out as malformed: ${parts.join(", ")}`;
}

/** The report for people. */
export function recallTable(report: RecallReport): string {
  const row = (name: string, quality: RecallQuality | null) =>
    quality === null
      ? `${name.padEnd(10)} not measured: no sentence encoder is installed`
      : `${name.padEnd(10)} ${[quality.r1, quality.r5, quality.r10, quality.r20, quality.mrr].map((value) => value.toFixed(3)).join("  ")}   n ${quality.n}`;
  const figure = (value: number | null) => (value === null ? "not measured" : value.toFixed(3));
  return `${[
    "            R@1    R@5   R@10   R@20    MRR",
    row("bm25", report.bm25),
    row("naive", report.naive),
    row("lexical", report.lexical),
    row("encoder", report.encoder),
    `nothing relevant (AUROC): foreign ${figure(report.nothingRelevant.foreign)}, wrong person ${figure(report.nothingRelevant.wrongPerson)}`,
    `one typing error, no encoder: R@5 ${report.typo.r5.toFixed(3)}   n ${report.typo.n}`,
  ].join("\n")}\n`;
}
