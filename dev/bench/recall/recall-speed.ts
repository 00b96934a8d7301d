import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import { mean } from "../../../evals/core/statistics/moments.js";
import { SqliteMemoryStore } from "../../../memory/backends/sqlite/sqlite-memory-store.js";
import { rank } from "../../../memory/ranking/rank.js";
import { EnergeticEmbeddings, LexicalEmbeddings } from "../../../models/index.js";
import { median, quantileOf, type Row } from "../figures.js";
import { fill, PlainFullText, rebuildIndex } from "./passage-store.js";
import { type Corpus, readCorpus, windows } from "./passages.js";
import { RememberingEmbeddings } from "./remembering-embeddings.js";

export interface RecallSpeedOptions {
  /** How many passages the large and the small store hold. @default 100000 and 10000 */
  large?: number;
  small?: number;
  /** How many questions are asked of each. @default 200 */
  questions?: number;
  /** Measure the index over the sentence encoder's vectors as well (minutes of embedding). @default true */
  encoder?: boolean;
  onProgress?: (message: string) => void;
}

/** Words of a passage, and of one for the encoder, which is slow for long texts. */
const passageWords = 50;
const encodedWords = 20;

/**
 * Measures recall without the embedding call over real text: time of the whole recall, quality of the HNSW index
 * against comparing everything, opening and rebuilding. Beside it, in the same run, what plain full-text search over
 * all the question's words and comparing all vectors cost. Null where the data is not beside the project.
 */
