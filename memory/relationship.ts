import { z } from "zod";
import {
  type KnownName,
  knownNameSchema,
  nameBefore,
  nameGiven,
  withName,
  withoutNameOf,
} from "./known-names.js";
import { isSamePlan, isSettledBy, OPEN_KEPT, openMatterSchema, plansIn } from "./open-matters.js";
import { audienceOf, mayRecall } from "./ownership.js";
import { metTimes, talkTimeSchema, withoutTurnAt, withTurnAt } from "./talk-times.js";
import type { TurnRecord } from "./turn-record.js";

/**
 * What the character knows of an interlocutor as a person. It is that person's, as their memories are; where nobody was
 * named it is the thread's.
 */
export const relationshipRecordSchema = z.object({
  person: z.string().min(1),
  name: knownNameSchema.optional(),
  /** Names before it, and those by which only some know them, the latest first. */
  otherNames: z.array(knownNameSchema).default([]),
  /** How they are known, as the host said it, and before whom. */
  relationship: z.string().optional(),
  relationshipHeard: z.array(z.string().min(1)).optional(),
  firstMet: z.iso.datetime().optional(),
  /** Time of the last turn, and of the last one before the talk that this belongs to. */
  lastMet: z.iso.datetime().optional(),
  metBefore: z.iso.datetime().optional(),
  /** A talk begins with a thread, and after some hours of silence. */
  talks: z.number().int().min(0).default(0),
  /** When the latest talks were. */
  talkTimes: z.array(talkTimeSchema).default([]),
  turns: z.number().int().min(0).default(0),
  /** In [-1, 1]; see `warmed`. */
  warmth: z.number().min(-1).max(1).default(0),
  open: z.array(openMatterSchema).default([]),
  /** What is open no more, with the turn that settled it: where that is taken back it is open again. */
  settled: z
    .array(openMatterSchema.extend({ settledIn: z.object({ thread: z.string(), turn: z.number().int() }) }))
    .default([]),
  /** Ids of memories that they were told, oldest first. */
  told: z.array(z.string()).default([]),
});
export type RelationshipRecord = z.infer<typeof relationshipRecordSchema>;

/**
 * What a turn changed in a relationship, so that it can be taken back. No word of it: what was said to the character
 * stays with the person, and a turn may have others in it.
 */
export const relationshipChangeSchema = z.object({
  person: z.string().min(1),
  newTalk: z.boolean(),
  /** How much warmer it got. */
  warmer: z.number(),
  /** There where the turn gave a name. */
  renamed: z.object({}).optional(),
  told: z.array(z.string()).default([]),
});
export type RelationshipChange = z.infer<typeof relationshipChangeSchema>;

/** A relationship as a turn finds it, with what all who are present may know of it. */
export interface Relationship {
  person: string;
  /** The name that the host said or, where it said none, that they gave. */
  name?: string;
  /** How they are known, in the host's words: "my sister". */
  relationship?: string;
  /**
   * How often they talked before this talk; null where the method, or the memory mode, keeps nothing of it. In a group no
   * more than once, for how often and when they met is theirs.
   */
  earlierTalks: number | null;
  /** Others are there. */
  inGroup?: true;
  firstMet?: string;
  /** When they last talked before this talk. */
  lastMet?: string;
  /** Turns so far, those of this talk included, and warmth in [-1, 1]; both zero in a group. */
  turns: number;
  warmth: number;
  /** What was left open in earlier talks, as far as all present were there. */
  open: RelationshipRecord["open"];
  /** Ids of memories that they were told. */
  told: string[];
}

/** After so long without a word it is another talk, in the same thread too. Our own choice. */
const NEW_TALK_AFTER_MS = 6 * 3_600_000;
/** So many settled matters are kept, to be open again where a turn is taken back. */
const SETTLED_KEPT = 24;
/** So many memories are kept in mind as told. */
const TOLD_KEPT = 100;

/**
 * How far one turn moves the warmth towards the valence of what was felt: an exponential moving average over about the
 * last twenty turns. One quarrel does not end a friendship, nor one joke make one. Our own choice: we know of no
 * measured rate. Unlike a mood it does not fade with the clock.
 */
export const WARMTH_PULL = 0.05;
export const warmed = (warmth: number, feeling: { valence: number } | null): number =>
  feeling === null ? warmth : Math.max(-1, Math.min(1, warmth + WARMTH_PULL * (feeling.valence - warmth)));

export const newRelationship = (person: string): RelationshipRecord => ({
  person,
  otherNames: [],
  talks: 0,
  talkTimes: [],
  turns: 0,
  warmth: 0,
  open: [],
  settled: [],
  told: [],
});

