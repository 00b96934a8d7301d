import type { PutOperation } from "@langchain/langgraph-checkpoint";
import { episodeOf } from "./episode.js";
import { ALL, type MemoryContext, put, remove } from "./memory-context.js";
import { withAudience } from "./ownership.js";
import { memoryId } from "./recalled-memory.js";
import { memoryRecordSchema } from "./record.js";
import { countedRefusals } from "./refusal-count.js";
import {
  type DueRecord,
  dueRecordSchema,
  places,
  type ThreadRecord,
  type TurnRecord,
  turnKey,
  turnRecordSchema,
} from "./turn-record.js";
import { type Refusal, refusalOf } from "./write-gate.js";

/** Every how many turns it is looked whether short-term memory is full. */
const LOOK_EVERY = 10;

/**
 * Short-term memory: turns that left working memory lie here as episodes. An episode that is recalled often enough, or
 * an important one that has to make room, becomes due for consolidation. All methods give operations, so that the
 * caller can store them in one transaction with the rest of a turn.
 */
export class ShortTermMemory {
  constructor(private readonly context: MemoryContext) {}

  /** Episodes of the thread's turns after `episodesUpTo` and up to `upTo`; `current` is a turn not stored yet. Empty talk makes none. */
  async episodes(thread: ThreadRecord, upTo: number, current?: TurnRecord): Promise<PutOperation[]> {
    const puts: PutOperation[] = [];
    const refused: Refusal[] = [];
    for (let number = thread.episodesUpTo + 1; number <= upTo; number++) {
      const item =
        current?.turn === number
          ? null
          : await this.context.store.get(places.turns(thread.thread), turnKey(number));
      const turn = current?.turn === number ? current : item ? turnRecordSchema.parse(item.value) : undefined;
      if (!turn) continue;
      const refusal = await this.refusal(turn);
      if (refusal !== null) {
        refused.push(refusal);
        continue;
      }
      const episode = episodeOf(turn, this.context.options.self.name, thread.names);
      puts.push(put(episode.namespace, episode.key, episode.value));
    }
    puts.push(...(await countedRefusals(this.context, refused)));
    // Counting what is held costs more than a few episodes too many.
    if (upTo % LOOK_EVERY === 0 || upTo - thread.episodesUpTo > 1)
      puts.push(...(await this.crowdedOut(thread, puts.length, current?.recalled)));
    return puts;
  }

  /** What the write gate says of a turn that leaves working memory: empty talk and echoes of recollections make no episode. */
  async refusal(turn: TurnRecord): Promise<Refusal | null> {
    const recalled = await Promise.all(turn.recalled.map((place) => this.context.read(place)));
    return refusalOf({
      said: turn.stimulus.map((part) => part.text).join("\n"),
      answered: turn.answer.text,
      recalled: recalled.flatMap((record) => (record ? [record.text] : [])),
      existing: [],
    });
  }

  /** Counts what a turn recalled as rehearsed, and marks what is due. */
  async rehearsals(turn: TurnRecord): Promise<PutOperation[]> {
    const puts: PutOperation[] = [];
    for (const place of turn.recalled) {
      const record = await this.context.read(place);
      if (!record) continue;
      const recallCount = record.recallCount + 1;
      puts.push(put(place.namespace, place.key, { ...record, recallCount, lastRecalledAt: turn.at }));
      const due =
        record.kind === "short" &&
        record.supersededBy === undefined &&
        recallCount >= this.context.rehearsals;
      if (due) puts.push(await this.dueMark(place.namespace, place.key, "rehearsed"));
    }
    return puts;
  }

  /**
   * When short-term memory is full, the oldest episodes leave it: important ones are consolidated, others stay in the
   * transcript only. What waits for consolidation is on its way out already, and what was just recalled stays.
   */
  private async crowdedOut(
    thread: ThreadRecord,
    coming: number,
    recalled: TurnRecord["recalled"] = [],
  ): Promise<PutOperation[]> {
    const capacity = this.context.options.capacity ?? 200;
    const namespace = withAudience(thread.audience, "short");
    const due = await this.context.store.search([...places.due], { limit: ALL });
    const kept = new Set([
      ...due.map(({ key }) => key),
      ...recalled.map((place) => memoryId(place.namespace, place.key)),
    ]);
    const held = (await this.context.store.search(namespace, { limit: ALL })).filter(
      (item) => item.value.supersededBy === undefined && !kept.has(memoryId(item.namespace, item.key)),
    );
    if (held.length + coming <= capacity) return [];
    const puts: PutOperation[] = [];
    const oldest = held
      .map((item) => ({ item, record: memoryRecordSchema.parse(item.value) }))
      .sort((a, b) => (a.record.at ?? "").localeCompare(b.record.at ?? ""))
      .slice(0, held.length + coming - capacity);
    for (const { item, record } of oldest) {
      if ((record.importance ?? 0) >= 0.5)
        puts.push(await this.dueMark(item.namespace, item.key, "important"));
      else puts.push(remove(item.namespace, item.key));
    }
    return puts;
  }

  private async dueMark(
    namespace: string[],
    key: string,
    reason: DueRecord["reason"],
  ): Promise<PutOperation> {
    const id = memoryId(namespace, key);
    const known = await this.context.store.get([...places.due], id);
    const due = known
      ? dueRecordSchema.parse(known.value)
      : { episode: { namespace, key }, reason, since: this.context.now(), attempts: 0 };
    return put([...places.due], id, due, false);
  }
}