export async function recallSpeed(options: RecallSpeedOptions = {}): Promise<Row[] | null> {
  const { large = 100_000, small = 10_000, questions = 200, encoder = true, onProgress = () => {} } = options;
  const corpus = await readCorpus();
  if (corpus === null) return null;
  const asked = evenly(corpus.questions, questions);
  const folder = mkdtempSync(join(tmpdir(), "recall-speed-"));
  const lexical = { name: "hashed", embeddings: new LexicalEmbeddings() };
  try {
    const run = { folder, questions: asked, onProgress };
    const rows = [
      ...(await measure({
        ...run,
        ...lexical,
        corpus,
        count: small,
        words: passageWords,
        limits: { p50: 10 },
      })),
      ...(await measure({
        ...run,
        ...lexical,
        corpus,
        count: large,
        words: passageWords,
        limits: { p50: 15, recall: 0.96, open: 2000 },
      })),
    ];
    if (encoder) {
      const energetic = { name: "encoder", embeddings: new EnergeticEmbeddings() };
      rows.push(
        ...(await measure({
          ...run,
          ...energetic,
          corpus,
          count: small,
          words: encodedWords,
          limits: { recall: 0.97 },
          exactBelow: 0,
        })),
      );
    }
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Measuring {
  folder: string;
  name: string;
  embeddings: EmbeddingsInterface;
  corpus: Corpus;
  count: number;
  words: number;
  questions: readonly string[];
  limits: { p50?: number; recall?: number; open?: number };
  /** Only where the index is measured in a store that would not need one. */
  exactBelow?: number;
  onProgress: (message: string) => void;
}

async function measure(run: Measuring): Promise<Row[]> {
  const { count, name, limits, onProgress } = run;
  const title = `${count} ${name}`;
  const path = join(run.folder, `${name}-${count}.sqlite`);
  const passages = windows(run.corpus.words, count, run.words);
  const embeddings = new RememberingEmbeddings(run.embeddings);
  const settings = {
    path,
    embeddings: run.embeddings,
    embeddingModel: name,
    ...(run.exactBelow === undefined ? {} : { exactBelow: run.exactBelow }),
  };

  onProgress(`${title}: writing ${passages.length} passages`);
  const writing = await timed(async () => fill(await SqliteMemoryStore.open(settings), passages));
  onProgress(`${title}: building the index`);
  const building = await timed(async () => rebuildIndex(settings));
  const opening = await timed(() => SqliteMemoryStore.open(settings));
  const store = opening.value;
  // Whoever asks has embedded the question already: its vector is remembered, only the recall is measured.
  await Promise.all(run.questions.map((question) => embeddings.embedQuery(question)));

  onProgress(`${title}: asking ${run.questions.length} questions`);
  const recalls = await times(run.questions, (question) =>
    rank({
      store,
      embeddings,
      namespaces: [["life"]],
      queries: [question],
      self: { name: "Nobody" },
      now: new Date(),
      k: 5,
      options: { hashedVectors: name === "hashed" },
    }),
  );
  await store.close();
  const exact = await SqliteMemoryStore.open({ ...settings, exactBelow: Number.POSITIVE_INFINITY });
  const approximate = await SqliteMemoryStore.open({ ...settings, exactBelow: run.exactBelow ?? 0 });
  await approximate.buildIndex();
  const nearest = (from: SqliteMemoryStore) => async (question: string) =>
    from.candidates({
      namespaces: [["life"]],
      terms: [],
      vector: await embeddings.embedQuery(question),
      denseLimit: 10,
      lexicalLimit: 0,
    });
  const scans = await times(run.questions, nearest(exact));
  const graph = await times(run.questions, nearest(approximate));
  const found = agreement(graph.results, scans.results);
  await exact.close();
  await approximate.close();
  const fullText = new PlainFullText(passages);
  const plain = await times(run.questions, async (question) => fullText.search(question));
  fullText.close();

  const limit = (value: number | undefined) => (value === undefined ? {} : { limit: value });
  const p50 = (list: { milliseconds: number[] }) => median(list.milliseconds);
  const row = (what: string, measured: number, unit: string, more: Partial<Row> = {}): Row => ({
    what: `${title}: ${what}`,
    measured,
    unit,
    ...more,
  });
  return [
    row("whole recall, p50", p50(recalls), "ms", {
      ...limit(limits.p50),
      baseline: { name: "plain FTS5 + exact scan", value: p50(plain) + p50(scans) },
    }),
    row("whole recall, p95", quantileOf(recalls.milliseconds, 0.95), "ms"),
    row("nearest 10 by HNSW, p50", p50(graph), "ms", { baseline: { name: "exact scan", value: p50(scans) } }),
    row("HNSW recall@10 against exact", found, "", { ...limit(limits.recall), atLeast: true }),
    row("opening with a valid index", opening.milliseconds, "ms", limit(limits.open)),
    row("writing, a passage (with its vector)", writing.milliseconds / passages.length, "ms"),
    row("building the index from the database", building.milliseconds / 1000, "s"),
  ];
}

interface Ranked {
  candidates: { cosine?: number }[];
}

/** Share of the ten best by exact comparison that were found; records equally near count as the same. */
function agreement(found: readonly Ranked[], exact: readonly Ranked[]): number {
  const shares = exact.map(({ candidates }, index) => {
    const cosines = candidates.map(({ cosine }) => cosine ?? 0).sort((left, right) => right - left);
    const last = (cosines[Math.min(9, cosines.length - 1)] ?? 0) - 1e-6;
    const hits = (found[index]?.candidates ?? []).filter(({ cosine }) => (cosine ?? 0) >= last).length;
    return Math.min(1, hits / Math.min(10, cosines.length));
  });
  return mean(shares);
}

async function times<T>(questions: readonly string[], ask: (question: string) => Promise<T>) {
  const milliseconds: number[] = [];
  const results: T[] = [];
  // A first pass over a few questions warms the compiler and the page cache up.
  for (const question of questions.slice(0, 10)) await ask(question);
  for (const question of questions) {
    const asked = await timed(() => ask(question));
    milliseconds.push(asked.milliseconds);
    results.push(asked.value);
  }
  return { milliseconds, results };
}

async function timed<T>(work: () => Promise<T>): Promise<{ value: T; milliseconds: number }> {
  const start = performance.now();
  const value = await work();
  return { value, milliseconds: performance.now() - start };
}

function evenly<T>(list: readonly T[], count: number): T[] {
  const step = Math.max(1, list.length / count);
  return Array.from(
    { length: Math.min(count, list.length) },
    (_, index) => list[Math.floor(index * step)] as T,
  );
}
