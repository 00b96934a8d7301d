import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import { z } from "zod";
import { type Interval, wilsonInterval } from "../../../evals/core/statistics/index.js";
import { SqliteMemoryStore } from "../../../memory/backends/sqlite/sqlite-memory-store.js";
import { rank } from "../../../memory/ranking/rank.js";
import { resolveEmbeddings } from "../../../models/index.js";
import { sharedFolder } from "../shared-folder.js";
import { Bm25 } from "./bm25.js";
import { sentenceEncoder } from "./sentence-encoder.js";

const namespace = ["life"];
const depths = [1, 3, 5] as const;

/** Share of the questions for which a memory that answers is among the first k, with its 95 % interval (Wilson 1927). */
export interface HitRate {
  k: number;
  hits: number;
  rate: number;
  interval: Interval;
}
export interface HitRates {
  n: number;
  at: HitRate[];
}

/** Recall over published life-story memories, question only. */
export interface StoryRecallReport {
  bm25: HitRates;
  /** Our ranking with hashed vectors, and with the sentence encoder (null without one). */
  lexical: HitRates;
  encoder: HitRates | null;
}

const labelsSchema = z.object({
  items: z.array(
    z.object({ character: z.string(), question: z.string(), memories: z.array(z.string()).min(1) }),
  ),
});
const memoriesSchema = z.record(
  z.string(),
  z.object({ Memory: z.object({ "Memory Content": z.string().min(1) }) }),
);

type Label = z.infer<typeof labelsSchema>["items"][number];
type Memory = { key: string; text: string };
/** Keys of a character's memories, best first. */
type Recall = (question: string) => Promise<string[]>;

/**
 * Hit@1/3/5 over the published memories of the characters in `data` (a folder with `Memories/<name>/long_memory.json`),
 * by the labels of `labels`; null, with a message, where the data is not there.
 */
export async function storyRecallBench(options: {
  data?: string;
  labels?: string;
}): Promise<StoryRecallReport | null> {
  const data = options.data ?? sharedFolder("data/human-simulacra/Characters");
  const file = options.labels ?? sharedFolder("reference/story-recall.json");
  if (data === null || file === null) return null;
  const labels = labelsSchema.parse(JSON.parse(await readFile(file, "utf8")));
  const { embeddings: hashed } = await resolveEmbeddings("lexical");
  const encoder = await sentenceEncoder();
  const ranks = { bm25: [] as number[], lexical: [] as number[], encoder: [] as number[] };
  for (const character of new Set(labels.items.map((item) => item.character))) {
    const memories = await memoriesOf(data, character);
    if (!memories) {
      process.stderr.write(`${character}: no memories in ${data}, left out.\n`);
      continue;
    }
    process.stderr.write(`${character}: ${memories.length} memories\n`);
    const asked = labels.items.filter((item) => item.character === character);
    const words = new Bm25(memories.map(({ text }) => text));
    const plain: Recall = async (question) => words.rank(question).map((index) => memories[index]?.key ?? "");
    ranks.bm25.push(...(await firstHits(asked, plain)));
    ranks.lexical.push(...(await withOurs(asked, character, memories, hashed, true)));
    if (encoder) ranks.encoder.push(...(await withOurs(asked, character, memories, encoder, false)));
  }
  return {
    bm25: hitRates(ranks.bm25),
    lexical: hitRates(ranks.lexical),
    encoder: encoder ? hitRates(ranks.encoder) : null,
  };
}

async function readJson<T>(path: string, schema: z.ZodType<T>): Promise<T | undefined> {
  try {
    return schema.parse(JSON.parse(await readFile(path, "utf8")));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

async function memoriesOf(data: string, character: string): Promise<Memory[] | undefined> {
  const published = await readJson(join(data, "Memories", character, "long_memory.json"), memoriesSchema);
  return (
    published &&
    Object.entries(published).map(([key, { Memory }]) => ({ key, text: Memory["Memory Content"] }))
  );
}

async function withOurs(
  asked: readonly Label[],
  name: string,
  memories: readonly Memory[],
  embeddings: EmbeddingsInterface,
  hashedVectors: boolean,
): Promise<number[]> {
  const store = await SqliteMemoryStore.open({ path: ":memory:", embeddings, embeddingModel: "benchmark" });
  await store.batch(memories.map(({ key, text }) => ({ namespace, key, value: { text } })));
  const hits = await firstHits(asked, async (question) => {
    const { memories: found } = await rank({
      store,
      embeddings,
      namespaces: [namespace],
      queries: [question],
      self: { name },
      now: new Date(),
      k: Math.max(...depths),
      options: { hashedVectors },
    });
    return found.map(({ key }) => key);
  });
  await store.close();
  return hits;
}

/** For each question the place (from 0) of the first memory that answers it; Infinity where none was found. */
async function firstHits(asked: readonly Label[], recall: Recall): Promise<number[]> {
  const places: number[] = [];
  for (const { question, memories } of asked) {
    const place = (await recall(question)).findIndex((key) => memories.includes(key));
    places.push(place < 0 ? Number.POSITIVE_INFINITY : place);
  }
  return places;
}

function hitRates(places: readonly number[]): HitRates {
  const n = places.length;
  const at = depths.map((k): HitRate => {
    const hits = places.filter((place) => place < k).length;
    return { k, hits, rate: hits / n, interval: wilsonInterval(hits, n) };
  });
  return { n, at };
}

/** The report for people. */
export function storyRecallTable(report: StoryRecallReport): string {
  const row = (name: string, rates: HitRates | null) =>
    rates === null
      ? `${name.padEnd(8)} not measured: no sentence encoder is installed`
      : `${name.padEnd(8)} ${rates.at.map(({ rate, interval }) => `${rate.toFixed(3)} [${interval.map((end) => end.toFixed(2)).join(", ")}]`).join("  ")}  n ${rates.n}`;
  return `${[
    "         hit@1               hit@3               hit@5  (95 % Wilson intervals)",
    row("bm25", report.bm25),
    row("lexical", report.lexical),
    row("encoder", report.encoder),
  ].join("\n")}\n`;
}
