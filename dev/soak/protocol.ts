import { z } from "zod";

/** What the soak tells a worker process to do, one JSON line each. */
export const commandSchema = z.discriminatedUnion("act", [
  z.object({
    act: z.literal("open"),
    home: z.string(),
    baseURL: z.string(),
    /** Memories from which on the HNSW index is used. */
    exactBelow: z.number(),
    /** The simulacrum opens its home itself, as it does for most programs; the index is then used from as many as usual. */
    opensItself: z.boolean(),
    clockOffsetMs: z.number(),
    /** How long the model may be silent, before its first word and between words. */
    modelPatienceMs: z.number(),
  }),
  z.object({
    act: z.literal("ask"),
    thread: z.string().nullable(),
    audience: z.array(z.string()),
    text: z.string(),
    timeoutMs: z.number().optional(),
  }),
  /** A host sends its whole conversation; the last message is new, or wants another answer. */
  z.object({
    act: z.literal("host"),
    thread: z.string(),
    audience: z.array(z.string()),
    messages: z.array(z.object({ id: z.string(), text: z.string(), isAnswer: z.boolean() })),
  }),
  z.object({ act: z.literal("withdraw"), thread: z.string(), audience: z.array(z.string()) }),
  z.object({ act: z.literal("forget"), person: z.string() }),
  z.object({ act: z.literal("consolidate"), forMs: z.number() }),
  z.object({ act: z.literal("construct"), again: z.boolean() }),
  z.object({ act: z.literal("index") }),
  /** The clock of the machine jumps. */
  z.object({ act: z.literal("clock"), offsetMs: z.number() }),
  z.object({ act: z.literal("close") }),
]);
export type Command = z.infer<typeof commandSchema>;

export const numberedCommandSchema = z.object({ id: z.number(), command: commandSchema });

/** What a worker answers: one JSON line for every command that came to its end. */
export const replySchema = z.object({
  id: z.number(),
  /**
   * The answer of a turn; the words that were taken back (null: there was nothing to take back); how many memories the
   * story has (null: not all are made).
   */
  text: z.string().nullable().optional(),
  /** Id of the answer that a host got. */
  answerId: z.string().optional(),
  error: z.object({ code: z.string(), message: z.string() }).optional(),
});
export type Reply = z.infer<typeof replySchema>;
