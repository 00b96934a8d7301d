import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { StateSchema } from "@langchain/langgraph";
import { z } from "zod";
import { SimulacraError } from "../data/errors.js";
import { textHash } from "../memory/write-gate.js";
import type { UsageMeter } from "../models/index.js";
import { feelingSchema } from "./emotion/agent.js";
import type { CountTokens } from "./section.js";

/** What Thinking makes of a passage: what the person thought, and how much it matters to them, in [0, 1]. */
export const reasoningSchema = z.object({ thinking: z.string(), importance: z.number().min(0).max(1) });

/**
 * The state in which one passage becomes a memory (paper, section 3.2.2). `passage` comes from outside; `content` and
 * `reasoning` are Thinking's, `feeling` is Emotion's, `summary` is Memory's.
 */
export const ConstructionState = new StateSchema({
  passage: z.string(),
  content: z.string().nullable().default(null),
  feeling: feelingSchema.nullable().default(null),
  reasoning: reasoningSchema.nullable().default(null),
  summary: z.string().nullable().default(null),
});
export type ConstructionState = typeof ConstructionState.State;
export type ConstructionUpdate = Partial<ConstructionState>;

/** The four parts that are made of a passage, one model call each. */
export type ConstructionPart = "content" | "feeling" | "reasoning" | "summary";

/** Keeps finished calls, so that no call is made twice when construction is interrupted. */
export interface ConstructionJournal {
  finished(part: ConstructionPart): Promise<unknown>;
  finish(part: ConstructionPart, value: unknown): Promise<void>;
}

/** What the agents of construction are given. */
export interface ConstructionDependencies {
  /** Whose memory it is, and how they see themself. */
  name: string;
  traits: string;
  /** Where the passage comes from: the life story tells of the person, a talk is a dialogue with them. */
  origin: "life-story" | "talk";
  model: BaseChatModel;
  countTokens: CountTokens;
  journal?: ConstructionJournal;
  meter?: UsageMeter;
}

/**
 * The finished parts of a memory, as every constructed record holds them, whatever it was made of.
 * @throws SimulacraError `internal` where a part is missing: the graph ends only when all are there
 */
export function constructedParts({ content, feeling, reasoning, summary }: ConstructionState) {
  if (content === null || feeling === null || reasoning === null || summary === null) {
    throw new SimulacraError("internal", "A memory was constructed without all its parts.", "internal");
  }
  return {
    text: content,
    content,
    thinking: reasoning.thinking,
    emotion: feeling.text,
    summary,
    importance: reasoning.importance,
    valence: feeling.valence,
    arousal: feeling.arousal,
    recallCount: 0,
    hash: textHash(content),
  };
}
