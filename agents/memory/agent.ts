import { z } from "zod";
import type { Recollection } from "../../memory/simulacrum-memory.js";
import type { AgentDescriptor } from "../agent.js";
import { recall } from "./recall.js";

/** Of what was recalled the memories enter the turn's account (`mind.memories`). */
export const memory: AgentDescriptor<"recollection", Recollection, "memory"> = {
  id: "memory",
  does: "Searches memory",
  node: "recall",
  writes: { key: "recollection", schema: z.custom<Recollection>((value) => value !== undefined) },
  act: recall,
  shown: { title: "Remembered", text: ({ memories }) => memories.map(({ text }) => text).join("\n") },
  whenItFails:
    "Memory failed this turn: the answer was made without recalled memories, or could not be kept.",
};
