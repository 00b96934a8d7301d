import { isDeepStrictEqual } from "node:util";
import type { Affect } from "../data/character.js";
import type { MemoryTransaction } from "./backends/memory-store.js";
import type { MemoryContext } from "./memory-context.js";
import type { Moods } from "./moods.js";
import { audienceLabel } from "./ownership.js";
import { type Relationship, relationshipAt } from "./relationship.js";
import { Relationships } from "./relationships.js";
import { ShortTermMemory } from "./short-term-memory.js";
import { excluding, type FoundThread, type ThreadPeople, Threads } from "./threads.js";
import {
  type MoodRecord,
  recordNamespaces,
  type Said,
  type ThreadRecord,
  type TurnRecord,
  turnKey,
  turnRecordSchema,
} from "./turn-record.js";
import { WithdrawnMemories } from "./withdrawn-memories.js";

/** A turn on its way into the store. */
export type TurnDraft = Omit<TurnRecord, "turn" | "audience" | "at" | "moodBefore" | "moodAfter" | "met">;

/** What a turn that begins leaves in its thread. */
export interface TurnBeginning {
  /** What was said and waits for its answer. */
  unanswered: Said;
  scenes: readonly string[];
}

/** A turn that has begun. */
export interface BegunTurn {
  thread: ThreadRecord;
  /** What is known of its people, in the order of the audience; empty where nothing is kept of them. */
  relationships: Relationship[];
}

/** What a host's conversation changes in the turns before this one. */
export interface TurnChange {
  /** Turns after this number are withdrawn: the host's conversation goes on from there. */
  goesOnFrom?: number;
  /** Turns whose words the host has edited where they stand. */
  edited?: readonly TurnRecord[];
}

/** The turns of all threads: what was said, when, before whom, and what went through the mind. */
export class Transcript {
  readonly threads: Threads;
  readonly relationships: Relationships;
  private readonly shortTerm: ShortTermMemory;
  private readonly memories: WithdrawnMemories;

  constructor(
    private readonly context: MemoryContext,
    private readonly moods: Moods,
  ) {
    this.threads = new Threads(context);
    this.relationships = new Relationships(context, this.threads);
    this.shortTerm = new ShortTermMemory(context);
    this.memories = new WithdrawnMemories(context);
  }

  /** The thread's record, or null where nothing was ever said in it. */
  thread(thread: string): Promise<ThreadRecord | null> {
    return this.threads.read(thread);
  }

  /** The last `count` turns of a thread, oldest first. */
  async turns(thread: string, count = Number.POSITIVE_INFINITY): Promise<TurnRecord[]> {
    const record = await this.threads.read(thread);
    return record ? this.threads.turns(record, count) : [];
  }

  /** The mood that a turn finds, as the clock has left it. */
  moodOf({ mood }: FoundThread): Affect {
    return this.moods.faded(mood);
  }

  /**
   * The thread's record for the people it was opened with; null where nothing was ever said in it.
   * @throws SimulacraError `thread_people`, `thread_method`
   */
  async admit(
    thread: string,
    people: Pick<ThreadPeople, "audience" | "method">,
  ): Promise<ThreadRecord | null> {
    return (await this.threads.find(thread, people)).record;
  }

  /**
   * Opens a thread for its people, or checks that it was opened with the same ones.
   * @throws SimulacraError `thread_people`, `thread_method`
   */
  async openThread(thread: string, people: ThreadPeople): Promise<ThreadRecord> {
    const found = await this.threads.find(thread, people);
    if (found.record) return found.record;
    return (await this.begin(thread, people, found, { unanswered: [], scenes: [] })).thread;
  }

  /**
   * Begins a turn in one transaction: the thread is its people's before a word of theirs is kept, their words wait for
   * the answer, what the host says of them is kept, and what was left of their last conversation moves into short-term
   * memory.
   * @throws SimulacraError `thread_people`, `thread_method`
   */
  begin(
    thread: string,
    people: ThreadPeople,
    found: FoundThread,
    { unanswered, scenes }: TurnBeginning,
  ): Promise<BegunTurn> {
    return this.context.transact(async (transaction) => {
      const record = await this.threads.open(transaction, thread, people);
      const waiting = await this.waitingNow(transaction, record, found, unanswered);
      const begun = { ...record, unanswered: waiting, scenes: [...scenes] };
      if (!isDeepStrictEqual(begun, record)) await this.threads.write(transaction, begun);
      await this.settleLast(transaction, begun, found.mood);
      const known = await this.relationships.begin(transaction, begun, people);
      const at = this.context.now();
      const now = { at, isFirstTurn: begun.turns === 0, present: begun.audience };
      return { thread: begun, relationships: known.map((one) => relationshipAt(one, now)) };
    });
  }

