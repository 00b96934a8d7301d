import { END, START, StateGraph } from "@langchain/langgraph";
import { feel } from "../../agents/emotion/feel.js";
import { beginTurn } from "../../agents/memory/begin-turn.js";
import { recall } from "../../agents/memory/recall.js";
import { remember } from "../../agents/memory/remember.js";
import { MindState, outputOf, TurnInput } from "../../agents/mind.js";
import { think } from "../../agents/thinking/think.js";
import { reflect } from "../../agents/top/reflect.js";
import { mindKnown, respond } from "../../agents/top/respond.js";
import type { AgentDependencies } from "../../agents/turn.js";
import { throughGuard } from "../through-guard.js";

/**
 * The Multi-Agent Cognitive Mechanism (paper, section 3.2.1): Top reads the stimulus, Memory recalls, Thinking and
 * Emotion work at the same time on what was recalled, Top answers, Memory keeps the turn. Four model calls on a path of three.
 */
export const macmGraph = (deps: AgentDependencies) =>
  throughGuard(
    new StateGraph({ state: MindState, input: TurnInput, output: outputOf(deps) })
      .addNode("begin_turn", beginTurn(deps))
      .addNode("reflect", reflect(deps))
      .addNode("recall", recall(deps))
      .addNode("think", think(deps))
      .addNode("feel", feel(deps))
      .addNode("respond", respond(deps, mindKnown(deps)))
      .addNode("remember", remember(deps))
      .addEdge(START, "begin_turn")
      // What is looked for decides what is found, so Top reads before Memory recalls.
      .addEdge("reflect", "recall")
      // Reason and feeling do not wait for each other.
      .addEdge("recall", "think")
      .addEdge("recall", "feel")
      .addEdge(["think", "feel"], "respond")
      .addEdge("respond", "remember")
      .addEdge("remember", END),
    "reflect",
    deps,
  );
