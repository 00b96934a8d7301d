import { isReplaced } from "../../../agents/guard/marks.js";
import { findCharacter } from "../../../data/character-catalogue.js";
import { importedCharactersFolder, memoryFolder } from "../../../data/home-folder.js";
import type { MemoryRecord } from "../../../memory/record.js";
import {
  type DueRecord,
  type MoodRecord,
  moodRecordSchema,
  type ThreadRecord,
  type TurnRecord,
  threadRecordSchema,
} from "../../../memory/turn-record.js";
import { scriptedAgents } from "../../scripted-agents.js";
import type { SimulacrumOptions } from "../contract.js";
import { createSimulacrum, type Simulacrum } from "../simulacrum.js";
import type { ThreadWindow } from "../thread-window.js";

// What a home holds, read as a program would read it: so that two homes can be compared, whatever their format.

/** Words that nobody has answered yet, because the turn failed. */
export interface Unanswered {
  id?: string;
  /** Who said them, where known. */
  name?: string;
  text: string;
  /** A guard put these words in the place of others. */
  replaced?: true;
}

export interface ThreadContents {
  record: ThreadRecord;
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

/** Reads all of a character's home. In the format of checkpoints this writes to it: read a copy. */
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
  for (const record of records.sort((a, b) => (a.thread < b.thread ? -1 : 1))) {
    const turns = await memory.transcript.turns(record.thread);
    contents.threads[record.thread] = { record, turns, unanswered: await unansweredIn(person, record) };
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

/**
 * The words that wait for an answer. In format 1 they lie in the checkpoints alone; words of people who were refused may
 * stand among them, and belong to nobody.
 */
async function unansweredIn(person: Simulacrum, { thread, refused }: ThreadRecord): Promise<Unanswered[]> {
  const { windows } = person as unknown as { windows: ThreadWindow };
  await windows.heal(thread);
  return (await windows.unanswered(thread))
    .filter(({ id }) => id === undefined || !refused.includes(id))
    .map((message) => ({
      ...(message.id !== undefined && { id: message.id }),
      ...(message.name !== undefined && { name: message.name }),
      text: message.text,
      ...(isReplaced(message) && { replaced: true }),
    }));
}
