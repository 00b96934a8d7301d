import { checkStimulus } from "../agents/guard/check-stimulus.js";
import type { MindState } from "../agents/mind.js";
import type { AgentDependencies } from "../agents/turn.js";

/** As much of a StateGraph as is wired here, whatever its nodes are called. */
interface NodesByName {
  addNode(name: string, node: ReturnType<typeof checkStimulus>): NodesByName;
  addEdge(from: string, to: string): NodesByName;
  addConditionalEdges(
    from: string,
    way: (state: MindState) => string | string[],
    ways: string[],
  ): NodesByName;
}

/**
 * The way from `begin_turn` to the first agents: straight, or past the host's guard, who may end the turn by sending it
 * to `respond`.
 */
export function throughGuard<Graph>(graph: Graph, first: readonly string[], deps: AgentDependencies): Graph {
  const wiring = graph as unknown as NodesByName;
  const check = deps.guard?.stimulus;
  if (!check) for (const node of first) wiring.addEdge("begin_turn", node);
  else {
    wiring
      .addNode("check_stimulus", checkStimulus(deps, check))
      .addEdge("begin_turn", "check_stimulus")
      .addConditionalEdges("check_stimulus", ({ stopped }) => (stopped === null ? [...first] : "respond"), [
        ...new Set([...first, "respond"]),
      ]);
  }
  return graph;
}
