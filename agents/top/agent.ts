import { z } from "zod";
import type { AgentDescriptor } from "../agent.js";
import { reflect } from "./reflect.js";

/** Top's reading of the stimulus: its key elements, whether it asks for a memory or if one talks to a machine, and what to look for. */
export const reflectionSchema = z.object({
  keyElements: z.array(z.string()),
  asksForMemory: z.boolean(),
  /** Whether it is asked in earnest if one talks to a machine; absent where the model did not say. */
  asksIfMachine: z.boolean().optional(),
  queries: z.array(z.string()),
});
export type Reflection = z.infer<typeof reflectionSchema>;

export const top: AgentDescriptor<"reflection", Reflection, "top"> = {
  id: "top",
  does: "Takes in what was said",
  node: "reflect",
  writes: { key: "reflection", schema: reflectionSchema },
  act: reflect,
  shown: { title: "Noticed", text: ({ keyElements }) => keyElements.join("\n") },
  whenItFails: "Reflection failed this turn: memories were looked up by the words of the message alone.",
};
