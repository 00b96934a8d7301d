import { z } from "zod";
import { affectSchema } from "../../data/character.js";
import type { AgentDescriptor } from "../agent.js";
import { feel } from "./feel.js";

/** Emotion's analysis of one stimulus: the feeling in words and in the circumplex of affect (Russell 1980). */
export const feelingSchema = affectSchema.extend({ text: z.string() });
export type Feeling = z.infer<typeof feelingSchema>;

export const emotion: AgentDescriptor<"feeling", Feeling, "emotion"> = {
  id: "emotion",
  does: "Feels",
  node: "feel",
  writes: { key: "feeling", schema: feelingSchema },
  act: feel,
  voice: { section: "your-feeling", decides: "how you say it", text: ({ text }) => text },
  shown: { title: "Felt", text: ({ text }) => text },
  whenItFails: "Emotion failed this turn: the answer was made without a feeling, and the mood only faded.",
};
