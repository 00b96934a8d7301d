import { z } from "zod";

export const FEEL_VERSION = 2;

/** One feeling in words and numbers. */
export const feelSchema = z.object({
  text: z.string().min(1).max(800).describe("what I feel"),
  valence: z.number().min(-1).max(1),
  arousal: z.number().min(0).max(1),
});

/** The emotional response of the person (paper, section 3.2.1, Emotion Agent); `mood` in words, as it was before this. */
export const feelTask = (name: string, mood: string): string =>
  [
    `Do not answer: notice what you feel at what was just said, as ${name} would and no more. Small talk stirs little; friendly words from a stranger do not make you fond of them; an insult hurts or angers. Your mood until now: ${mood}.`,
    'Reply only with the JSON: "text" (one or two short, plain sentences, as “I”), "valence" (-1 very unpleasant to 1 very pleasant), "arousal" (0 calm to 1 very agitated).',
  ].join("\n");
