import { END, StateGraph } from "@langchain/langgraph";
import { feel } from "../../agents/emotion/feel.js";
import { opening } from "../../agents/memory/attend.js";
import { recall } from "../../agents/memory/recall.js";
import { remember } from "../../agents/memory/remember.js";
import { MindState, outputOf, TurnInput } from "../../agents/mind.js";
import { think } from "../../agents/thinking/think.js";
import { reflect } from "../../agents/top/reflect.js";
import { mindKnown, respond } from "../../agents/top/respond.js";
import type { AgentDependencies } from "../../agents/turn.js";
import { entrance } from "../entrance.js";

/**
 * The Multi-Agent Cognitive Mechanism (paper, section 3.2.1): Top reads the stimulus, Memory recalls, Thinking and
 * Emotion work at the same time on what was recalled, Top answers, Memory keeps the turn. Four model calls on a path of three.
 */
export const macmGraph = (deps: AgentDependencies) =>
  entrance(
    new StateGraph({ state: MindState, input: TurnInput, output: outputOf(deps) })
      .addNode("reflect", opening(deps, reflect(deps)))
      .addNode("recall", recall(deps))
      .addNode("think", think(deps))
      .addNode("feel", feel(deps))
      .addNode("respond", respond(deps, mindKnown(deps)))
      .addNode("remember", remember(deps))
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
