import { z } from "zod";
import { givenName } from "./given-name.js";
import { isSamePlan, isSettledBy, OPEN_KEPT, openMatterSchema, plansIn } from "./open-matters.js";
import { mayRecall } from "./ownership.js";
import type { TurnRecord } from "./turn-record.js";

/** A name, and the turn in which it was given; without one the host said it. */
const knownNameSchema = z.object({
  text: z.string().min(1),
  given: z.object({ thread: z.string(), turn: z.number().int(), at: z.iso.datetime() }).optional(),
});

/**
 * What the character knows of an interlocutor as a person. It is that person's, as their memories are; where nobody was
 * named it is the thread's.
 */
export const relationshipRecordSchema = z.object({
  person: z.string().min(1),
  name: knownNameSchema.optional(),
  /** How they are known, as the host said it. */
  relationship: z.string().optional(),
  firstMet: z.iso.datetime().optional(),
  /** Time of the last turn, and of the last one before the talk that this belongs to. */
  lastMet: z.iso.datetime().optional(),
  metBefore: z.iso.datetime().optional(),
  /** A talk begins with a thread, and after some hours of silence. */
  talks: z.number().int().min(0).default(0),
  turns: z.number().int().min(0).default(0),
  /** In [-1, 1]; see `warmed`. */
  warmth: z.number().min(-1).max(1).default(0),
  open: z.array(openMatterSchema).default([]),
  /** Ids of memories that they were told, oldest first. */
  told: z.array(z.string()).default([]),
});
export type RelationshipRecord = z.infer<typeof relationshipRecordSchema>;

