import { z } from "zod";
import { feelingSchema } from "../../agents/emotion/agent.js";
import { reflectionSchema } from "../../agents/top/agent.js";
import { affectSchema } from "../../data/character.js";
import { recalledMemorySchema } from "../../memory/recalled-memory.js";
import type { TracedMessage } from "./trace-line.js";

/** What the nodes of one graph gave, put together. A part that a newer program wrote in another form is left out. */
export const resultsSchema = z.object({
  said: z
    .array(z.object({ name: z.string().optional(), text: z.string() }))
    .optional()
    .catch(undefined),
  people: z
    .array(z.object({ id: z.string(), name: z.string().optional(), relationship: z.string().optional() }))
    .optional()
    .catch(undefined),
  reflection: reflectionSchema.optional().catch(undefined),
  recollection: z
    .object({
      memories: z.array(recalledMemorySchema),
      nothingRelevant: z.boolean(),
      someoneElse: z.boolean().default(false),
    })
    .optional()
    .catch(undefined),
  passages: z.array(z.string()).optional().catch(undefined),
  thought: z.string().optional().catch(undefined),
  feeling: feelingSchema.optional().catch(undefined),
  faults: z.record(z.string(), z.string().nullable()).optional().catch(undefined),
  degraded: z.array(z.string()).optional().catch(undefined),
  guard: z
    .array(z.object({ on: z.enum(["stimulus", "answer"]), action: z.string(), reason: z.string() }))
    .optional()
    .catch(undefined),
  answer: z.string().optional().catch(undefined),
  /** Construction and consolidation. */
  refusal: z.string().optional().catch(undefined),
  content: z.string().optional().catch(undefined),
  reasoning: z.object({ thinking: z.string(), importance: z.number() }).optional().catch(undefined),
  summary: z.string().optional().catch(undefined),
  outdated: z.array(z.string()).optional().catch(undefined),
});
export type TracedResults = z.infer<typeof resultsSchema>;

/** One call of a model. */
export interface TracedCall {
  id: string;
  role: string;
  model: string | undefined;
  /** Milliseconds from the beginning of the turn, and of the call. */
  offset: number;
  ms: number;
  error: string | undefined;
  /** The answer before did not fit, and was asked for once more. */
  reask: boolean;
  messages: readonly TracedMessage[];
  text: string | undefined;
  tokens: { input: number; output: number };
  /** Whether the tokens were counted here because the server reported none. */
  counted: boolean;
}

/** One node of the graph at work. */
export interface TracedStep {
  name: string;
  /** In words, where the trace has them: what an added agent does. */
  does?: string;
  offset: number;
  ms: number;
  error: string | undefined;
  calls: TracedCall[];
}

/** One run of a graph: a turn, or work between turns (`consolidation`, `construction`). */
export interface TracedRun extends TracedResults {
  kind: "turn" | "consolidation" | "construction";
  id: string;
  character: string;
  method: string | undefined;
  thread: string | undefined;
  model: string | undefined;
  /** ISO 8601. */
  startedAt: string;
  ms: number;
  /** False where the file ends before the run did: the program was stopped. */
  ended: boolean;
  error: string | undefined;
  moodBefore: z.infer<typeof affectSchema> | undefined;
  moodAfter: z.infer<typeof affectSchema> | undefined;
  steps: TracedStep[];
  /** Parts of the mind by agents that a host added. */
  added: { title: string; text: string }[];
}

/** Sums over the model calls of a run. */
export function effort(run: Pick<TracedRun, "steps">) {
  const calls = run.steps.flatMap((step) => step.calls);
  const sum = (of: (call: TracedCall) => number) => calls.reduce((before, call) => before + of(call), 0);
  return {
    calls: calls.length,
    inputTokens: sum(({ tokens }) => tokens.input),
    outputTokens: sum(({ tokens }) => tokens.output),
    counted: calls.some(({ counted }) => counted),
  };
}

export const affectOf = (value: unknown) => affectSchema.safeParse(value).data;
