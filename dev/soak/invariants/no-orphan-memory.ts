import { audienceLabel } from "../../../memory/ownership.js";
import { memoryId } from "../../../memory/recalled-memory.js";
import { memoryRecordSchema } from "../../../memory/record.js";
import {
  dueRecordSchema,
  moodRecordSchema,
  threadRecordSchema,
  turnRecordSchema,
} from "../../../memory/turn-record.js";
import type { HomeSnapshot } from "../home-snapshot.js";
import type { Violation } from "../violation.js";

/**
 * Every record can be read, and what it points to is there: turns have their thread and follow each other, memories
 * have their turns, marks their episode, and a memory that was replaced its successor.
 */
export function noOrphanMemory(snapshot: HomeSnapshot): Violation[] {
  const found: Violation[] = [];
  const orphan = (what: string): void => void found.push({ invariant: "no orphan", what });
  const places = new Set(snapshot.rows.map(({ namespace, key }) => memoryId(namespace, key)));
  const threads = read(snapshot, "threads", threadRecordSchema, found);
  const turns = new Map<string, number[]>();
  for (const { value, at } of read(snapshot, "turns", turnRecordSchema, found)) {
    turns.set(value.thread, [...(turns.get(value.thread) ?? []), value.turn]);
    const thread = threads.find((one) => one.value.thread === value.thread)?.value;
    if (!thread) orphan(`${at}: its conversation is unknown`);
    else if (audienceLabel(thread.audience) !== audienceLabel(value.audience))
      orphan(`${at}: other people than its conversation's`);
  }
  for (const { value, at } of threads) {
    const numbers = (turns.get(value.thread) ?? []).sort((a, b) => a - b);
    if (numbers.length !== value.turns || numbers.some((number, place) => number !== place + 1))
      orphan(`${at}: counts ${value.turns} turns, and there are ${numbers.join(", ") || "none"}`);
    if (value.episodesUpTo > value.turns) orphan(`${at}: episodes up to turn ${value.episodesUpTo}`);
  }
  const memories = ["life", "with"].flatMap((label) => read(snapshot, label, memoryRecordSchema, found));
  for (const { value, at, namespace } of memories) {
    if (namespace[0] === "with" && namespace[1] !== audienceLabel(value.audience))
      orphan(`${at}: lies with others than ${value.audience.join(", ")}`);
    const { source } = value;
    if (source.kind === "thread" && !turns.get(source.thread)?.includes(source.turns[0]))
      orphan(`${at}: its turn is gone`);
    if (value.supersededBy !== undefined && !places.has(value.supersededBy))
      orphan(`${at}: replaced by ${value.supersededBy}, which is gone`);
  }
  for (const { value, at } of read(snapshot, "due", dueRecordSchema, found)) {
    const id = memoryId(value.episode.namespace, value.episode.key);
    if (!places.has(id)) orphan(`${at}: waits for consolidation, and its episode is gone`);
  }
  for (const { value, at, key } of read(snapshot, "moods", moodRecordSchema, found))
    if (value.lastThread !== undefined && !threads.some((one) => one.value.thread === value.lastThread))
      orphan(`${at} (${key}): last met in ${value.lastThread}, which is gone`);
  return [...found, ...journalsOfFinished(snapshot)];
}

/** Finished calls are kept only until their memory is there; or the next one, where it is built anew. */
function journalsOfFinished(snapshot: HomeSnapshot): Violation[] {
  const made = new Set(snapshot.under("life").map(({ key }) => key));
  const kept = snapshot.under("construction");
  const anew = new Set(kept.filter(({ key }) => key === "anew").map(({ namespace }) => namespace[1]));
  return kept
    .filter(({ namespace: [, memory = ""] }) => made.has(memory) && !anew.has(memory))
    .map(({ namespace, key }) => ({
      invariant: "no orphan",
      what: `${namespace.join("/")} ${key}: kept, though its memory is made`,
    }));
}

interface Schema<T> {
  safeParse(value: unknown): { success: true; data: T } | { success: false; error: { message: string } };
}

/** The records under a first label; one that cannot be read is a violation. */
function read<T>(snapshot: HomeSnapshot, label: string, schema: Schema<T>, found: Violation[]) {
  return snapshot.under(label).flatMap(({ namespace, key, value }) => {
    const at = `${namespace.join("/")} ${key}`;
    const parsed = schema.safeParse(value);
    if (parsed.success) return [{ namespace, key, at, value: parsed.data }];
    found.push({ invariant: "every record readable", what: `${at}: ${parsed.error.message.slice(0, 200)}` });
    return [];
  });
}
