import { END, START, StateGraph } from "@langchain/langgraph";
import { opening } from "../../agents/memory/attend.js";
import { remember } from "../../agents/memory/remember.js";
import { MindState, TurnInput, TurnOutput } from "../../agents/mind.js";
import { respond } from "../../agents/top/respond.js";
import type { AgentDependencies } from "../../agents/turn.js";

/**
 * The baseline `blank` (paper, section 4.2): the question and the answering rules, no name and no character.
 * Wired as `prompt` is; that `deps.method` is `blank` keeps the character out of the prompt.
 */
export const blankGraph = (deps: AgentDependencies) =>
  new StateGraph({ state: MindState, input: TurnInput, output: TurnOutput })
    .addNode("respond", opening(deps, respond(deps)))
    .addNode("remember", remember(deps))
    .addEdge(START, "respond")
    .addEdge("respond", "remember")
    .addEdge("remember", END);
