import { END, StateGraph } from "@langchain/langgraph";
import { opening } from "../../agents/memory/attend.js";
import { remember } from "../../agents/memory/remember.js";
import { MindState, outputOf, TurnInput } from "../../agents/mind.js";
import { respond } from "../../agents/top/respond.js";
import type { AgentDependencies } from "../../agents/turn.js";
import { entrance } from "../entrance.js";

/** The baseline `prompt` (paper, section 4.2): facts, traits, biography and the conversation; one model call. */
export const promptGraph = (deps: AgentDependencies) =>
  entrance(
    new StateGraph({ state: MindState, input: TurnInput, output: outputOf(deps) })
      .addNode("respond", opening(deps, respond(deps)))
      .addNode("remember", remember(deps))
      .addEdge("respond", "remember")
      .addEdge("remember", END),
    "respond",
    deps,
  );
