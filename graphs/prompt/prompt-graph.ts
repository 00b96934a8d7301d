import { END, START, StateGraph } from "@langchain/langgraph";
import { beginTurn } from "../../agents/memory/begin-turn.js";
import { remember } from "../../agents/memory/remember.js";
import { MindState, outputOf, TurnInput } from "../../agents/mind.js";
import { respond } from "../../agents/top/respond.js";
import type { AgentDependencies } from "../../agents/turn.js";
import { throughGuard } from "../through-guard.js";

/** The baseline `prompt` (paper, section 4.2): facts, traits, biography and the conversation; one model call. */
export const promptGraph = (deps: AgentDependencies) =>
  throughGuard(
    new StateGraph({ state: MindState, input: TurnInput, output: outputOf(deps) })
      .addNode("begin_turn", beginTurn(deps))
      .addNode("respond", respond(deps))
      .addNode("remember", remember(deps))
      .addEdge(START, "begin_turn")
      .addEdge("respond", "remember")
      .addEdge("remember", END),
    ["respond"],
    deps,
  );
