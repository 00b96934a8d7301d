import { isDeepStrictEqual } from "node:util";
import type { MemoryTransaction } from "./backends/memory-store.js";
import { type KnownName, nameBefore } from "./known-names.js";
import type { MemoryContext, RecordReader } from "./memory-context.js";
import { audienceLabel, isAmong } from "./ownership.js";
import { allItems } from "./pages.js";
import { memoryId } from "./recalled-memory.js";
import {
  afterEdit,
  afterTurn,
  asHostSays,
  newRelationship,
  type RelationshipChange,
  type RelationshipRecord,
  relationshipRecordSchema,
  type TurnAmong,
  withoutTurn,
} from "./relationship.js";
import type { Threads } from "./threads.js";
import { tellsOf } from "./told.js";
import { recordNamespaces, type ThreadRecord, type TurnRecord } from "./turn-record.js";

/** What a host says of the people of a thread, by id. */
export interface HostsWords {
  names?: Readonly<Record<string, string>> | undefined;
  knownAs?: Readonly<Record<string, string>> | undefined;
}

/** A thread's turn in which relationships moved: what it changed, and the names by which its people are known since. */
interface Moved {
  met: RelationshipChange[];
  names: ThreadRecord["names"];
}

/** What the character knows of its interlocutors as persons, one record each. */
export class Relationships {
  constructor(
    private readonly context: MemoryContext,
    private readonly threads: Threads,
  ) {}

  /** What is known of one person; null where they were never met. */
  async read(person: string, from: RecordReader = this.context.store): Promise<RelationshipRecord | null> {
    const item = await from.get([...recordNamespaces.relationships], audienceLabel([person]));
    return item ? relationshipRecordSchema.parse(item.value) : null;
  }

  /** What is known of each of these people, in their order; of one never met, nothing. */
  async of(people: readonly string[]): Promise<RelationshipRecord[]> {
    return Promise.all(people.map(async (person) => (await this.read(person)) ?? newRelationship(person)));
  }

  /** Everybody who was met, whom the character met last first. */
  async list(): Promise<RelationshipRecord[]> {
    const items = await allItems(this.context.store, [...recordNamespaces.relationships]);
    return items
      .map(({ value }) => relationshipRecordSchema.parse(value))
      .sort((a, b) => (b.lastMet ?? "").localeCompare(a.lastMet ?? "") || a.person.localeCompare(b.person));
  }

  /**
   * What is known of a thread's people when a turn begins. What the host says of them is kept from then on; of those who
   * were met before relationships were kept, what their threads tell.
   */
  async begin(
    transaction: MemoryTransaction,
    { audience, remembers }: ThreadRecord,
    { names = {}, knownAs = {} }: HostsWords,
  ): Promise<RelationshipRecord[]> {
    if (!remembers) return [];
    const known: RelationshipRecord[] = [];
    for (const person of audience) {
      const stored = await this.read(person, transaction);
      const record = asHostSays(
        stored ?? (await this.fromThreads(person, transaction)),
        { name: entry(names, person), relationship: entry(knownAs, person) },
        audience,
      );
      if (!isDeepStrictEqual(record, stored ?? newRelationship(person)))
        await this.write(transaction, record);
      known.push(record);
    }
    return known;
  }

  /**
   * Moves the relationships with those present by a turn, before it is stored.
   * @param last the turn before it in the thread
   */
  async keep(
    transaction: MemoryTransaction,
    thread: ThreadRecord,
    turn: TurnRecord,
    last: TurnRecord | null,
  ): Promise<Moved> {
    const met: RelationshipChange[] = [];
    let { names } = thread;
    const told = await this.toldIn(turn, transaction);
    const spoke = turn.audience.filter((person) => saidBy(person, turn, names).length > 0);
    for (const person of turn.audience) {
      const before = (await this.read(person, transaction)) ?? newRelationship(person);
      const isAddressed = spoke.length === 0 || spoke.includes(person);
      const { record, change } = afterTurn(before, {
        ...this.among(person, turn, last, names),
        told,
        felt: isAddressed ? turn.feeling : null,
      });
      await this.write(transaction, record);
      met.push(change);
      if (nameBefore(record, turn.audience)) names = named(names, person, record, turn.audience);
    }
    return { met, names };
  }

  /** Takes back what a turn gave to the relationships; gives the names by which its people are known then. */
  async withdraw(
    transaction: MemoryTransaction,
    { thread, names, audience }: ThreadRecord,
    turn: TurnRecord,
  ): Promise<ThreadRecord["names"]> {
    let left = names;
    const last = await this.context.turn(turn.thread, turn.turn - 1, transaction);
    for (const change of turn.met ?? []) {
      const { person, renamed } = change;
      const record = await this.read(person, transaction);
      if (!record) continue;
      const before = withoutTurn(record, turn, change, last?.at);
      if (before) await this.write(transaction, before);
      else await transaction.delete([...recordNamespaces.relationships], audienceLabel([person]));
      if (!renamed) continue;
      left = named(left, person, before, audience);
      await this.rename(transaction, record, before, thread);
    }
    return left;
  }

  /** A name that was taken back is taken from the person's other threads, which knew it by then. */
  private async rename(
    transaction: MemoryTransaction,
    record: RelationshipRecord,
    left: RelationshipRecord | null,
    but?: string,
  ): Promise<void> {
    const { person } = record;
    const kept = new Set(left ? textsOf(left) : []);
    const gone = new Set(textsOf(record).filter((text) => !kept.has(text)));
    for (const other of await this.threads.of(person, transaction))
      if (other.thread !== but && gone.has(entry(other.names, person) ?? ""))
        await this.threads.write(transaction, {
          ...other,
          names: named(other.names, person, left, other.audience),
        });
  }

