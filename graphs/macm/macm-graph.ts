import type { AgentDependencies } from "../../agents/turn.js";
import { addedNodes, inStages } from "./stages.js";

/**
 * The Multi-Agent Cognitive Mechanism (paper, section 3.2.1): Top reads the stimulus, Memory recalls, Thinking and
 * Emotion work at the same time on what was recalled, Top answers, Memory keeps the turn. Four model calls on a path of three.
 */
export const macmGraph = (deps: AgentDependencies) =>
  inStages(deps, [
    // What is looked for decides what is found, so Top reads before Memory recalls.
    ["reflect"],
    ["recall"],
    // Reason, feeling and what else was added do not wait for each other.
    ["think", "feel", ...addedNodes(deps)],
    ["respond"],
    ["remember"],
  ]);
