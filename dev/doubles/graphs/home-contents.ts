import { findCharacter } from "../../../data/character-catalogue.js";
import { importedCharactersFolder, memoryFolder } from "../../../data/home-folder.js";
import type { SimulacrumOptions } from "../../../graphs/simulacrum/options.js";
import { createSimulacrum, type Simulacrum } from "../../../graphs/simulacrum/simulacrum.js";
import type { MemoryRecord } from "../../../memory/record.js";
import {
  type DueRecord,
  type MoodRecord,
  moodRecordSchema,
  type ThreadRecord,
  type TurnRecord,
  threadRecordSchema,
} from "../../../memory/turn-record.js";
import { scriptedAgents } from "./scripted-agents.js";

// What a home holds, read as a program would read it: so that two homes can be compared, whatever their format.

/** Words that nobody has answered yet, because the turn failed. */
export type Unanswered = ThreadRecord["unanswered"][number];

export interface ThreadContents {
  /** As format 1 knew it. */
  record: Omit<ThreadRecord, "remembers" | "unanswered" | "scenes">;
  turns: TurnRecord[];
  unanswered: Unanswered[];
}

/** Everything of one character that must outlive a change of the format. */
export interface CharacterContents {
  counts: Record<"threads" | "turns" | "unanswered" | "moods" | "life" | "short" | "long" | "due", number>;
  /** By thread. */
  threads: Record<string, ThreadContents>;
  /** By the label of the audience. */
  moods: Record<string, MoodRecord>;
  memories: (MemoryRecord & { id: string })[];
  /** What waits for consolidation. Opening gives what had failed another chance: `attempts` is 0. */
  due: { key: string; due: DueRecord }[];
  refusals: Record<string, number>;
  /** Finished calls of a memory construction that was cut short: paid work. By passage and part. */
  construction: Record<string, unknown>;
}

const everything = { limit: 1_000_000 };

/** Opens a character of a home as the fixture was made: scripted agents, hashed vectors, a small context. */
export async function openInHome(
  home: string,
  id: string,
  options: Partial<SimulacrumOptions> = {},
): Promise<Simulacrum> {
  return createSimulacrum({
    character: await findCharacter(id, [importedCharactersFolder(home)]),
    home: memoryFolder(home, id),
    model: scriptedAgents(),
    embeddings: "lexical",
    contextTokens: 1_400,
    ...options,
  });
}

/** Reads all of a character's home. Opening an old one changes it: read a copy. */
export async function readContents(home: string, id: string): Promise<CharacterContents> {
  const person = await openInHome(home, id);
  const { memory } = person;
  const records = (await memory.store.search(["threads"], everything)).map(({ value }) =>
    threadRecordSchema.parse(value),
  );
  const contents: CharacterContents = {
    counts: { threads: 0, turns: 0, unanswered: 0, moods: 0, life: 0, short: 0, long: 0, due: 0 },
    threads: {},
    moods: {},
    memories: await memory.list(),
    due: await memory.consolidation.due(),
    refusals: { ...(await memory.consolidation.refusals()) },
    construction: {},
  };
  for (const { remembers: _, unanswered, scenes: _scenes, ...record } of records.sort((a, b) =>
    a.thread < b.thread ? -1 : 1,
  )) {
    const turns = await memory.transcript.turns(record.thread);
    contents.threads[record.thread] = { record, turns, unanswered };
  }
  for (const { key, value } of await memory.store.search(["moods"], everything))
    contents.moods[key] = moodRecordSchema.parse(value);
  for (const { namespace, key, value } of await memory.store.search(["construction"], everything))
    contents.construction[`${namespace[1]}/${key}`] = value.value;
  await person.close();
  const threads = Object.values(contents.threads);
  const kept = (kind: MemoryRecord["kind"]) => contents.memories.filter((one) => one.kind === kind).length;
  contents.counts = {
    threads: threads.length,
    turns: threads.reduce((sum, { turns }) => sum + turns.length, 0),
    unanswered: threads.reduce((sum, { unanswered }) => sum + unanswered.length, 0),
    moods: Object.keys(contents.moods).length,
    life: kept("life"),
    short: kept("short"),
    long: kept("long"),
    due: contents.due.length,
  };
  return contents;
}
