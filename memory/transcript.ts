import { isDeepStrictEqual } from "node:util";
import type { PutOperation } from "@langchain/langgraph-checkpoint";
import { SimulacraError } from "../data/errors.js";
import { episodeOf } from "./episode.js";
import { ALL, type MemoryContext, put, remove } from "./memory-context.js";
import { movedMood } from "./mood.js";
import type { Moods } from "./moods.js";
import { audienceLabel, audienceOf, mayRecall, withAudience } from "./ownership.js";
import { memoryId, memoryPlace } from "./recalled-memory.js";
import { type MemoryRecord, memoryRecordSchema } from "./record.js";
import { ShortTermMemory } from "./short-term-memory.js";
import {
  dueRecordSchema,
  places,
  type ThreadRecord,
  type TurnRecord,
  threadRecordSchema,
  turnKey,
  turnRecordSchema,
} from "./turn-record.js";

/** The error for people who speak in a conversation that others began. */
export const otherPeople = (thread: string): SimulacraError =>
  new SimulacraError(
    "thread_people",
    `The conversation ${thread} was opened with other people than are present now. Use another thread for them.`,
    "user",
    { thread },
  );

/** A turn on its way into the store. */
export type TurnDraft = Omit<TurnRecord, "turn" | "audience" | "at" | "moodBefore" | "moodAfter">;

interface Place {
  namespace: string[];
  key: string;
}

/** So many refused messages and stopped exchanges of a thread are kept in mind: more are in no window. */
const REFUSED_KEPT = 100;

/** The threads and their turns: what was said, when, before whom, and what went through the mind. */
export class Transcript {
  private readonly shortTerm: ShortTermMemory;

  constructor(
    private readonly context: MemoryContext,
    private readonly moods: Moods,
  ) {
    this.shortTerm = new ShortTermMemory(context);
  }

  /**
   * The thread's record for the people it was opened with, or null where nothing was ever stored in it.
   * @throws SimulacraError `thread_people`, `thread_method`
   */
  async admit(
    thread: string,
    { audience, method }: { audience: readonly string[]; method: string },
  ): Promise<ThreadRecord | null> {
    const known = await this.thread(thread);
    if (known && audienceLabel(known.audience) !== audienceLabel(audience)) {
      throw otherPeople(thread);
    }
    if (known && known.method !== method) {
      throw new SimulacraError(
        "thread_method",
        `The conversation ${thread} is played by the method ${known.method}, not ${method}. Use another thread for it.`,
        "user",
        { thread },
      );
    }
    return known;
  }

  /**
   * Opens a thread for its people, or checks that it was opened with the same ones, and moves what was left of the
   * people's last conversation into short-term memory.
   * @throws SimulacraError `thread_people`, `thread_method`
   */
  async openThread(
    thread: string,
    people: { audience: readonly string[]; names?: Readonly<Record<string, string>>; method: string },
  ): Promise<ThreadRecord> {
    const audience = audienceOf(people.audience);
    const known = await this.admit(thread, { audience, method: people.method });
    const mood = await this.moods.record(audience);
    if (mood?.lastThread !== undefined && mood.lastThread !== thread) {
      const last = await this.thread(mood.lastThread);
      if (last && last.method === "macm" && last.episodesUpTo < last.turns)
        await this.settle(last, last.turns);
    }
    if (known) return known;
    const now = this.context.now();
    const opened: ThreadRecord = {
      thread,
      audience,
      names: { ...people.names },
      method: people.method,
      turns: 0,
      episodesUpTo: 0,
      refused: [],
      stopped: [],
      openedAt: now,
      lastAt: now,
    };
    // Stored before the first turn is over: if it fails, the thread is theirs all the same.
    await this.context.store.put([...places.threads], thread, opened, false);
    return opened;
  }

  /** The thread's record, or null where nothing was ever stored in it. */
  async thread(thread: string): Promise<ThreadRecord | null> {
    const item = await this.context.store.get([...places.threads], thread);
    return item ? threadRecordSchema.parse(item.value) : null;
  }

  /** Notes messages that were refused in a thread, so that they are never taken for a part of it. */
  async refuse(thread: string, messages: readonly string[]): Promise<void> {
    await this.context.writing(async () => {
      const record = await this.thread(thread);
      if (!record || messages.length === 0) return;
      const refused = [...new Set([...record.refused, ...messages])].slice(-REFUSED_KEPT);
      await this.context.store.put([...places.threads], thread, { ...record, refused }, false);
    });
  }

