import { END, START, StateGraph } from "@langchain/langgraph";
import {
  type ConsolidationDependencies,
  ConsolidationState,
  compare,
  keep,
  weigh,
} from "../../agents/memory/consolidate.js";
import { memoryConstructionGraph } from "../memory-construction/memory-construction-graph.js";

/**
 * A rehearsed episode becomes a long-term memory (paper, section 3.2.3). It is constructed by the same graph as the
 * memories of the life story; Thinking then decides what it supersedes, and whether something told since has
 * superseded it. Four model calls, one more where older memories are near, one for each later one: none in a turn.
 */
export const consolidationGraph = (deps: ConsolidationDependencies) =>
  new StateGraph(ConsolidationState)
    .addNode("weigh", weigh(deps))
    .addNode("construct", memoryConstructionGraph(deps).compile({ name: "memory-construction" }))
    .addNode("compare", compare(deps))
    .addNode("keep", keep(deps))
    .addEdge(START, "weigh")
    // What the write gate refuses costs no call.
    .addConditionalEdges("weigh", ({ refusal }) => (refusal === null ? "construct" : END), ["construct", END])
    .addEdge("construct", "compare")
    .addEdge("compare", "keep")
    .addEdge("keep", END);
