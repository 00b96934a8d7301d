import type { Item, Operation } from "@langchain/langgraph-checkpoint";
import { z } from "zod";
import { SimulacraError } from "../data/errors.js";
import type { MemoryTransaction } from "./backends/memory-store.js";
import type { MemoryContext, RecordReader } from "./memory-context.js";
import { audienceLabel, audienceOf, audienceOfLabel, isAmong, mayRecall, storedLabels } from "./ownership.js";
import { everyItem } from "./pages.js";
import {
  type MoodRecord,
  moodRecordSchema,
  recordNamespaces,
  type ThreadRecord,
  type TurnRecord,
  threadRecordSchema,
  turnKey,
  turnRecordSchema,
} from "./turn-record.js";

/** With whom a thread is opened, and how it is played. */
export interface ThreadPeople {
  audience: readonly string[];
  /** Their names, where known, by id. */
  names?: Readonly<Record<string, string>>;
  /** How the character knows them, where the host says it, by id. */
  knownAs?: Readonly<Record<string, string>>;
  method: string;
  /** Whether its turns become memories and move a mood. */
  remembers: boolean;
}

/** A thread as a turn finds it, read at once. */
export interface FoundThread {
  /** Null where nothing was ever said in it. */
  record: ThreadRecord | null;
  /** Ids of messages that are no part of it. */
  refused: readonly string[];
  /** Its last turns, oldest first. */
  turns: TurnRecord[];
  /** The mood towards these people as it was last stored. */
  mood: MoodRecord | null;
}

/** How many turns are read back at first: more than most windows hold. */
const LOOK_BACK = 8;

/** So many refused messages and stopped exchanges of a thread are kept in mind. */
const REFUSED_KEPT = 1_000;

const refusedSchema = z.object({ messages: z.array(z.string()).default([]) });

/** The error for people who speak in a conversation that others began. */
export const otherPeople = (thread: string): SimulacraError =>
  new SimulacraError(
    "thread_people",
    `The conversation ${thread} was opened with other people than are present now. Use another thread for them.`,
    "user",
    { thread },
  );

/** Whose the threads are: the people each was opened with, and what is known of it beside its turns. */
export class Threads {
  constructor(private readonly context: MemoryContext) {}

  /** The thread's record, or null where nothing was ever said in it. */
  async read(thread: string, from: RecordReader = this.context.store): Promise<ThreadRecord | null> {
    const item = await from.get([...recordNamespaces.threads], thread);
    return item ? threadRecordSchema.parse(item.value) : null;
  }

  /**
   * The thread with its last turns and the mood, for those people.
   * @throws SimulacraError `thread_people`, `thread_method` where it belongs to others
   */
  async find(thread: string, people: Pick<ThreadPeople, "audience" | "method">): Promise<FoundThread> {
    const [found, noted, felt] = await this.getAll([
      { namespace: [...recordNamespaces.threads], key: thread },
      { namespace: [...recordNamespaces.refused], key: thread },
      { namespace: [...recordNamespaces.moods], key: audienceLabel(people.audience) },
    ]);
    const record = found ? threadRecordSchema.parse(found.value) : null;
    if (record) checkThread(record, people);
    const mood = felt ? moodRecordSchema.parse(felt.value) : null;
    const refused = record?.refused ?? refusedSchema.parse(noted?.value ?? {}).messages;
    return { record, refused, turns: record ? await this.turns(record, LOOK_BACK) : [], mood };
  }

  /** The last `count` turns of a thread, or the last of those up to a number, oldest first. */
  async turns(record: ThreadRecord, count: number, upTo = record.turns): Promise<TurnRecord[]> {
    const first = Math.max(1, upTo - count + 1);
    const numbers = Array.from({ length: Math.max(0, upTo - first + 1) }, (_, index) => first + index);
    const items = await this.getAll(
      numbers.map((turn) => ({ namespace: recordNamespaces.turns(record.thread), key: turnKey(turn) })),
    );
    return items.flatMap((item) => (item ? [turnRecordSchema.parse(item.value)] : []));
  }

  /**
   * The thread's record for these people; stored before any word of theirs, so that it is theirs even if the turn fails.
   * @throws SimulacraError `thread_people`, `thread_method`
   */
  async open(transaction: MemoryTransaction, thread: string, people: ThreadPeople): Promise<ThreadRecord> {
    const known = await this.read(thread, transaction);
    if (known) {
      checkThread(known, people);
      return known;
    }
    const now = this.context.now();
    const noted = await transaction.get([...recordNamespaces.refused], thread);
    if (noted) await transaction.delete([...recordNamespaces.refused], thread);
    const opened: ThreadRecord = {
      thread,
      audience: audienceOf(people.audience),
      names: { ...people.names },
      method: people.method,
      remembers: people.remembers,
      turns: 0,
      episodesUpTo: 0,
      refused: refusedSchema.parse(noted?.value ?? {}).messages,
      stopped: [],
      unanswered: [],
      scenes: [],
      openedAt: now,
      lastAt: now,
    };
    await this.write(transaction, opened);
    for (const person of opened.audience)
      await transaction.put(recordNamespaces.threadsOf(person), thread, { thread }, false);
    return opened;
  }

