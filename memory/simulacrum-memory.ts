import { randomUUID } from "node:crypto";
import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import type { PutOperation } from "@langchain/langgraph-checkpoint";
import type { Affect } from "../data/character.js";
import { SimulacraError } from "../data/errors.js";
import { episodeOf } from "./episode.js";
import { fadedMood, type MoodDynamics, movedMood } from "./mood.js";
import { audienceLabel, audienceOf, audienceOfLabel, LIFE, mayRecall, withAudience } from "./ownership.js";
import type { KnownPerson, RankingOptions, RankResult } from "./ranking/contract.js";
import { rank } from "./ranking/rank.js";
import { memoryId, type RecalledMemory } from "./recalled-memory.js";
import { type MemoryRecord, memoryRecordSchema } from "./record.js";
import type { MemoryStore } from "./store/ranked-search.js";
import { type ThreadLock, threadLockOf } from "./thread-lock.js";
import {
  type DueRecord,
  dueRecordSchema,
  moodRecordSchema,
  places,
  type ThreadRecord,
  threadRecordSchema,
  type TurnRecord,
  turnKey,
  turnRecordSchema,
} from "./turn-record.js";
import { type Refusal, refusalOf } from "./write-gate.js";

export interface SimulacrumMemoryOptions {
  store: MemoryStore;
  self: KnownPerson & { name: string };
  /** The same model as the store's. */
  embeddings?: EmbeddingsInterface;
  baseline: Affect;
  dynamics?: MoodDynamics;
  /** Support below which nothing counts as relevant (memory/ranking/calibrate.ts). */
  threshold?: number;
  ranking?: Partial<RankingOptions>;
  /** How often an episode is recalled before it is consolidated. @default 2 */
  rehearsals?: number;
  /** Episodes of one owner that short-term memory holds; an important one that must go is consolidated. @default 200 */
  capacity?: number;
  clock: () => Date;
}

/** What was recalled; `nothingRelevant` is judged by support, never by the fused score. */
export interface Recollection {
  memories: RecalledMemory[];
  nothingRelevant: boolean;
  someoneElse: boolean;
  support: number;
}

/** A turn on its way into the store. */
export type TurnDraft = Omit<TurnRecord, "turn" | "audience" | "at" | "moodBefore" | "moodAfter">;

const ALL = 1_000_000;

/**
 * The memory of one simulacrum: a thin layer over a store. It knows whose a memory is, how turns become episodes and
 * episodes become long-term memories, and the mood. Every writing method is one transaction of the store.
 */
export class SimulacrumMemory {
  readonly store: MemoryStore;
  private readonly lock: ThreadLock;

  constructor(private readonly options: SimulacrumMemoryOptions) {
    this.store = options.store;
    this.lock = threadLockOf(options.store);
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
    const known = await this.thread(thread);
    if (known) {
      if (audienceLabel(known.audience) !== audienceLabel(audience)) {
        throw new SimulacraError(
          "thread_people",
          `The conversation ${thread} was opened with other people than are present now. Use another thread for them.`,
          "user",
          { thread },
        );
      }
      if (known.method !== people.method) {
        throw new SimulacraError(
          "thread_method",
          `The conversation ${thread} is played by the method ${known.method}, not ${people.method}. Use another thread for it.`,
          "user",
          { thread },
        );
      }
    }
    const mood = await this.moodRecord(audience);
    if (mood?.lastThread !== undefined && mood.lastThread !== thread) {
      const last = await this.thread(mood.lastThread);
      if (last && last.method === "macm" && last.episodesUpTo < last.turns) await this.settle(last, last.turns);
    }
    const now = this.now();
    return (
      known ?? {
        thread,
        audience,
        names: { ...people.names },
        method: people.method,
        turns: 0,
        episodesUpTo: 0,
        openedAt: now,
        lastAt: now,
      }
    );
  }

  /** The thread's record, or null where nothing was ever stored in it. */
  async thread(thread: string): Promise<ThreadRecord | null> {
    const item = await this.store.get([...places.threads], thread);
    return item ? threadRecordSchema.parse(item.value) : null;
  }

  /** The last `count` turns of a thread, oldest first. */
  async turns(thread: string, count = ALL): Promise<TurnRecord[]> {
    const record = await this.thread(thread);
    if (!record) return [];
    const found: TurnRecord[] = [];
    for (let turn = Math.max(1, record.turns - count + 1); turn <= record.turns; turn++) {
      const item = await this.store.get(places.turns(thread), turnKey(turn));
      if (item) found.push(turnRecordSchema.parse(item.value));
    }
    return found;
  }