/** How somebody is called whose name is not known. */
export const UNNAMED = "the other one";

/** Somebody of whom nothing is kept: it is not known whether they have talked before. */
export const unmet = (person: string): Relationship => ({
  person,
  earlierTalks: null,
  turns: 0,
  warmth: 0,
  open: [],
  told: [],
});

/** A host's name and relationship, said before those present, take the place of what was known. */
export function asHostSays(
  record: RelationshipRecord,
  { name, relationship }: { name?: string | undefined; relationship?: string | undefined },
  present: readonly string[],
): RelationshipRecord {
  const named = name === undefined ? record : withName(record, { text: name, heard: [...present] });
  if (relationship === undefined) return named;
  const before = relationship === record.relationship ? relationshipHeard(record) : [];
  return { ...named, relationship, relationshipHeard: audienceOf([...before, ...present]) };
}

const relationshipHeard = ({ relationshipHeard: heard, person }: RelationshipRecord): string[] =>
  heard ?? [person];

const isNewTalk = ({ lastMet }: RelationshipRecord, at: string, isFirstTurn: boolean): boolean =>
  lastMet === undefined || isFirstTurn || Date.parse(at) - Date.parse(lastMet) > NEW_TALK_AFTER_MS;

/** The relationship as a turn that begins `at` finds it, before those present. */
export function relationshipAt(
  record: RelationshipRecord,
  { at, isFirstTurn, present }: { at: string; isFirstTurn: boolean; present: readonly string[] },
): Relationship {
  const fresh = isNewTalk(record, at, isFirstTurn);
  const lastMet = fresh ? record.lastMet : record.metBefore;
  const { person, relationship, firstMet, turns, warmth, told } = record;
  const name = nameBefore(record, present);
  const isKnownAs = relationship !== undefined && mayRecall(relationshipHeard(record), present);
  const earlierTalks = fresh ? record.talks : Math.max(0, record.talks - 1);
  // What was said in this very talk is still in the ear.
  const open = record.open.filter(
    (one) => mayRecall(one.audience, present) && (fresh || (lastMet !== undefined && one.at <= lastMet)),
  );
  const known = { person, ...(name && { name: name.text }), ...(isKnownAs && { relationship }), open, told };
  if (present.length > 1)
    return { ...known, inGroup: true, earlierTalks: Math.min(1, earlierTalks), turns: 0, warmth: 0 };
  return {
    ...known,
    earlierTalks,
    ...(firstMet !== undefined && { firstMet }),
    ...(lastMet !== undefined && { lastMet }),
    turns,
    warmth,
  };
}

/** A turn as a relationship sees it. */
export interface TurnAmong {
  turn: TurnRecord;
  /** What this person said in it, and what the character had said just before. */
  said: readonly string[];
  asked: string | undefined;
  /** Ids of recalled memories that the answer tells. */
  told: readonly string[];
  /** What was felt towards this person; null where it is not known, or meant others. */
  felt: { valence: number } | null;
  /** Names that are the character's own. */
  self: readonly string[];
}

/** The relationship after a turn, and what the turn changed in it. */
export function afterTurn(
  before: RelationshipRecord,
  { turn, said, asked, told, felt, self }: TurnAmong,
): { record: RelationshipRecord; change: RelationshipChange } {
  const newTalk = isNewTalk(before, turn.at, turn.turn === 1);
  const warmth = warmed(before.warmth, felt);
  const name = nameGiven(before, turn, said, self);
  const fresh = told.filter((id) => !before.told.includes(id));
  const metBefore = newTalk ? before.lastMet : before.metBefore;
  return {
    record: {
      ...withWords(before, name, turn, said, asked),
      ...(metBefore !== undefined && { metBefore }),
      lastMet: turn.at,
      firstMet: before.firstMet ?? turn.at,
      talkTimes: withTurnAt(before.talkTimes, turn, newTalk),
      talks: before.talks + (newTalk ? 1 : 0),
      turns: before.turns + 1,
      warmth,
      told: [...before.told, ...fresh].slice(-TOLD_KEPT),
    },
    change: {
      person: before.person,
      newTalk,
      warmer: warmth - before.warmth,
      ...(name && { renamed: {} }),
      told: fresh,
    },
  };
}

/**
 * The relationship without what a turn gave, the last one of its thread; null where nothing is left of it.
 * @param before time of the turn before it in the thread
 */