/** What a turn changed in a relationship, so that it can be taken back. */
export const relationshipChangeSchema = z.object({
  person: z.string().min(1),
  newTalk: z.boolean(),
  /** How much warmer it got. */
  warmer: z.number(),
  lastMet: z.iso.datetime().optional(),
  metBefore: z.iso.datetime().optional(),
  /** The name before, where the turn gave another. */
  renamed: z.object({ from: knownNameSchema.optional() }).optional(),
  settled: z.array(openMatterSchema).default([]),
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
  /** How often they talked before this talk; null where the method, or the memory mode, keeps nothing of it. */
  earlierTalks: number | null;
  firstMet?: string;
  /** When they last talked before this talk. */
  lastMet?: string;
  /** Turns so far, those of this talk included, and warmth in [-1, 1]. */
  turns: number;
  warmth: number;
  /** What was left open in earlier talks, as far as all present were there. */
  open: RelationshipRecord["open"];
  /** Ids of memories that they were told. */
  told: string[];
}

/** After so long without a word it is another talk, in the same thread too. Our own choice. */
const NEW_TALK_AFTER_MS = 6 * 3_600_000;
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
  talks: 0,
  turns: 0,
  warmth: 0,
  open: [],
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

/** A host's name and relationship take the place of what was known. */
export function asHostSays(
  record: RelationshipRecord,
  { name, relationship }: { name?: string | undefined; relationship?: string | undefined },
): RelationshipRecord {
  return {
    ...record,
    ...(name !== undefined && { name: { text: name } }),
    ...(relationship !== undefined && { relationship }),
  };
}

const isNewTalk = ({ lastMet }: RelationshipRecord, at: string, isFirstTurn: boolean): boolean =>
  lastMet === undefined || isFirstTurn || Date.parse(at) - Date.parse(lastMet) > NEW_TALK_AFTER_MS;

/** The relationship as a turn that begins `at` finds it, before those present. */
export function relationshipAt(
  record: RelationshipRecord,
  { at, isFirstTurn, present }: { at: string; isFirstTurn: boolean; present: readonly string[] },
): Relationship {
  const fresh = isNewTalk(record, at, isFirstTurn);
  const lastMet = fresh ? record.lastMet : record.metBefore;
  const { person, name, relationship, firstMet, turns, warmth, told } = record;
  return {
    person,
    ...(name && { name: name.text }),
    ...(relationship !== undefined && { relationship }),
    earlierTalks: fresh ? record.talks : Math.max(0, record.talks - 1),
    ...(firstMet !== undefined && { firstMet }),
    ...(lastMet !== undefined && { lastMet }),
    turns,
    warmth,
    // What was said in this very talk is still in the ear.
    open: record.open.filter(
      (one) => mayRecall(one.audience, present) && (fresh || (lastMet !== undefined && one.at <= lastMet)),
    ),
    told,
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
  const name = nameAfter(before, turn, said, self);
  const { open, settled } = openAfter(before, turn, said, asked);
  const fresh = told.filter((id) => !before.told.includes(id));
  const metBefore = newTalk ? before.lastMet : before.metBefore;
  return {
    record: {
      ...withMet(before, { lastMet: turn.at, metBefore }),
      firstMet: before.firstMet ?? turn.at,
      ...(name && { name }),
      talks: before.talks + (newTalk ? 1 : 0),
      turns: before.turns + 1,
      warmth,
      open,
      told: [...before.told, ...fresh].slice(-TOLD_KEPT),
    },
    change: {
      person: before.person,
      newTalk,
      warmer: warmth - before.warmth,
      ...(before.lastMet !== undefined && { lastMet: before.lastMet }),
      ...(before.metBefore !== undefined && { metBefore: before.metBefore }),
      ...(name && { renamed: { ...(before.name && { from: before.name }) } }),
      settled,
      told: fresh,
    },
  };
}

/** The relationship without what a turn gave; null where nothing is left of it. */
export function withoutTurn(
  record: RelationshipRecord,
  turn: TurnRecord,
  change: RelationshipChange,
): RelationshipRecord | null {
  const isLast = record.lastMet === turn.at;
  const spoken = withoutWords(record, turn, change);
  const left: RelationshipRecord = {
    ...(isLast ? withMet(spoken, change) : spoken),
    talks: Math.max(0, record.talks - (change.newTalk ? 1 : 0)),
    turns: Math.max(0, record.turns - 1),
    warmth: Math.max(-1, Math.min(1, record.warmth - change.warmer)),
    told: record.told.filter((id) => !change.told.includes(id)),
  };
  if (left.turns > 0) return left;
  const isHosts = (left.name && !left.name.given) || left.relationship !== undefined;
  const { name, relationship } = left;
  const known = { ...(name && { name }), ...(relationship !== undefined && { relationship }) };
  return isHosts ? { ...newRelationship(record.person), ...known } : null;
}

/** The relationship when other words stand in a turn's place: name and plans are read anew. */
export function afterEdit(
  record: RelationshipRecord,
  change: RelationshipChange,
  now: TurnAmong,
): { record: RelationshipRecord; change: RelationshipChange } {
  const without = withoutWords(record, now.turn, change);
  const name = nameAfter(without, now.turn, now.said, now.self);
  const { open, settled } = openAfter(without, now.turn, now.said, now.asked);
  const { renamed: _, ...unnamed } = change;
  return {
    record: { ...without, ...(name && { name }), open },
    change: {
      ...unnamed,
      ...(name && { renamed: { ...(without.name && { from: without.name }) } }),
      settled,
    },
  };
}

/** Without the name and the plans that were said in a turn; what it had settled is open again. */
function withoutWords(
  record: RelationshipRecord,
  { thread, turn }: TurnRecord,
  { renamed, settled }: RelationshipChange,
): RelationshipRecord {
  const isOf = (source: { thread: string; turn: number }) => source.thread === thread && source.turn === turn;
  const { name, ...nameless } = record;
  const isNamedHere = renamed !== undefined && name?.given !== undefined && isOf(name.given);
  const before = isNamedHere ? renamed.from : name;
  const open = [...record.open.filter((one) => !isOf(one)), ...settled];
  return {
    ...nameless,
    ...(before && { name: before }),
    open: open.sort((a, b) => a.at.localeCompare(b.at)).slice(-OPEN_KEPT),
  };
}

function withMet(
  { lastMet: _, metBefore: __, ...record }: RelationshipRecord,
  { lastMet, metBefore }: { lastMet?: string | undefined; metBefore?: string | undefined },
): RelationshipRecord {
  return {
    ...record,
    ...(lastMet !== undefined && { lastMet }),
    ...(metBefore !== undefined && { metBefore }),
  };
}

/** The name that the person gave in this turn, where the host has said none. */
function nameAfter(
  { name }: RelationshipRecord,
  { thread, turn, at }: TurnRecord,
  said: readonly string[],
  others: readonly string[],
): RelationshipRecord["name"] {
  if (name && (!name.given || name.given.at > at)) return undefined;
  let text = name?.text;
  for (const words of said) text = givenName(words, { known: text, others }) ?? text;
  return text === undefined || text === name?.text ? undefined : { text, given: { thread, turn, at } };
}

function openAfter(
  before: RelationshipRecord,
  { thread, turn, at, audience, answer }: TurnRecord,
  said: readonly string[],
  asked: string | undefined,
): Pick<RelationshipRecord, "open"> & Pick<RelationshipChange, "settled"> {
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