  /**
   * The words that wait when a turn begins. Other runs of the thread may have stored turns, or left words, since it was
   * read. Words that stand in a turn, which are said again, are kept there.
   */
  private async waitingNow(
    transaction: MemoryTransaction,
    record: ThreadRecord,
    found: FoundThread,
    unanswered: Said,
  ): Promise<Said> {
    const turns = [...found.turns, ...(await this.turnsAfter(transaction, record, found.record?.turns ?? 0))];
    const known = [...(found.record?.unanswered ?? []), ...unanswered];
    const since = record.unanswered.filter(isSaidNowhereIn([{ stimulus: known }]));
    return withoutMessagesOf(turns, [...since, ...unanswered]);
  }

  private async turnsAfter(
    transaction: MemoryTransaction,
    { thread, turns }: ThreadRecord,
    number: number,
  ): Promise<TurnRecord[]> {
    const after: TurnRecord[] = [];
    for (let next = number + 1; next <= turns; next++) {
      const stored = await this.context.turn(thread, next, transaction);
      if (stored) after.push(stored);
    }
    return after;
  }

  /**
   * Stores a finished turn in one transaction: what the host's conversation has left is withdrawn, then transcript, mood,
   * rehearsals, episodes of the turns that left working memory (all but the last `keptTurns`), and what is due for
   * consolidation. Storing the same answer again does nothing, and words that another run has stored since are not stored
   * twice. A turn that was stopped (`signal`) before it is stored is
   * not stored, nor is one whose thread was forgotten meanwhile: null.
   */
  commitTurn(
    opened: ThreadRecord,
    draft: TurnDraft,
    { keptTurns, goesOnFrom, edited = [] }: TurnChange & { keptTurns: number },
    signal?: AbortSignal,
  ): Promise<TurnRecord | null> {
    return this.context.transact(async (transaction) => {
      signal?.throwIfAborted();
      let thread = await this.threads.read(opened.thread, transaction);
      if (!thread || thread.openedAt !== opened.openedAt) return null;
      const since = await this.turnsAfter(transaction, thread, opened.turns);
      // Stored by another run since this turn began: nothing of that was left by this one.
      if (thread.turns === opened.turns) {
        for (const turn of edited)
          thread = { ...thread, names: await this.replaceWords(transaction, thread, turn) };
        while (goesOnFrom !== undefined && thread.turns > goesOnFrom) {
          const withdrawn = await this.withdrawLast(transaction, thread);
          thread = withdrawn?.record ?? { ...thread, turns: goesOnFrom };
        }
      }
      const last = await this.context.turn(opened.thread, thread.turns, transaction);
      // Not the answer's id alone: a server may give one twice.
      if (
        last &&
        isDeepStrictEqual(last.answer, draft.answer) &&
        !last.stimulus.some(isSaidNowhereIn([draft]))
      )
        return last;
      const fresh = withoutMessagesOf(since, draft.stimulus);
      const stimulus = fresh.length > 0 ? fresh : draft.stimulus;
      return this.keepTurn(transaction, thread, { ...draft, stimulus }, last, keptTurns);
    });
  }

  private async keepTurn(
    transaction: MemoryTransaction,
    thread: ThreadRecord,
    draft: TurnDraft,
    last: TurnRecord | null,
    keptTurns: number,
  ): Promise<TurnRecord> {
    const { audience, remembers } = thread;
    const moodBefore = remembers ? await this.moods.now(audience, transaction) : null;
    const moodAfter = moodBefore && this.moods.moved(moodBefore, draft.feeling);
    const at = this.context.now();
    const said: TurnRecord = { ...draft, turn: thread.turns + 1, audience, at, moodBefore, moodAfter };
    const { met, names } = remembers
      ? await this.relationships.keep(transaction, thread, said, last)
      : { met: undefined, names: thread.names };
    const turn: TurnRecord = { ...said, ...(met && { met }) };
    const episodesUpTo = remembers
      ? Math.max(thread.episodesUpTo, turn.turn - keptTurns)
      : thread.episodesUpTo;
    await this.writeTurn(transaction, turn);
    if (moodAfter)
      await this.writeMood(transaction, audience, { ...moodAfter, at, lastThread: thread.thread });
    if (remembers) {
      await this.shortTerm.rehearse(transaction, turn);
      await this.shortTerm.overflow(transaction, { ...thread, names }, episodesUpTo, turn.recalled);
    }
    // Words of another run, which still wait, stay.
    const unanswered = thread.unanswered.filter(isSaidNowhereIn([draft]));
    await this.threads.write(transaction, {
      ...thread,
      names,
      turns: turn.turn,
      episodesUpTo,
      windowAfter: Math.max(0, turn.turn - keptTurns),
      unanswered,
      lastAt: at,
    });
    return turn;
  }

