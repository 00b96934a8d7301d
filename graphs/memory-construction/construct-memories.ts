import { createHash } from "node:crypto";
import type { Callbacks } from "@langchain/core/callbacks/manager";
import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import type { PutOperation } from "@langchain/langgraph-checkpoint";
import {
  type ConstructionJournal,
  type ConstructionPart,
  type ConstructionState,
  constructedParts,
} from "../../agents/construction.js";
import { traitLines } from "../../agents/persona.js";
import { promptBudget } from "../../agents/prompt-budget.js";
import type { Character } from "../../data/character.js";
import { reasonOf, SimulacraError } from "../../data/errors.js";
import { type StoryChunk, storyChunks, storyParagraphs } from "../../data/story.js";
import type { MemoryStore } from "../../memory/backends/memory-store.js";
import { LIFE } from "../../memory/ownership.js";
import { allItems } from "../../memory/pages.js";
import type { MemoryRecord } from "../../memory/record.js";
import { countTokens, modelName, type UsageMeter } from "../../models/index.js";
import { traceConfig } from "../trace-labels.js";
import { memoryConstructionGraph } from "./memory-construction-graph.js";

export interface ConstructMemoriesOptions {
  character: Character;
  model: BaseChatModel;
  store: MemoryStore;
  meter?: UsageMeter;
  /**
   * Build the memories of the story again, as after a change of the model. Each old one stays until its new one is there;
   * after a stop the next construction, without `again`, goes on. @default false
   */
  again?: boolean;
  /** Only these chunks, by number. @default all */
  chunks?: readonly number[];
  signal?: AbortSignal;
  /** Tracers that watch the runs. */
  callbacks?: Callbacks;
  onProgress?: (progress: { done: number; total: number; failed: number }) => void;
}

/** What became of the story: chunks in all, made now, found made already, and those that failed with their reasons. */
export interface ConstructionReport {
  total: number;
  made: number;
  found: number;
  failed: { chunk: number; reason: string }[];
}

const JOURNAL = "construction";
const PARTS: readonly ConstructionPart[] = ["content", "feeling", "reasoning", "summary"];
/** In the journal of a memory that is there and is to be built again. */
const REBUILD = "anew";

/**
 * Builds the long-term memory of a life story: two paragraphs a chunk, four model calls a chunk, all chunks at once
 * under the model client's limit. Every finished call is committed; run again, it goes on where it stopped.
 * @throws SimulacraError `invalid_character` without a story
 */
export async function constructMemories(options: ConstructMemoriesOptions): Promise<ConstructionReport> {
  const { character, store, signal } = options;
  if (character.story === undefined) {
    throw new SimulacraError(
      "invalid_character",
      `${character.name} has no life story to build memories from. Fill in story.md.`,
      "user",
    );
  }
  const story = storyChunks(storyParagraphs(character.story));
  const chunks = options.chunks ? story.filter(({ chunk }) => options.chunks?.includes(chunk)) : story;
  if (options.again) await store.batch(chunks.flatMap(beginAnew));
  const report: ConstructionReport = { total: chunks.length, made: 0, found: 0, failed: [] };
  const progress = () =>
    options.onProgress?.({
      done: report.made + report.found,
      total: report.total,
      failed: report.failed.length,
    });
  progress();
  await Promise.all(
    chunks.map(async (chunk) => {
      try {
        if (await isMade(store, chunk)) report.found++;
        else {
          await constructMemory(options, chunk);
          report.made++;
        }
      } catch (error) {
        if (signal?.aborted) throw error;
        report.failed.push({
          chunk: chunk.chunk,
          reason: reasonOf(error),
        });
      }
      progress();
    }),
  );
  if (report.failed.length === 0) await dropOutdated(store, story);
  return report;
}

/** Marks a memory as to be built again, and drops the finished calls of an earlier construction. */
function beginAnew(chunk: StoryChunk): PutOperation[] {
  const namespace = [JOURNAL, memoryKeyOf(chunk)];
  return [
    ...PARTS.map((key) => ({ namespace, key, value: null })),
    { namespace, key: REBUILD, value: { value: true }, index: false },
  ];
}

/** Memories of passages that are no longer in the story go, and what was finished of such. */
async function dropOutdated(store: MemoryStore, chunks: readonly StoryChunk[]): Promise<void> {
  const current = new Set(chunks.map(memoryKeyOf));
  const built = await allItems(store, LIFE);
  const kept = await allItems(store, [JOURNAL]);
  const outdated = [
    ...built.filter(({ key, value }) => value.source?.kind === "story" && !current.has(key)),
    ...kept.filter(({ namespace: [, key = ""] }) => !current.has(key)),
  ];
  await store.batch(outdated.map(({ namespace, key }): PutOperation => ({ namespace, key, value: null })));
}

/** One chunk is one run of the graph: a failure of one never loses another. */
async function constructMemory(options: ConstructMemoriesOptions, chunk: StoryChunk): Promise<void> {
  const { character, store } = options;
  const journal = constructionJournal(store, chunk);
  const graph = memoryConstructionGraph({
    name: character.name,
    traits: traitLines(character, promptBudget(), countTokens),
    origin: "life-story",
    model: options.model,
    countTokens,
    journal,
    ...(options.meter && { meter: options.meter }),
  }).compile({ name: "memory-construction" });
  const made = await graph.invoke(
    { passage: chunk.text },
    {
      ...traceConfig({
        kind: "construction",
        character: character.id,
        agentModel: modelName(options.model),
        passage: chunk.chunk,
      }),
      runName: `${character.id}-memory-construction`,
      ...(options.callbacks && { callbacks: options.callbacks }),
      ...(options.signal && { signal: options.signal }),
    },
  );
  await journal.replace({ namespace: [...LIFE], key: memoryKeyOf(chunk), value: recordOf(made, chunk) });
}

const recordOf = (made: ConstructionState, chunk: StoryChunk): MemoryRecord => ({
  kind: "life",
  ...constructedParts(made),
  audience: [],
  source: { kind: "story", chunk: chunk.chunk, paragraphs: chunk.paragraphs },
});

/** The passage is part of the key, so that a changed story is built again where it changed. */
export const memoryKeyOf = (chunk: StoryChunk): string =>
  `story-${String(chunk.chunk).padStart(4, "0")}-${createHash("sha256").update(chunk.text).digest("hex").slice(0, 12)}`;

/** Whether the memory of this passage is there, and not to be built again. */
export async function isMade(store: MemoryStore, chunk: StoryChunk): Promise<boolean> {
  const key = memoryKeyOf(chunk);
  const [memory, again] = await Promise.all([store.get([...LIFE], key), store.get([JOURNAL, key], REBUILD)]);
  return memory !== null && again === null;
}

/**
 * The finished calls of a chunk, in the store, until its memory is there. Two constructions may be at the same chunk: what
 * the slower one finishes after the memory was made is not kept.
 */
export function constructionJournal(
  store: MemoryStore,
  chunk: StoryChunk,
): ConstructionJournal & { replace(memory: PutOperation): Promise<void> } {
  const namespace = [JOURNAL, memoryKeyOf(chunk)];
  const alone = <T>(work: () => Promise<T>) => store.locks.withLock(`construction:${chunk.chunk}`, work);
  return {
    finished: async (part) => (await store.get(namespace, part))?.value.value,
    finish: (part, value) =>
      alone(async () => {
        if (!(await isMade(store, chunk))) await store.put(namespace, part, { value }, false);
      }),
    replace: (memory) =>
      alone(async () => {
        await store.batch([memory, ...[...PARTS, REBUILD].map((key) => ({ namespace, key, value: null }))]);
      }),
  };
}
