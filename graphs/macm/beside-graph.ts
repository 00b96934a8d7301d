import type { AgentDependencies } from "../../agents/turn.js";
import { addedNodes, inStages } from "./stages.js";

/**
 * MACM with Top's reading beside Thinking and Emotion instead of before them: Memory first recalls by the stimulus
 * alone, and once more when Top's queries are there, so that the voice knows what they found. Four model calls on a path of two.
 */
export const besideGraph = (deps: AgentDependencies) =>
  inStages(deps, [
    ["recall"],
    ["reflect", "think", "feel", ...addedNodes(deps)],
    ["recall_again"],
    ["respond"],
    ["remember"],
  ]);