  /** Reads a turn anew whose words the host has edited. */
  async edit(
    transaction: MemoryTransaction,
    thread: ThreadRecord,
    turn: TurnRecord,
  ): Promise<Partial<Moved>> {
    if (!turn.met) return {};
    const last = await this.context.turn(turn.thread, turn.turn - 1, transaction);
    const met: RelationshipChange[] = [];
    let { names } = thread;
    for (const change of turn.met) {
      const { person } = change;
      const record = await this.read(person, transaction);
      if (!record) continue;
      const moved = afterEdit(record, change, this.among(person, turn, last, names));
      await this.write(transaction, moved.record);
      met.push(moved.change);
      if (change.renamed || moved.change.renamed) names = named(names, person, moved.record, turn.audience);
    }
    return { met, names };
  }

  /** Forgets a person, and what others said before them; says how many records are gone. */
  async forget(transaction: MemoryTransaction, person: string): Promise<number> {
    let gone = 0;
    for (const { namespace, key, value } of await allItems(transaction, [
      ...recordNamespaces.relationships,
    ])) {
      const record = relationshipRecordSchema.parse(value);
      if (isAmong(person, [record.person])) {
        await transaction.delete(namespace, key);
        gone++;
        continue;
      }
      const left = withoutHearer(record, person);
      if (isDeepStrictEqual(left, record)) continue;
      await transaction.put(namespace, key, left, false);
      await this.rename(transaction, record, left);
    }
    return gone;
  }

  /** What threads tell of somebody of whom no record was kept. */
  private async fromThreads(person: string, transaction: MemoryTransaction): Promise<RelationshipRecord> {
    const met = (await this.threads.of(person, transaction)).filter((one) => one.remembers && one.turns > 0);
    const blank = newRelationship(person);
    const [firstMet] = met.map(({ openedAt }) => openedAt).sort();
    const lastMet = met
      .map(({ lastAt }) => lastAt)
      .sort()
      .at(-1);
    if (firstMet === undefined || lastMet === undefined) return blank;
    const turns = met.reduce((sum, one) => sum + one.turns, 0);
    return met.reduce<RelationshipRecord>(
      (record, { names, audience }) => asHostSays(record, { name: entry(names, person) }, audience),
      { ...blank, firstMet, lastMet, talks: met.length, turns },
    );
  }

  /** Ids of recalled memories that the answer tells. */
  private async toldIn(turn: TurnRecord, transaction: MemoryTransaction): Promise<string[]> {
    const said = turn.stimulus.map(({ text }) => text).join("\n");
    const told: string[] = [];
    for (const place of turn.recalled) {
      const memory = await this.context.read(place, transaction);
      if (memory && tellsOf(turn.answer.text, memory.text, said))
        told.push(memoryId(place.namespace, place.key));
    }
    return told;
  }

  private among(
    person: string,
    turn: TurnRecord,
    last: TurnRecord | null,
    names: ThreadRecord["names"],
  ): TurnAmong {
    const { name, aliases = [] } = this.context.options.self;
    return {
      turn,
      said: saidBy(person, turn, names),
      asked: last?.answer.text,
      told: [],
      felt: turn.feeling,
      self: [name, ...aliases],
    };
  }

  private async write(transaction: MemoryTransaction, record: RelationshipRecord): Promise<void> {
    await transaction.put(
      [...recordNamespaces.relationships],
      audienceLabel([record.person]),
      relationshipRecordSchema.parse(record),
      false,
    );
  }
}

/** An id may be any text, the name of something that every object has among them. */
const entry = (values: Readonly<Record<string, string>>, id: string): string | undefined =>
  Object.hasOwn(values, id) ? values[id] : undefined;

/** The names of a thread with that of one person as its people know it now. */
function named(
  names: ThreadRecord["names"],
  person: string,
  record: RelationshipRecord | null,
  audience: readonly string[],
): ThreadRecord["names"] {
  const others = Object.entries(names).filter(([id]) => id !== person);
  const name = record && nameBefore(record, audience);
  return Object.fromEntries(name ? [...others, [person, name.text]] : others);
}

const textsOf = ({ name, otherNames }: RelationshipRecord): string[] =>
  [...(name ? [name] : []), ...otherNames].map(({ text }) => text);

/** A relationship without what was said before somebody who is forgotten; what the host said of it stays. */
function withoutHearer(record: RelationshipRecord, person: string): RelationshipRecord {
  const isFree = ({ audience }: { audience: readonly string[] }) => !isAmong(person, audience);
  const without = (heard: readonly string[] = []) => heard.filter((one) => !isAmong(person, [one]));
  const { name, otherNames, relationshipHeard, ...left } = record;
  const [first, ...others] = [...(name ? [name] : []), ...otherNames].flatMap((one): KnownName[] => {
    const isSaidBefore = one.given !== undefined && isAmong(person, one.heard ?? []);
    return isSaidBefore ? [] : [{ ...one, ...(one.heard && { heard: without(one.heard) }) }];
  });
  return {
    ...left,
    ...(relationshipHeard && { relationshipHeard: without(relationshipHeard) }),
    ...(first && { name: first }),
    otherNames: others,
    open: record.open.filter(isFree),
    settled: record.settled.filter(isFree),
  };
}

/** What one person said in a turn, as far as it can be told; a guard's words are nobody's. */
function saidBy(person: string, { stimulus, audience }: TurnRecord, names: ThreadRecord["names"]): string[] {
  const own = [person, entry(names, person)];
  return stimulus.flatMap(({ name, text, replaced }) =>
    !replaced && (name === undefined ? audience.length === 1 : own.includes(name)) ? [text] : [],
  );
}
