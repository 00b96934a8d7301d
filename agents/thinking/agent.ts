import { z } from "zod";
import type { AgentDescriptor } from "../agent.js";
import { think } from "./think.js";

export const thinking: AgentDescriptor<"thought", string, "thinking"> = {
  id: "thinking",
  does: "Thinks",
  node: "think",
  writes: { key: "thought", schema: z.string() },
  act: think,
  voice: { section: "your-thought", decides: "what you say and do", text: (thought) => thought },
  shown: { title: "Thought", text: (thought) => thought },
  whenItFails: "Thinking failed this turn: the answer was made without an inner thought.",
};