  /** The mood towards these people now: faded by the clock since they were last met. */
  async mood(audience: readonly string[]): Promise<Affect> {
    const record = await this.moodRecord(audience);
    if (!record) return this.options.baseline;
    const minutes = (this.options.clock().getTime() - Date.parse(record.at)) / 60_000;
    return fadedMood(record, this.options.baseline, minutes, this.options.dynamics);
  }

  /**
   * Recalls what belongs to the character or was said when everyone now present was there.
   * @param queries what was said, then the recall queries made of it
   * @param present ids of everyone present; empty or absent: the life story only
   */
  async recall(
    queries: readonly string[],
    where: { present?: readonly string[]; others?: readonly KnownPerson[]; k?: number },
  ): Promise<Recollection> {
    const asked = queries.map((query) => query.trim()).filter((query) => query !== "");
    const namespaces = [[...LIFE], ...(await this.namespacesBefore(where.present ?? []))];
    if (asked.length === 0) return { memories: [], nothingRelevant: true, someoneElse: false, support: 0 };
    const result: RankResult = await rank({
      store: this.store,
      ...(this.options.embeddings && { embeddings: this.options.embeddings }),
      namespaces,
      queries: asked,
      self: this.options.self,
      ...(where.others && { others: where.others }),
      now: this.options.clock(),
      k: where.k ?? 3,
      ...(this.options.threshold !== undefined && { threshold: this.options.threshold }),
      ...(this.options.ranking && { options: this.options.ranking }),
    });
    return {
      memories: result.memories.map(({ namespace, key, value, score, parts }) => {
        const record = memoryRecordSchema.parse(value);
        return {
          id: memoryId(namespace, key),
          kind: record.kind,
          text: record.text,
          ...(record.thinking !== undefined && { thinking: record.thinking }),
          ...(record.emotion !== undefined && { emotion: record.emotion }),
          ...(record.valence !== undefined && { valence: record.valence }),
          ...(record.arousal !== undefined && { arousal: record.arousal }),
          ...(record.at !== undefined && { at: record.at }),
          score,
          parts,
          source: record.source,
        };
      }),
      nothingRelevant: result.nothingRelevant,
      someoneElse: result.someoneElse,
      support: result.support,
    };
  }

  /**
   * Stores a finished turn in one transaction: transcript, mood, rehearsals, episodes of the turns that left working
   * memory (all but the last `keptTurns`), and what is due for consolidation. Storing the same answer again does nothing.
   */
  async commitTurn(opened: ThreadRecord, draft: TurnDraft, keptTurns: number): Promise<TurnRecord> {
    return this.lock.withLock(`turns:${opened.thread}`, async () => {
      const thread = (await this.thread(opened.thread)) ?? opened;
      const last = thread.turns > 0 ? (await this.turns(opened.thread, 1))[0] : undefined;
      if (last && last.answer.id === draft.answer.id) return last;
      const mind = thread.method === "macm";
      const moodBefore = mind ? await this.mood(thread.audience) : null;
      const moodAfter = moodBefore && movedMood(moodBefore, this.options.baseline, draft.feeling, this.options.dynamics);
      const at = this.now();
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
      if (moodAfter) puts.push(put([...places.moods], audienceLabel(thread.audience), { ...moodAfter, at, lastThread: thread.thread }, false));
      if (mind) {
        puts.push(...(await this.rehearsals(turn)));
        const upTo = Math.max(next.episodesUpTo, turn.turn - keptTurns);
        puts.push(...(await this.episodes(next, upTo, turn)));
        next.episodesUpTo = upTo;
      }
      puts.push(put([...places.threads], next.thread, next, false));
      await this.store.batch(puts);
      return turn;
    });
  }

