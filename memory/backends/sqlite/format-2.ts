import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import Database from "better-sqlite3";
import { z } from "zod";
import { isSimulacraError } from "../../../data/errors.js";
import { audienceLabel } from "../../ownership.js";
import type { RecordWrite } from "../record-write.js";
import type { Connection } from "./connection.js";
import { type StoredItem, storedUnder } from "./items.js";
import { RecordWriter } from "./record-writer.js";
import { explain } from "./sqlite-errors.js";

// Format 1 kept the words of a turn that failed in LangGraph's checkpoints beside the memory, and nowhere else.

/**
 * From format 1 to 2: a thread says whether its turns are remembered, holds the words that wait for an answer and the
 * scenes that were told, and is found by its people.
 */
export function toFormat2(connection: Connection): void {
  const now = new Date();
  const writes: RecordWrite[] = [];
  const turns = turnsByThread(storedUnder(connection, ["turns"]));
  const windows = windowsIn(join(dirname(connection.path), "checkpoints.sqlite"));
  for (const { key, value } of storedUnder(connection, ["threads"])) {
    const { audience, refused } = threadSchema.parse(value);
    const window = windows.get(key) ?? [];
    const changed = {
      ...value,
      remembers: value.method === "macm",
      unanswered: unansweredIn(window, turns.get(key) ?? [], refused),
      scenes: window
        .filter(({ type }) => type === "SystemMessage")
        .map(({ text }) => text)
        .slice(-4),
    };
    writes.push({ namespace: ["threads"], key, value: changed, indexed: false });
    for (const person of audience)
      writes.push({
        namespace: ["threads-of", audienceLabel([person])],
        key,
        value: { thread: key },
        indexed: false,
      });
  }
  new RecordWriter(connection).apply(writes, now);
}

const threadSchema = z.object({ audience: z.array(z.string()), refused: z.array(z.string()).default([]) });
const turnSchema = z.object({
  stimulus: z.array(
    z.object({ id: z.string().optional(), text: z.string(), replaced: z.boolean().optional() }),
  ),
  answer: z.object({ id: z.string() }),
});
type Turn = z.infer<typeof turnSchema>;

function turnsByThread(items: readonly StoredItem[]): Map<string, Turn[]> {
  const byThread = new Map<string, Turn[]>();
  for (const { namespace, value } of items) {
    const thread = namespace[1] ?? "";
    const turns = byThread.get(thread) ?? [];
    turns.push(turnSchema.parse(value));
    byThread.set(thread, turns);
  }
  return byThread;
}

/** A message as LangChain serialised it. */
interface Message {
  type: string;
  id: string | undefined;
  name: string | undefined;
  text: string;
  guard: "replace" | "stop" | undefined;
}

/** Words after the last answer that was kept: not refused, not stopped by a guard, and in no turn. */
function unansweredIn(window: readonly Message[], turns: readonly Turn[], refused: readonly string[]) {
  const answers = new Set(turns.map(({ answer }) => answer.id));
  const said = turns.flatMap(({ stimulus }) => stimulus);
  // Under the id of words that were answered others may wait: the host has edited them, and the turn failed.
  const isKnown = (id: string, text: string) =>
    refused.includes(id) || said.some((one) => one.id === id && (one.replaced || one.text === text));
  const last = window.findLastIndex(
    ({ id, guard }) => guard === "stop" || (id !== undefined && answers.has(id)),
  );
  return window
    .slice(last + 1)
    .filter(({ type, id, text }) => type === "HumanMessage" && !(id !== undefined && isKnown(id, text)))
    .map(({ id, name, text, guard }) => ({
      ...(id !== undefined && { id }),
      ...(name !== undefined && { name }),
      text,
      ...(guard === "replace" && { replaced: true }),
    }));
}

/** The newest checkpoint's messages of every thread; what is damaged is left out. */
function windowsIn(path: string): Map<string, Message[]> {
  const windows = new Map<string, Message[]>();
  for (const { thread, checkpoint } of existsSync(path) ? checkpointsIn(path) : []) {
    try {
      windows.set(thread, messagesIn(checkpoint));
    } catch {
      // It costs this thread the words that it alone held.
    }
  }
  return windows;
}

/** @throws SimulacraError where the file cannot be read now: the memory keeps its old format until it can be */
function checkpointsIn(path: string): { thread: string; checkpoint: Buffer }[] {
  let database: Database.Database | undefined;
  try {
    database = new Database(path);
    return database
      .prepare(
        "SELECT thread_id AS thread, checkpoint FROM checkpoints WHERE checkpoint_ns = '' ORDER BY checkpoint_id",
      )
      .all() as { thread: string; checkpoint: Buffer }[];
  } catch (error) {
    const failure = explain(path, error);
    if (isSimulacraError(failure) && failure.code !== "store_damaged") throw failure;
    // A damaged file costs the words that it alone held; the turns lie in the memory.
    return [];
  } finally {
    database?.close();
  }
}

const serialised = z.object({
  id: z.array(z.string()),
  kwargs: z.looseObject({
    content: z.unknown(),
    id: z.string().nullish(),
    name: z.string().nullish(),
    additional_kwargs: z.looseObject({ simulacra_guard: z.enum(["replace", "stop"]).optional() }).default({}),
  }),
});
const checkpointSchema = z.object({
  channel_values: z.looseObject({ messages: z.array(serialised).default([]) }),
});

const SEAL_LENGTH = 16;

/** Messages of a checkpoint, before which a checksum stands; none where that does not fit. */
function messagesIn(stored: Buffer): Message[] {
  const bytes = stored.subarray(SEAL_LENGTH);
  const seal = createHash("sha256").update("json:").update(bytes).digest("hex").slice(0, SEAL_LENGTH);
  if (stored.subarray(0, SEAL_LENGTH).toString("latin1") !== seal) return [];
  const { messages } = checkpointSchema.parse(JSON.parse(bytes.toString("utf8"))).channel_values;
  return messages.map(({ id, kwargs }) => ({
    type: id.at(-1) ?? "",
    id: kwargs.id ?? undefined,
    name: kwargs.name ?? undefined,
    text: textIn(kwargs.content),
    guard: kwargs.additional_kwargs.simulacra_guard,
  }));
}

const blocks = z.array(z.union([z.string(), z.looseObject({ text: z.string().default("") })]));
function textIn(content: unknown): string {
  if (typeof content === "string") return content;
  const parts = blocks.safeParse(content).data ?? [];
  return parts.map((part) => (typeof part === "string" ? part : part.text)).join("");
}
