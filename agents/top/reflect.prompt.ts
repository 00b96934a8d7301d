import { z } from "zod";

export const REFLECT_VERSION = 2;

/** What Top gives on from its reading of the stimulus. */
export const reflectSchema = z.object({
  keyElements: z.array(z.string().max(240)).min(1).max(6),
  asksForMemory: z.boolean(),
  asksIfMachine: z
    .boolean()
    .optional()
    .describe("true only if they ask in earnest whether you are a human being or a machine"),
  queries: z.array(z.string().max(240)).min(1).max(4),
});

/** Top takes in what was said before anything is recalled (paper, figure 2: task analysis). It does not answer. */
export const reflectTask = (): string =>
  [
    "Do not answer yet. Take in what was just said, and note what you have to remember in order to answer. Reply only with the JSON:",
    "keyElements: 1 to 4 short phrases, what they say, ask or want;",
    "asksForMemory: true if the answer depends on the past, on your life or on what was said before, false for greetings, small talk, opinions;",
    "queries: 1 to 3 short phrases to search your memory with, in words that the memory itself would hold: “I” and “my” are you, others have their names, and the person, place or thing stands for “he”, “there” or “it”.",
  ].join("\n");
