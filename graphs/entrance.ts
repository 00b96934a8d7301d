import { START } from "@langchain/langgraph";
import { checkStimulus } from "../agents/guard/check-stimulus.js";
import { attending } from "../agents/memory/attend.js";
import type { MindState } from "../agents/mind.js";
import type { AgentDependencies } from "../agents/turn.js";

/** As much of a StateGraph as an entrance needs, whatever its nodes are called. */
interface Wiring {
  addNode(name: string, act: ReturnType<typeof attending>): Wiring;
  addEdge(from: string, to: string): Wiring;
  addConditionalEdges(from: string, way: (state: MindState) => string, ways: string[]): Wiring;
}

/**
 * Lets the stimulus in: to the first act, or, where the host has a guard on it, past the guard, who may end the turn by
 * sending it straight to `respond`. Without a guard there is one edge and no node.
 */
export function entrance<Graph>(graph: Graph, first: string, deps: AgentDependencies): Graph {
  const wiring = graph as unknown as Wiring;
  const check = deps.guard?.stimulus;
  if (!check) wiring.addEdge(START, first);
  else {
    wiring
      .addNode("check_stimulus", attending(deps, checkStimulus(deps, check)))
      .addEdge(START, "check_stimulus")
      .addConditionalEdges("check_stimulus", ({ stopped }) => (stopped === null ? first : "respond"), [
        ...new Set([first, "respond"]),
      ]);
  }
  return graph;
}
