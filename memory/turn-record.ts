import { z } from "zod";
import { affectSchema } from "../data/character.js";
import { audienceLabel } from "./ownership.js";
import { relationshipChangeSchema } from "./relationship.js";

const storeKeySchema = z.object({ namespace: z.array(z.string()), key: z.string() });

/** Where something lies in the store. */
export type StoreKey = z.infer<typeof storeKeySchema>;

/** What reached the simulacrum, in order; `name` says who spoke where known, `replaced` that a guard chose these words. */
const saidSchema = z.array(
  z.object({
    id: z.string().optional(),
    name: z.string().optional(),
    text: z.string(),
    replaced: z.boolean().optional(),
  }),
);
export type Said = z.infer<typeof saidSchema>;

/** A thread as the store knows it: who is in it, how it is played, and how far it has been moved into short-term memory. */
export const threadRecordSchema = z.object({
  thread: z.string().min(1),
  /** Sorted ids of the people it was opened with. */
  audience: z.array(z.string().min(1)).min(1),
  /** Their names, where known, by id. */
  names: z.record(z.string(), z.string()).default({}),
  method: z.string(),
  /** Whether its turns become memories and move a mood: the method plays somebody who remembers. */
  remembers: z.boolean().default(false),
  /** How many turns it has, and up to which turn episodes have been made. */
  turns: z.number().int().min(0),
  episodesUpTo: z.number().int().min(0),
  /** The turn behind which working memory begins. */
  windowAfter: z.number().int().min(0).optional(),
  /** Ids of messages that are no part of the conversation: other people tried to say them, or they were taken back. */
  refused: z.array(z.string()).default([]),
  /** Fingerprints of exchanges that a guard stopped: what was said in them is kept nowhere. */
  stopped: z.array(z.string()).default([]),
  /** What was said and is not answered yet: a turn is under way, or failed. */
  unanswered: saidSchema.default([]),
  /** The scenes in which the host has put the talk, the last one last. */
  scenes: z.array(z.string()).default([]),
  openedAt: z.iso.datetime(),
  lastAt: z.iso.datetime(),
});
export type ThreadRecord = z.infer<typeof threadRecordSchema>;

/** One finished turn: the transcript, the mind behind the answer, and what it changed, so that it can be taken back. */
export const turnRecordSchema = z.object({
  thread: z.string().min(1),
  turn: z.number().int().min(1),
  audience: z.array(z.string().min(1)).min(1),
  stimulus: saidSchema,
  answer: z.object({ id: z.string(), text: z.string() }),
  at: z.iso.datetime(),
  thought: z.string().nullable(),
  feeling: affectSchema.extend({ text: z.string() }).nullable(),
  moodBefore: affectSchema.nullable(),
  moodAfter: affectSchema.nullable(),
  /** What was recalled for this turn: counts as a rehearsal. */
  recalled: z.array(storeKeySchema),
  /** What it changed in the relationships with those present. */
  met: z.array(relationshipChangeSchema).optional(),
});
export type TurnRecord = z.infer<typeof turnRecordSchema>;

/** Mood towards one audience, and the thread in which it was last met. */
export const moodRecordSchema = affectSchema.extend({
  at: z.iso.datetime(),
  lastThread: z.string().optional(),
});
export type MoodRecord = z.infer<typeof moodRecordSchema>;

/**
 * An episode that waits for consolidation; `attempts` counts failures. What has been made of it so far stands in the
 * episode (`making`), so that a process that ends early loses no call.
 */
export const dueRecordSchema = z.object({
  episode: storeKeySchema,
  reason: z.enum(["rehearsed", "important"]),
  since: z.iso.datetime(),
  attempts: z.number().int().min(0).default(0),
  lastError: z.string().optional(),
});
export type DueRecord = z.infer<typeof dueRecordSchema>;

/** Where these records lie in the store; none of them is searched by meaning. */
export const recordNamespaces = {
  threads: ["threads"],
  /** The threads of one person. */
  threadsOf: (person: string) => ["threads-of", audienceLabel([person])],
  /** The threads of everybody. */
  threadsOfAll: ["threads-of"],
  turns: (thread: string) => ["turns", thread],
  /** Messages refused in threads that only a host knows. */
  refused: ["refused"],
  moods: ["moods"],
  relationships: ["relationships"],
  due: ["due"],
  refusals: ["refusals"],
} as const;

/** Keys of turns sort as numbers. */
export const turnKey = (turn: number): string => String(turn).padStart(8, "0");
