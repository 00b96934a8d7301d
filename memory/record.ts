import { z } from "zod";

/** Which memory a record belongs to: the life story, short-term (episodes), or consolidated long-term memory. */
export const memoryKindSchema = z.enum(["life", "short", "long"]);
export type MemoryKind = z.infer<typeof memoryKindSchema>;

/** Where a memory comes from, precise enough to read the passage again. */
export const memorySourceSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("story"),
    chunk: z.number().int().min(1),
    paragraphs: z.tuple([z.number().int().min(1), z.number().int().min(1)]),
  }),
  z.object({
    kind: z.literal("thread"),
    thread: z.string().min(1),
    /** First and last turn of the thread (from 1). */
    turns: z.tuple([z.number().int().min(1), z.number().int().min(1)]),
  }),
  z.object({
    kind: z.literal("import"),
    key: z.string().min(1),
    paragraphs: z.tuple([z.number().int().min(1), z.number().int().min(1)]).optional(),
  }),
]);
export type MemorySource = z.infer<typeof memorySourceSchema>;

/**
 * One memory as it lies in the store. `text` is what is searched, ranked and put into prompts.
 * What is unknown is absent; absent parts are left out of the ranking and never count as 0.
 */
export const memoryRecordSchema = z.object({
  kind: memoryKindSchema,
  /** Indexed text, as put into prompts. */
  text: z.string().min(1),
  /** What is embedded where it differs from `text` (for example without the listener's name). */
  denseText: z.string().min(1).optional(),
  content: z.string().min(1),
  thinking: z.string().optional(),
  emotion: z.string().optional(),
  summary: z.string().optional(),
  /** [0, 1]; unknown for imported memories. */
  importance: z.number().min(0).max(1).optional(),
  /** [-1, 1] and [0, 1] (Russell 1980). */
  valence: z.number().min(-1).max(1).optional(),
  arousal: z.number().min(0).max(1).optional(),
  /** Whom it was said among, sorted ids; empty for the life story, which belongs to the character. */
  audience: z.array(z.string().min(1)),
  source: memorySourceSchema,
  /** When it was told or lived, ISO 8601; unknown for the life story. */
  at: z.iso.datetime().optional(),
  /** How often it was recalled in a turn (rehearsal). */
  recallCount: z.number().int().min(0).default(0),
  lastRecalledAt: z.iso.datetime().optional(),
  /** Key of the memory that replaced this one; its history stays. */
  supersededBy: z.string().optional(),
  /** Of an episode: what has been made of it so far for the memory that it becomes, by part. */
  making: z.record(z.string(), z.unknown()).optional(),
  /** SHA-256 of the normalised text: the same memory is never stored twice in one namespace. */
  hash: z.string().min(1),
  /** Dialogue only: the conversation (thread) and the place in it, by which neighbours are found. */
  conversation: z.string().optional(),
  position: z.number().int().min(0).optional(),
  /** Dialogue only: who said it, where one person did. */
  speaker: z.string().optional(),
});
export type MemoryRecord = z.infer<typeof memoryRecordSchema>;