  /** Takes back the last turn of a thread with all that it stored. Null where there is none. */
  async withdrawTurn(thread: string): Promise<TurnRecord | null> {
    return this.lock.withLock(`turns:${thread}`, async () => {
      const record = await this.thread(thread);
      const turn = (await this.turns(thread, 1))[0];
      if (!record || !turn) return null;
      const puts: PutOperation[] = [remove(places.turns(thread), turnKey(turn.turn))];
      const episode = episodeOf(turn, this.options.self.name, record.names);
      puts.push(remove(episode.namespace, episode.key), remove([...places.due], memoryId(episode.namespace, episode.key)));
      for (const item of await this.madeFrom(thread, turn.turn, record.audience)) puts.push(remove(item.namespace, item.key));
      for (const place of turn.recalled) {
        const item = await this.store.get(place.namespace, place.key);
        if (!item || (place.namespace === episode.namespace && place.key === episode.key)) continue;
        const value = memoryRecordSchema.parse(item.value);
        puts.push(put(place.namespace, place.key, { ...value, recallCount: Math.max(0, value.recallCount - 1) }));
      }
      if (turn.moodBefore) {
        puts.push(put([...places.moods], audienceLabel(record.audience), { ...turn.moodBefore, at: turn.at, lastThread: thread }, false));
      }
      puts.push(
        put([...places.threads], thread, { ...record, turns: turn.turn - 1, episodesUpTo: Math.min(record.episodesUpTo, turn.turn - 1) }, false),
      );
      await this.store.batch(puts);
      return turn;
    });
  }

  /** Episodes that wait for consolidation, oldest first. */
  async due(): Promise<{ key: string; due: DueRecord }[]> {
    const items = await this.store.search([...places.due], { limit: ALL });
    return items
      .map((item) => ({ key: item.key, due: dueRecordSchema.parse(item.value) }))
      .sort((a, b) => a.due.since.localeCompare(b.due.since) || a.key.localeCompare(b.key));
  }

  /** Reads one memory, or null. */
  async read(place: { namespace: string[]; key: string }): Promise<MemoryRecord | null> {
    const item = await this.store.get(place.namespace, place.key);
    return item ? memoryRecordSchema.parse(item.value) : null;
  }

  /** Long-term memories of the same owner that might say the same thing or the opposite, nearest first. */
  async related(record: MemoryRecord, k = 3): Promise<{ key: string; namespace: string[]; record: MemoryRecord }[]> {
    const namespace = withAudience(record.audience, "long");
    const result = await rank({
      store: this.store,
      ...(this.options.embeddings && { embeddings: this.options.embeddings }),
      namespaces: [namespace],
      queries: [record.content],
      self: this.options.self,
      now: this.options.clock(),
      k,
      threshold: 0,
    });
    return result.memories.map((found) => ({
      key: found.key,
      namespace: found.namespace,
      record: memoryRecordSchema.parse(found.value),
    }));
  }

  /** What the write gate says of an episode about to become long-term memory. */
  async gate(episode: MemoryRecord): Promise<Refusal | null> {
    if (episode.source.kind !== "thread") return null;
    const item = await this.store.get(places.turns(episode.source.thread), turnKey(episode.source.turns[0]));
    if (!item) return null;
    const turn = turnRecordSchema.parse(item.value);
    const recalled = await Promise.all(turn.recalled.map((place) => this.read(place)));
    const existing = await this.related(episode, 5);
    return refusalOf({
      said: turn.stimulus.map((said) => said.text).join("\n"),
      answered: turn.answer.text,
      recalled: recalled.flatMap((record) => (record ? [record.text] : [])),
      existing: existing.filter(({ record }) => record.source.kind === "thread").map(({ record }) => record.text),
    });
  }

  /** Stores a consolidated memory, marks its episode and what it supersedes, and clears the due mark: one transaction. */
  async consolidated(due: { key: string; due: DueRecord }, memory: MemoryRecord, supersedes: readonly string[]): Promise<string> {
    const namespace = withAudience(memory.audience, "long");
    const key = `${memory.hash}`;
    const puts: PutOperation[] = [put(namespace, key, memory), remove([...places.due], due.key)];
    const episode = await this.read(due.due.episode);
    if (episode) puts.push(put(due.due.episode.namespace, due.due.episode.key, { ...episode, supersededBy: memoryId(namespace, key) }));
    for (const older of supersedes) {
      const record = await this.read({ namespace, key: older });
      if (record && older !== key) puts.push(put(namespace, older, { ...record, supersededBy: memoryId(namespace, key) }));
    }
    await this.store.batch(puts);
    return memoryId(namespace, key);
  }

  /** Clears a due mark whose episode the gate refused, and counts the refusal. */
  async refused(due: { key: string; due: DueRecord }, refusal: Refusal): Promise<void> {
    const counted = await this.store.get([...places.refusals], refusal);
    const count = (typeof counted?.value["count"] === "number" ? counted.value["count"] : 0) + 1;
    await this.store.batch([put([...places.refusals], refusal, { count }, false), remove([...places.due], due.key)]);
  }