  /** Notes an exchange that a guard stopped, by its fingerprint, so that it is not heard when a host sends it again. */
  async noteStopped(thread: string, fingerprint: string): Promise<void> {
    await this.context.writing(async () => {
      const record = await this.thread(thread);
      if (!record || record.stopped.includes(fingerprint)) return;
      const stopped = [...record.stopped, fingerprint].slice(-REFUSED_KEPT);
      await this.context.store.put([...places.threads], thread, { ...record, stopped }, false);
    });
  }

  /** The last `count` turns of a thread, oldest first. */
  async turns(thread: string, count = ALL): Promise<TurnRecord[]> {
    const record = await this.thread(thread);
    if (!record) return [];
    const found: TurnRecord[] = [];
    for (let number = Math.max(1, record.turns - count + 1); number <= record.turns; number++) {
      const turn = await this.turn(thread, number);
      if (turn) found.push(turn);
    }
    return found;
  }

  private async turn(thread: string, number: number): Promise<TurnRecord | undefined> {
    if (number < 1) return undefined;
    const item = await this.context.store.get(places.turns(thread), turnKey(number));
    return item ? turnRecordSchema.parse(item.value) : undefined;
  }

  /**
   * Stores a finished turn in one transaction: transcript, mood, rehearsals, episodes of the turns that left working
   * memory (all but the last `keptTurns`), and what is due for consolidation. Storing the same answer again does nothing.
   * A turn that was stopped (`signal`) while it waited is not stored.
   */
  async commitTurn(
    opened: ThreadRecord,
    draft: TurnDraft,
    keptTurns: number,
    signal?: AbortSignal,
  ): Promise<TurnRecord> {
    return this.context.writing(async () => {
      // A thread that was forgotten meanwhile begins anew.
      const thread = (await this.thread(opened.thread)) ?? { ...opened, turns: 0, episodesUpTo: 0 };
      const last = await this.turn(opened.thread, thread.turns);
      // Not the answer's id alone: a server may give one twice.
      if (last && isDeepStrictEqual([last.answer, last.stimulus], [draft.answer, draft.stimulus]))
        return last;
      const mind = thread.method === "macm";
      const moodBefore = mind ? await this.moods.now(thread.audience) : null;
      const moodAfter =
        moodBefore &&
        movedMood(moodBefore, this.context.options.baseline, draft.feeling, this.context.options.dynamics);
      const at = this.context.now();
      const turn: TurnRecord = {
        ...draft,
        turn: thread.turns + 1,
        audience: thread.audience,
        at,
        moodBefore,
        moodAfter,
      };
      const next: ThreadRecord = { ...thread, turns: turn.turn, lastAt: at };
      const puts: PutOperation[] = [put(places.turns(turn.thread), turnKey(turn.turn), turn, false)];
      if (moodAfter)
        puts.push(
          put(
            [...places.moods],
            audienceLabel(thread.audience),
            { ...moodAfter, at, lastThread: thread.thread },
            false,
          ),
        );
      if (mind) {
        puts.push(...(await this.shortTerm.rehearsals(turn)));
        const upTo = Math.max(next.episodesUpTo, turn.turn - keptTurns);
        puts.push(...(await this.shortTerm.episodes(next, upTo, turn)));
        next.episodesUpTo = upTo;
      }
      puts.push(put([...places.threads], next.thread, next, false));
      await this.context.store.batch(puts);
      return turn;
    }, signal);
  }