  async write(transaction: MemoryTransaction, record: ThreadRecord): Promise<void> {
    // What could not be read again would lock its people out.
    await transaction.put(
      [...recordNamespaces.threads],
      record.thread,
      threadRecordSchema.parse(record),
      false,
    );
  }

  /** Removes a thread's record; its turns are the caller's to remove. */
  async remove(transaction: MemoryTransaction, { thread, audience }: ThreadRecord): Promise<void> {
    await transaction.delete([...recordNamespaces.threads], thread);
    for (const person of audience)
      for (const label of storedLabels([person]))
        await transaction.delete([...recordNamespaces.threadsOfAll, label], thread);
  }

  /** Notes messages that were refused in a thread, so that they are never taken for a part of it. */
  refuse(thread: string, messages: readonly { id?: string | undefined }[]): Promise<void> {
    return this.context.transact(async (transaction) => {
      const record = await this.read(thread, transaction);
      // The people's own words, which wait for an answer, are none of them.
      const own = new Set(record?.unanswered.map(({ id }) => id));
      if (record)
        return this.write(
          transaction,
          excluding(
            record,
            messages.filter(({ id }) => !own.has(id)),
          ),
        );
      const noted = await transaction.get([...recordNamespaces.refused], thread);
      const known = refusedSchema.parse(noted?.value ?? {}).messages;
      await transaction.put(
        [...recordNamespaces.refused],
        thread,
        { messages: withIdsOf(known, messages) },
        false,
      );
    });
  }

  /** Notes an exchange that a guard stopped, by its fingerprint, so that it is not heard when a host sends it again. */
  noteStopped(thread: string, fingerprint: string): Promise<void> {
    return this.change(thread, (record) => ({
      ...record,
      stopped: [...new Set([...record.stopped, fingerprint])].slice(-REFUSED_KEPT),
    }));
  }

  /** Keeps what was said until it is answered. */
  async hold(thread: string, unanswered: ThreadRecord["unanswered"]): Promise<void> {
    await this.change(thread, (record) => ({ ...record, unanswered }));
  }

  /** Threads in which this person took part, under any spelling of the id: before ids had one, they were kept as they came. */
  async of(person: string, from: MemoryTransaction | undefined = undefined): Promise<ThreadRecord[]> {
    const store = from ?? this.context.store;
    const own = audienceLabel([person]);
    const found: ThreadRecord[] = [];
    for await (const { namespace, key } of everyItem(store, recordNamespaces.threadsOfAll)) {
      const label = namespace[1] ?? "";
      if (label !== own && !isAmong(person, audienceOfLabel(label) ?? [])) continue;
      const record = await this.read(key, store);
      if (record) found.push(record);
    }
    return found;
  }

  /** Threads in which something may have been recalled that was told to one of these audiences, their own included. */
  async reachedFrom(audiences: readonly (readonly string[])[]): Promise<ThreadRecord[]> {
    const reached = new Map<string, ThreadRecord>();
    for (const person of new Set(audiences.flat()))
      for (const record of await this.of(person))
        if (audiences.some((told) => mayRecall(told, record.audience))) reached.set(record.thread, record);
    return [...reached.values()];
  }

  private change(thread: string, change: (record: ThreadRecord) => ThreadRecord): Promise<void> {
    return this.context.transact(async (transaction) => {
      const record = await this.read(thread, transaction);
      if (record) await this.write(transaction, change(record));
    });
  }

  /** Reads several records in one batch. */
  private async getAll(wanted: { namespace: string[]; key: string }[]): Promise<(Item | null)[]> {
    if (wanted.length === 0) return [];
    return (await this.context.store.batch(wanted as Operation[])) as (Item | null)[];
  }
}

/** The record with these messages as no part of the conversation. */
export const excluding = (
  record: ThreadRecord,
  messages: readonly { id?: string | undefined }[],
): ThreadRecord => ({
  ...record,
  refused: withIdsOf(record.refused, messages),
});

const withIdsOf = (known: readonly string[], messages: readonly { id?: string | undefined }[]): string[] =>
  [...new Set([...known, ...messages.flatMap(({ id }) => id ?? [])])].slice(-REFUSED_KEPT);

function checkThread(
  known: ThreadRecord,
  { audience, method }: Pick<ThreadPeople, "audience" | "method">,
): void {
  if (audienceLabel(known.audience) !== audienceLabel(audience)) throw otherPeople(known.thread);
  if (known.method === method) return;
  throw new SimulacraError(
    "thread_method",
    `The conversation ${known.thread} is played by the method ${known.method}, not ${method}. Use another thread for it.`,
    "user",
    { thread: known.thread },
  );
}