  /** Clears a due mark whose episode is gone. */
  async dropDue(key: string): Promise<void> {
    await this.store.delete([...places.due], key);
  }

  /** Does work of which only one may run for this character at a time, over all processes. */
  alone<T>(name: string, work: () => Promise<T>): Promise<T> {
    return this.lock.withLock(name, work);
  }

  /** Notes that a consolidation failed; it is tried again at the next occasion, three times at most. */
  async consolidationFailed(due: { key: string; due: DueRecord }, reason: string): Promise<void> {
    await this.store.batch([
      put([...places.due], due.key, { ...due.due, attempts: due.due.attempts + 1, lastError: reason.slice(0, 300) }, false),
    ]);
  }

  /** How often the write gate refused, by reason. */
  async refusals(): Promise<Partial<Record<Refusal, number>>> {
    const items = await this.store.search([...places.refusals], { limit: ALL });
    return Object.fromEntries(items.map((item) => [item.key, item.value["count"]]));
  }

  /** All memories, newest last; of one owner, or of some kinds, where asked. */
  async list(filter: { limit?: number; owner?: string; kinds?: readonly MemoryRecord["kind"][]; superseded?: boolean } = {}): Promise<(MemoryRecord & { id: string })[]> {
    const prefixes = [[...LIFE], ["with"]];
    const items = (await Promise.all(prefixes.map((prefix) => this.store.search(prefix, { limit: ALL })))).flat();
    return items
      .map((item) => ({ ...memoryRecordSchema.parse(item.value), id: memoryId(item.namespace, item.key) }))
      .filter((record) => filter.owner === undefined || record.audience.includes(filter.owner))
      .filter((record) => filter.kinds === undefined || filter.kinds.includes(record.kind))
      .filter((record) => filter.superseded !== false || record.supersededBy === undefined)
      .sort((a, b) => (a.at ?? "").localeCompare(b.at ?? "") || a.id.localeCompare(b.id))
      .slice(0, filter.limit ?? ALL);
  }

  /** Threads in which this person took part. */
  async threadsOf(person: string): Promise<ThreadRecord[]> {
    const items = await this.store.search([...places.threads], { limit: ALL });
    return items.map((item) => threadRecordSchema.parse(item.value)).filter((record) => record.audience.includes(person));
  }

  /** Removes everything that was said with this person present, alone or in a group, and the moods towards them. */
  async forget(person: string): Promise<{ memories: number; turns: number; threads: string[]; moods: number }> {
    const memories = (await this.store.search(["with"], { limit: ALL })).filter((item) =>
      memoryRecordSchema.parse(item.value).audience.includes(person),
    );
    const threads = await this.threadsOf(person);
    const puts: PutOperation[] = memories.map((item) => remove(item.namespace, item.key));
    let turns = 0;
    const labels = new Set([audienceLabel([person])]);
    for (const record of threads) {
      labels.add(audienceLabel(record.audience));
      for (const item of await this.store.search(places.turns(record.thread), { limit: ALL })) {
        puts.push(remove(item.namespace, item.key));
        turns++;
      }
      puts.push(remove([...places.threads], record.thread));
    }
    let moods = 0;
    for (const label of labels) {
      if (await this.store.get([...places.moods], label)) {
        puts.push(remove([...places.moods], label));
        moods++;
      }
    }
    const gone = new Set(memories.map((item) => memoryId(item.namespace, item.key)));
    for (const { key } of await this.due()) if (gone.has(key)) puts.push(remove([...places.due], key));
    await this.store.batch(puts);
    return { memories: memories.length, turns, threads: threads.map((record) => record.thread), moods };
  }

  /** Makes episodes of the turns that were not yet moved into short-term memory, up to `upTo`. */
  private async settle(thread: ThreadRecord, upTo: number): Promise<void> {
    await this.lock.withLock(`turns:${thread.thread}`, async () => {
      const now = (await this.thread(thread.thread)) ?? thread;
      const puts = await this.episodes(now, upTo);
      puts.push(put([...places.threads], now.thread, { ...now, episodesUpTo: Math.max(now.episodesUpTo, upTo) }, false));
      await this.store.batch(puts);
    });
  }