  /** Takes back the last turn of a thread with all that it stored. Null where there is none. */
  async withdrawTurn(thread: string): Promise<TurnRecord | null> {
    return this.context.writing(async () => {
      const record = await this.thread(thread);
      const turn = (await this.turns(thread, 1))[0];
      if (!record || !turn) return null;
      const puts: PutOperation[] = [remove(places.turns(thread), turnKey(turn.turn))];
      const episode = episodeOf(turn, this.context.options.self.name, record.names);
      puts.push(
        remove(episode.namespace, episode.key),
        remove([...places.due], memoryId(episode.namespace, episode.key)),
      );
      const made = await this.madeFrom(thread, turn.turn, record.audience);
      for (const item of made) puts.push(remove(item.namespace, item.key));
      const gone = new Set([...made, episode].map(({ namespace, key }) => memoryId(namespace, key)));
      const changed = await this.reinstated(gone, record.audience);
      for (const place of turn.recalled) {
        const id = memoryId(place.namespace, place.key);
        const value = changed.get(id) ?? (await this.context.read(place));
        if (!value || gone.has(id)) continue;
        const recallCount = Math.max(0, value.recallCount - 1);
        changed.set(id, { ...value, recallCount });
        if (recallCount < this.context.rehearsals) puts.push(...(await this.noLongerDue(place)));
      }
      for (const [id, value] of changed) {
        const { namespace, key } = memoryPlace(id);
        puts.push(put(namespace, key, value));
      }
      const mood = await this.moods.record(record.audience);
      if (turn.moodBefore && mood?.lastThread === thread) {
        const before = { ...turn.moodBefore, at: turn.at, lastThread: thread };
        puts.push(put([...places.moods], audienceLabel(record.audience), before, false));
      }
      puts.push(
        put(
          [...places.threads],
          thread,
          { ...record, turns: turn.turn - 1, episodesUpTo: Math.min(record.episodesUpTo, turn.turn - 1) },
          false,
        ),
      );
      await this.context.store.batch(puts);
      return turn;
    });
  }

  /** Threads in which this person took part. */
  async threadsOf(person: string): Promise<ThreadRecord[]> {
    return (await this.allThreads()).filter((record) => record.audience.includes(person));
  }

  /** Threads in which something may have been recalled that was told to one of these audiences, their own included. */
  async threadsReachedFrom(audiences: readonly (readonly string[])[]): Promise<ThreadRecord[]> {
    const all = await this.allThreads();
    return all.filter(({ audience }) => audiences.some((told) => mayRecall(told, audience)));
  }

  private async allThreads(): Promise<ThreadRecord[]> {
    const items = await this.context.store.search([...places.threads], { limit: ALL });
    return items.map((item) => threadRecordSchema.parse(item.value));
  }

  /** Makes episodes of the turns that were not yet moved into short-term memory, up to `upTo`. */
  private async settle(thread: ThreadRecord, upTo: number): Promise<void> {
    await this.context.writing(async () => {
      const now = await this.thread(thread.thread);
      // Forgotten, or taken back, while this waited.
      if (!now) return;
      const last = Math.min(upTo, now.turns);
      const puts = await this.shortTerm.episodes(now, last);
      puts.push(
        put(
          [...places.threads],
          now.thread,
          { ...now, episodesUpTo: Math.max(now.episodesUpTo, last) },
          false,
        ),
      );
      await this.context.store.batch(puts);
    });
  }

  /** Memories that the removed ones had replaced, by id: they hold again, unless what replaced them in turn still does. */
  private async reinstated(
    gone: ReadonlySet<string>,
    audience: readonly string[],
  ): Promise<Map<string, MemoryRecord>> {
    const items = await this.context.store.search(["with", audienceLabel(audience)], { limit: ALL });
    const all = new Map(
      items.map((item) => [memoryId(item.namespace, item.key), memoryRecordSchema.parse(item.value)]),
    );
    const changed = new Map<string, MemoryRecord>();
    for (const [id, { supersededBy, ...record }] of all) {
      if (supersededBy === undefined || !gone.has(supersededBy) || gone.has(id)) continue;
      let by: string | undefined = supersededBy;
      while (by !== undefined && gone.has(by)) by = all.get(by)?.supersededBy;
      changed.set(id, { ...record, ...(by !== undefined && { supersededBy: by }) });
    }
    return changed;
  }

  /** An episode that was rehearsed only by a turn that is taken back does not wait for consolidation. */
  private async noLongerDue(place: Place): Promise<PutOperation[]> {
    const id = memoryId(place.namespace, place.key);
    const due = dueRecordSchema.safeParse((await this.context.store.get([...places.due], id))?.value);
    return due.success && due.data.reason === "rehearsed" ? [remove([...places.due], id)] : [];
  }

  private async madeFrom(thread: string, turn: number, audience: readonly string[]) {
    const items = await this.context.store.search(withAudience(audience, "long"), { limit: ALL });
    return items.filter((item) => {
      const { source } = memoryRecordSchema.parse(item.value);
      return (
        source.kind === "thread" &&
        source.thread === thread &&
        source.turns[0] <= turn &&
        turn <= source.turns[1]
      );
    });
  }
}
