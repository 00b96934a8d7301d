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
 * MACM with Top's reading beside Thinking and Emotion instead of before them: Memory first recalls by the stimulus
 * alone, and once more when Top's queries are there, so that the voice knows what they found. Four model calls on a path of two.
 */
export const besideGraph = (deps: AgentDependencies) =>
  throughGuard(
    new StateGraph({ state: MindState, input: TurnInput, output: outputOf(deps) })
      .addNode("begin_turn", beginTurn(deps))
      .addNode("recall", recall(deps))
      .addNode("reflect", reflect(deps))
      .addNode("think", think(deps))
      .addNode("feel", feel(deps))
      .addNode("recall_again", recall(deps))
      .addNode("respond", respond(deps, mindKnown(deps)))
      .addNode("remember", remember(deps))
      .addEdge(START, "begin_turn")
      .addEdge("recall", "reflect")
      .addEdge("recall", "think")
      .addEdge("recall", "feel")
      .addEdge(["reflect", "think", "feel"], "recall_again")
      .addEdge("recall_again", "respond")
      .addEdge("respond", "remember")
      .addEdge("remember", END),
    "recall",
    deps,
  );
