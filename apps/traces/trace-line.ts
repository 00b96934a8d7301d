import { z } from "zod";

/** Version of the lines that this program writes; it reads this one and all before. */
export const TRACE_VERSION = 1;

const version = z.literal(TRACE_VERSION);

/** A message as a model was given it. */
const messageSchema = z.object({ role: z.string(), name: z.string().optional(), content: z.string() });
export type TracedMessage = z.infer<typeof messageSchema>;

const usageSchema = z.object({
  input_tokens: z.number().min(0),
  output_tokens: z.number().min(0),
});

/**
 * One finished run: a graph, a node of it, a model call, a tool. Written when the run ends, so children stand before
 * their parent, and after a kill the parent may be missing; `trace` (the id of the outermost run) keeps them together.
 */
export const runLineSchema = z.object({
  v: version,
  type: z.enum(["llm", "chain", "tool", "retriever", "prompt", "parser", "embedding"]),
  id: z.string().min(1),
  parent: z.string().nullable(),
  trace: z.string().min(1),
  name: z.string(),
  startedAt: z.iso.datetime(),
  /** Milliseconds. */
  ms: z.number().min(0),
  /** First line of what went wrong. */
  error: z.string().optional(),
  tags: z.array(z.string()).default([]),
  metadata: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
  /** A model call: what it was given, what it said, and the tokens that its server reported. */
  messages: z.array(messageSchema).optional(),
  text: z.string().optional(),
  usage: usageSchema.optional(),
  /** A node of a graph: those of its results that tell of the mind. */
  output: z.record(z.string(), z.unknown()).optional(),
});
export type RunLine = z.infer<typeof runLineSchema>;

/** Whose trace it is; written once a file and program, before the first run. */
export const characterLineSchema = z.object({
  v: version,
  type: z.literal("character"),
  id: z.string().min(1),
  name: z.string(),
});
export type CharacterLine = z.infer<typeof characterLineSchema>;

/** Paragraphs of a life story that a recalled memory comes from; written once, before the run that recalled it. */
export const passageLineSchema = z.object({
  v: version,
  type: z.literal("passage"),
  id: z.string().min(1),
  name: z.string(),
  character: z.string().min(1),
  paragraphs: z.tuple([z.number().int().min(1), z.number().int().min(1)]),
  text: z.string(),
});
export type PassageLine = z.infer<typeof passageLineSchema>;

/** A line of a trace file. */
export const traceLineSchema = z.discriminatedUnion("type", [
  runLineSchema,
  characterLineSchema,
  passageLineSchema,
]);
export type TraceLine = z.infer<typeof traceLineSchema>;