  /**
   * Takes back what was said in a thread and got no answer; gives it back, empty where there is none. A host that still
   * holds the messages will not bring them in again, here and in `withdrawTurn`.
   */
  withdrawUnanswered(thread: string): Promise<Said> {
    return this.context.transact(async (transaction) => {
      const record = await this.threads.read(thread, transaction);
      if (!record || record.unanswered.length === 0) return [];
      await this.threads.write(transaction, excluding({ ...record, unanswered: [] }, record.unanswered));
      return record.unanswered;
    });
  }

  /** Takes back the last turn of a thread with all that it stored. Null where there is none. */
  withdrawTurn(thread: string): Promise<TurnRecord | null> {
    return this.context.transact(async (transaction) => {
      const record = await this.threads.read(thread, transaction);
      const withdrawn = record && (await this.withdrawLast(transaction, record));
      if (!withdrawn) return null;
      const { turn } = withdrawn;
      await this.threads.write(transaction, excluding(withdrawn.record, [...turn.stimulus, turn.answer]));
      return turn;
    });
  }

  private async withdrawLast(
    transaction: MemoryTransaction,
    record: ThreadRecord,
  ): Promise<{ turn: TurnRecord; record: ThreadRecord } | null> {
    const turn = await this.context.turn(record.thread, record.turns, transaction);
    if (!turn) return null;
    await transaction.delete(recordNamespaces.turns(record.thread), turnKey(turn.turn));
    await this.memories.withdraw(transaction, record, turn);
    for (const place of turn.recalled) {
      const memory = await this.context.read(place, transaction);
      if (!memory) continue;
      const recallCount = Math.max(0, memory.recallCount - 1);
      await transaction.put(place.namespace, place.key, { ...memory, recallCount });
      if (recallCount < this.context.rehearsals) await this.memories.unmarkDue(transaction, place);
    }
    const mood = await this.moods.record(record.audience, transaction);
    if (turn.moodBefore && mood?.lastThread === record.thread)
      await this.writeMood(transaction, record.audience, {
        ...turn.moodBefore,
        at: turn.at,
        lastThread: record.thread,
      });
    const turns = turn.turn - 1;
    const left = {
      ...record,
      names: await this.relationships.withdraw(transaction, record, turn),
      turns,
      episodesUpTo: Math.min(record.episodesUpTo, turns),
      // Where all that working memory held is taken back, what came before it is read again.
      windowAfter: (record.windowAfter ?? 0) < turns ? record.windowAfter : 0,
    };
    await this.threads.write(transaction, left);
    return { turn, record: left };
  }

  /** Puts other words in a turn's place; what was remembered of the old ones goes. Gives the names known since. */
  private async replaceWords(
    transaction: MemoryTransaction,
    record: ThreadRecord,
    turn: TurnRecord,
  ): Promise<ThreadRecord["names"]> {
    const { met, names = record.names } = await this.relationships.edit(transaction, record, turn);
    await this.writeTurn(transaction, { ...turn, ...(met && { met }) });
    if (!record.remembers || turn.turn > record.episodesUpTo) return names;
    await this.memories.withdraw(transaction, record, turn);
    await this.shortTerm.keep(transaction, { ...record, names }, turn);
    return names;
  }

  /** Where these people talked last in another thread, its turns that were still in working memory become episodes. */
  private async settleLast(
    transaction: MemoryTransaction,
    { thread }: ThreadRecord,
    mood: MoodRecord | null,
  ): Promise<void> {
    if (mood?.lastThread === undefined || mood.lastThread === thread) return;
    const last = await this.threads.read(mood.lastThread, transaction);
    if (!last?.remembers || last.episodesUpTo >= last.turns) return;
    await this.shortTerm.overflow(transaction, last, last.turns);
    await this.threads.write(transaction, { ...last, episodesUpTo: last.turns });
  }

  /** What could not be read again would lock its people out. */
  private async writeTurn(transaction: MemoryTransaction, turn: TurnRecord): Promise<void> {
    await transaction.put(
      recordNamespaces.turns(turn.thread),
      turnKey(turn.turn),
      turnRecordSchema.parse(turn),
      false,
    );
  }

  private async writeMood(
    transaction: MemoryTransaction,
    audience: readonly string[],
    mood: MoodRecord,
  ): Promise<void> {
    await transaction.put([...recordNamespaces.moods], audienceLabel(audience), mood, false);
  }
}

/** Words are the same by their text and their id; where they have no id, by all that is known of them. */
const isSaidNowhereIn =
  (turns: readonly Pick<TurnDraft, "stimulus">[]) =>
  (words: Said[number]): boolean =>
    !turns.some(({ stimulus }) =>
      stimulus.some((said) =>
        words.id === undefined
          ? isDeepStrictEqual(said, words)
          : said.id === words.id && said.text === words.text,
      ),
    );

/** Without an id the same words may be said a second time. */
const withoutMessagesOf = (turns: readonly TurnRecord[], said: Said): Said =>
  said.filter((words) => words.id === undefined || isSaidNowhereIn(turns)(words));
