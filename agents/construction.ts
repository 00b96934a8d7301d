import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { StateSchema } from "@langchain/langgraph";
import { z } from "zod";
import { SimulacraError } from "../data/errors.js";
import { textHash } from "../memory/write-gate.js";
import type { UsageMeter } from "../models/index.js";
import { takenFeelingSchema } from "./emotion/taken-feeling.js";
import type { MadeOf } from "./made-text/made-text.js";
import type { CountTokens } from "./section.js";

/** What Thinking makes of a passage: what the person thought, and how much it matters to them, in [0, 1], where that is known. */
export const reasoningSchema = z.object({
  thinking: z.string().min(1),
  importance: z.number().min(0).max(1).optional().catch(undefined),
});

/**
 * The state in which one passage becomes a memory (paper, section 3.2.2). `passage` and `occasion` come from outside; `content`
 * and `reasoning` are Thinking's, `feeling` is Emotion's, `summary` is Memory's. Feeling and reasoning stay null where the
 * model gave nothing that could be used.
 */
export const ConstructionState = new StateSchema({
  passage: z.string(),
  /** Of a talk: when it was and with whom; null for the life story. */
  occasion: z.string().nullable().default(null),
  content: z.string().nullable().default(null),
  feeling: takenFeelingSchema.nullable().default(null),
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
 * The finished parts of a memory, as every constructed record holds them, whatever it was made of. What nobody felt or
 * thought in usable words is unknown, and absent.
 * @throws SimulacraError `internal` where content or summary is missing: the graph ends only when they are there
 */
export function constructedParts({ content, feeling, reasoning, summary }: ConstructionState) {
  if (content === null || summary === null) {
    throw new SimulacraError("internal", "A memory was constructed without all its parts.", "internal");
  }
  return {
    text: content,
    content,
    summary,
    ...(reasoning && { thinking: reasoning.thinking }),
    ...(feeling && { emotion: feeling.text }),
    ...known({ importance: reasoning?.importance, valence: feeling?.valence, arousal: feeling?.arousal }),
    recallCount: 0,
    hash: textHash(content),
  };
}

/** What a memory is made of, as its first parts are shown it. */
export const madeOf = (
  { name, traits }: Pick<ConstructionDependencies, "name" | "traits">,
  state: Pick<ConstructionState, "passage" | "occasion">,
): MadeOf => ({ passage: state.passage, known: [traits, state.occasion ?? ""].join("\n"), name });

/** A number that could not be read is left out: unknown is not zero. */
const known = <Name extends string>(numbers: Record<Name, number | undefined>): { [Key in Name]?: number } =>
  Object.fromEntries(Object.entries(numbers).filter(([, number]) => number !== undefined)) as {
    [Key in Name]?: number;
  };