  private async episodes(thread: ThreadRecord, upTo: number, current?: TurnRecord): Promise<PutOperation[]> {
    const puts: PutOperation[] = [];
    for (let number = thread.episodesUpTo + 1; number <= upTo; number++) {
      const item = current?.turn === number ? null : await this.store.get(places.turns(thread.thread), turnKey(number));
      const turn = current?.turn === number ? current : item ? turnRecordSchema.parse(item.value) : undefined;
      if (!turn) continue;
      const said = turn.stimulus.map((part) => part.text).join("\n");
      if (refusalOf({ said, answered: turn.answer.text, recalled: [], existing: [] }) === "empty") continue;
      const episode = episodeOf(turn, this.options.self.name, thread.names);
      puts.push(put(episode.namespace, episode.key, episode.value));
    }
    if (puts.length > 0) puts.push(...(await this.crowdedOut(thread, puts.length)));
    return puts;
  }

  /** When short-term memory is full, the oldest episodes leave it: important ones are consolidated, others stay in the transcript only. */
  private async crowdedOut(thread: ThreadRecord, coming: number): Promise<PutOperation[]> {
    const capacity = this.options.capacity ?? 200;
    const namespace = withAudience(thread.audience, "short");
    const held = (await this.store.search(namespace, { limit: ALL })).filter((item) => item.value["supersededBy"] === undefined);
    if (held.length + coming <= capacity) return [];
    const puts: PutOperation[] = [];
    const oldest = held
      .map((item) => ({ item, record: memoryRecordSchema.parse(item.value) }))
      .sort((a, b) => (a.record.at ?? "").localeCompare(b.record.at ?? ""))
      .slice(0, held.length + coming - capacity);
    for (const { item, record } of oldest) {
      if ((record.importance ?? 0) >= 0.5) puts.push(await this.dueMark(item.namespace, item.key, "important"));
      else puts.push(remove(item.namespace, item.key));
    }
    return puts;
  }

  private async rehearsals(turn: TurnRecord): Promise<PutOperation[]> {
    const puts: PutOperation[] = [];
    for (const place of turn.recalled) {
      const record = await this.read(place);
      if (!record) continue;
      const recallCount = record.recallCount + 1;
      puts.push(put(place.namespace, place.key, { ...record, recallCount, lastRecalledAt: turn.at }));
      const due = record.kind === "short" && record.supersededBy === undefined && recallCount >= (this.options.rehearsals ?? 2);
      if (due) puts.push(await this.dueMark(place.namespace, place.key, "rehearsed"));
    }
    return puts;
  }

  private async dueMark(namespace: string[], key: string, reason: DueRecord["reason"]): Promise<PutOperation> {
    const id = memoryId(namespace, key);
    const known = await this.store.get([...places.due], id);
    const due = known
      ? dueRecordSchema.parse(known.value)
      : { episode: { namespace, key }, reason, since: this.now(), attempts: 0 };
    return put([...places.due], id, due, false);
  }

  private async madeFrom(thread: string, turn: number, audience: readonly string[]) {
    const items = await this.store.search(withAudience(audience, "long"), { limit: ALL });
    return items.filter((item) => {
      const { source } = memoryRecordSchema.parse(item.value);
      return source.kind === "thread" && source.thread === thread && source.turns[0] <= turn && turn <= source.turns[1];
    });
  }

  /** Namespaces whose audience was there in full: everyone now present may hear of them. */
  private async namespacesBefore(present: readonly string[]): Promise<string[][]> {
    if (present.length === 0) return [];
    const labels = await this.store.listNamespaces({ prefix: ["with"], maxDepth: 2, limit: ALL });
    const found = await Promise.all(
      labels.map(async (namespace) => {
        const label = namespace[1];
        if (label === undefined) return [];
        const audience = audienceOfLabel(label) ?? (await this.audienceIn(namespace));
        return mayRecall(audience, present) ? [["with", label]] : [];
      }),
    );
    return found.flat();
  }

  private async audienceIn(namespace: string[]): Promise<string[]> {
    const [item] = await this.store.search(namespace, { limit: 1 });
    return item ? memoryRecordSchema.parse(item.value).audience : [];
  }

  private async moodRecord(audience: readonly string[]) {
    const item = await this.store.get([...places.moods], audienceLabel(audience));
    return item ? moodRecordSchema.parse(item.value) : null;
  }

  private now(): string {
    return this.options.clock().toISOString();
  }
}

/** An id for a thread that nobody named. */
export const newThreadId = (): string => randomUUID();

function put(namespace: string[], key: string, value: Record<string, unknown>, index?: false): PutOperation {
  return { namespace, key, value, ...(index === false && { index }) };
}

function remove(namespace: string[], key: string): PutOperation {
  return { namespace, key, value: null };
}
