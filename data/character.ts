import { z } from "zod";
import { plainText, proseOf } from "./prose/prose.js";

/** The eight Jungian functions that the paper ranks to describe a personality (Xie et al. 2025, section 3.1). */
export const jungianFunctionSchema = z.enum(["Ne", "Ni", "Te", "Ti", "Se", "Si", "Fe", "Fi"]);
export type JungianFunction = z.infer<typeof jungianFunctionSchema>;

/** Lower-case words joined by hyphens, safe as a folder name: `mary-jones`. */
export const characterIdSchema = z
  .string()
  .regex(/^[\p{Ll}\p{Lo}\p{Lm}\p{M}\p{N}]+(-[\p{Ll}\p{Lo}\p{Lm}\p{M}\p{N}]+)*$/u)
  .max(80);

/** A point in the circumplex of affect (Russell 1980): valence in [-1, 1], arousal in [0, 1]. */
export const affectSchema = z.object({
  valence: z.number().min(-1).max(1),
  arousal: z.number().min(0).max(1),
});
export type Affect = z.infer<typeof affectSchema>;

/** A short text as a reader sees it: what its author noted beside it (`<!-- … -->`) is part of nobody. */
const text = z.string().overwrite(plainText).min(1);
/** The same of a text with paragraphs. */
const prose = z.string().overwrite(proseOf).min(1);

/** The attributes of a character, as in the published profile sheet. What is not known is left out. */
export const profileSchema = z.object({
  age: z.number().int().min(0).max(130).optional(),
  gender: text.optional(),
  dateOfBirth: z.iso.date().optional(),
  /** The day on which age, occupation and the like hold; counted from date of birth and age where it is not stated. */
  asOf: z.iso.date().optional(),
  occupation: text.optional(),
  hobbies: z.array(text).default([]),
  family: text.optional(),
  education: text.optional(),
  shortTermGoals: z.array(text).default([]),
  longTermGoal: text.optional(),
  residence: text.optional(),
});
export type Profile = z.infer<typeof profileSchema>;

/**
 * Ranked Jungian functions (strongest first; may be unknown), first-person trait sentences, and the mood at rest.
 * Every method but blank needs a trait sentence (`missingFor`); a character that is still being written may have none.
 */
export const personalitySchema = z.object({
  functions: z
    .array(jungianFunctionSchema)
    .refine((f) => new Set(f).size === f.length, "a function is ranked twice")
    .optional(),
  traits: z.array(text).default([]),
  baseline: affectSchema.optional(),
});
export type Personality = z.infer<typeof personalitySchema>;

/**
 * One long-term memory of the life story, as the paper's memory construction makes it (section 3.2.2):
 * what happened, what the person thought, what they felt, and a summary. Importance in [0, 1] and affect may be unknown.
 */
export const lifeMemorySchema = z.object({
  /** Unique within the character; keeps the key of an imported file. */
  key: z.string().min(1),
  content: text,
  thinking: text,
  emotion: text,
  summary: text,
  importance: z.number().min(0).max(1).optional(),
  valence: z.number().min(-1).max(1).optional(),
  arousal: z.number().min(0).max(1).optional(),
  /** First and last paragraph of the story (from 1), where known. */
  paragraphs: z.tuple([z.number().int().min(1), z.number().int().min(1)]).optional(),
});
export type LifeMemory = z.infer<typeof lifeMemorySchema>;

const letterOfFour = z.string().regex(/^[A-D]$/);
const lettersOfSix = z
  .array(z.string().regex(/^[A-F]$/))
  .length(3)
  .refine((keys) => new Set(keys).size === keys.length, "a right option is named twice");
/** Text of the options in order; letters are given when an item is put, never stored inside the text. */
const options = (count: number) => z.array(z.string().min(1)).length(count);

/** The self-report questionnaire of the paper (section 4.1): what the person should know about themself. */
export const questionnaireSchema = z.object({
  cloze: z
    .array(z.object({ question: z.string().min(1), answers: z.array(z.string().min(1)).min(1) }))
    .default([]),
  singleChoice: z
    .array(z.object({ question: z.string().min(1), options: options(4), key: letterOfFour }))
    .default([]),
  multipleChoice: z
    .array(z.object({ question: z.string().min(1), options: options(6), keys: lettersOfSix }))
    .default([]),
});
export type Questionnaire = z.infer<typeof questionnaireSchema>;

/** An open scenario, put in the second person ("You are already in bed …"). */
export const scenarioSchema = z.object({ scenario: z.string().min(1) });

/** Where the data comes from and under which licence; `key` is the person's id there. */
export const sourceSchema = z.object({
  origin: z.string().min(1).default("not stated"),
  licence: z.string().min(1).default("not stated"),
  key: z.string().min(1).optional(),
});

/** Everything written about one person. Parts that a method does not need may be absent; see `missingFor`. */
export const characterSchema = z.object({
  id: characterIdSchema,
  name: z.string().overwrite(plainText).trim().min(1).max(120),
  profile: profileSchema.prefault({}),
  personality: personalitySchema.prefault({}),
  /** A third-person biography, 500-900 words. */
  biography: prose.optional(),
  /** The life story, one paragraph a block, blocks separated by blank lines. */
  story: prose.optional(),
  memories: z.array(lifeMemorySchema).default([]),
  questionnaire: questionnaireSchema.optional(),
  scenarios: z.array(scenarioSchema).default([]),
  source: sourceSchema.prefault({}),
  /** Words by which people and the person call themself, beside the name (nicknames). */
  aliases: z.array(text).default([]),
});
export type Character = z.infer<typeof characterSchema>;