export function withoutTurn(
  record: RelationshipRecord,
  turn: TurnRecord,
  change: RelationshipChange,
  before: string | undefined,
): RelationshipRecord | null {
  const left: RelationshipRecord = {
    ...withTimes(withoutWords(record, turn), turn, before),
    talks: Math.max(0, record.talks - (change.newTalk ? 1 : 0)),
    turns: Math.max(0, record.turns - 1),
    warmth: Math.max(-1, Math.min(1, record.warmth - change.warmer)),
    told: record.told.filter((id) => !change.told.includes(id)),
  };
  if (left.turns > 0) return left;
  const isHosts = (left.name && !left.name.given) || left.relationship !== undefined;
  const { person, name, otherNames, relationship, relationshipHeard: heard } = left;
  const known = { ...(name && { name }), otherNames, ...(relationship !== undefined && { relationship }) };
  return isHosts
    ? { ...newRelationship(person), ...known, ...(heard && { relationshipHeard: heard }) }
    : null;
}

/** The relationship when other words stand in a turn's place: name and plans are read anew. */
export function afterEdit(
  record: RelationshipRecord,
  { renamed: _, ...change }: RelationshipChange,
  { turn, said, asked, self }: TurnAmong,
): { record: RelationshipRecord; change: RelationshipChange } {
  const without = withoutWords(record, turn);
  const name = nameGiven(without, turn, said, self);
  return {
    record: withWords(without, name, turn, said, asked),
    change: { ...change, ...(name && { renamed: {} }) },
  };
}

/** With the name and the plans that are said in a turn. */
function withWords(
  before: RelationshipRecord,
  name: KnownName | undefined,
  turn: TurnRecord,
  said: readonly string[],
  asked: string | undefined,
): RelationshipRecord {
  const { open, settled } = openAfter(before, turn, said, asked);
  const settledIn = { thread: turn.thread, turn: turn.turn };
  return {
    ...(name ? withName(before, name) : before),
    open,
    settled: [...before.settled, ...settled.map((one) => ({ ...one, settledIn }))].slice(-SETTLED_KEPT),
  };
}

/** Without the name and the plans that were said in a turn; what it had settled is open again. */
function withoutWords(record: RelationshipRecord, turn: TurnRecord): RelationshipRecord {
  const isOf = (source: { thread: string; turn: number }) =>
    source.thread === turn.thread && source.turn === turn.turn;
  const settled = record.settled.filter((one) => !isOf(one));
  const again = settled.flatMap(({ settledIn, ...matter }) => (isOf(settledIn) ? [matter] : []));
  const open = [...record.open.filter((one) => !isOf(one)), ...again];
  return {
    ...withoutNameOf(record, turn),
    open: open.sort((a, b) => a.at.localeCompare(b.at)).slice(-OPEN_KEPT),
    settled: settled.filter(({ settledIn }) => !isOf(settledIn)),
  };
}

/** When they were met, by the talks that are left; of those before the ones kept in mind the first time stays. */
function withTimes(
  { lastMet, metBefore: _, firstMet, ...record }: RelationshipRecord,
  turn: TurnRecord,
  before: string | undefined,
): RelationshipRecord {
  const talkTimes = withoutTurnAt(record.talkTimes, turn, before);
  const isAll = record.talkTimes.length >= record.talks;
  const last = lastMet === turn.at ? before : lastMet;
  const unlisted = talkTimes.length === 0 && !isAll && last !== undefined ? { lastMet: last } : {};
  const first = isAll || firstMet === undefined ? {} : { firstMet };
  return { ...record, talkTimes, ...unlisted, ...metTimes(talkTimes), ...first };
}

function openAfter(
  before: RelationshipRecord,
  { thread, turn, at, audience, answer }: TurnRecord,
  said: readonly string[],
  asked: string | undefined,
): Record<"open" | "settled", RelationshipRecord["open"]> {
  const fresh = [
    ...said.flatMap(plansIn).map((text) => ({ text, by: "them" as const })),
    ...plansIn(answer.text).map((text) => ({ text, by: "self" as const })),
  ].map((plan) => ({ ...plan, at, thread, turn, audience }));
  const words = said.join("\n");
  const isOver = (matter: RelationshipRecord["open"][number]) =>
    fresh.some(({ text, by }) => by === matter.by && isSamePlan(text, matter)) ||
    // What is said of it in the same breath does not tell how it went.
    (isLater(matter, thread, at) && isSettledBy(matter, words, asked));
  const settled = before.open.filter(isOver);
  const open = [...before.open.filter((matter) => !settled.includes(matter)), ...fresh];
  return { open: open.slice(-OPEN_KEPT), settled: [...settled, ...open.slice(0, -OPEN_KEPT)] };
}

const isLater = (matter: { thread: string; at: string }, thread: string, at: string): boolean =>
  matter.thread !== thread || Date.parse(at) - Date.parse(matter.at) > NEW_TALK_AFTER_MS;
