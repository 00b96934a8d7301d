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
 * MACM with Top's reading beside Thinking and Emotion instead of before them: Memory first recalls by the stimulus
 * alone, and once more when Top's queries are there, so that the voice knows what they found. Four model calls on a path of two.
 */
export const besideGraph = (deps: AgentDependencies) =>
  entrance(
    new StateGraph({ state: MindState, input: TurnInput, output: outputOf(deps) })
      .addNode("recall", opening(deps, recall(deps)))
      .addNode("reflect", reflect(deps))
      .addNode("think", think(deps))
      .addNode("feel", feel(deps))
      .addNode("recall_again", recall(deps))
      .addNode("respond", respond(deps, mindKnown(deps)))
      .addNode("remember", remember(deps))
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
