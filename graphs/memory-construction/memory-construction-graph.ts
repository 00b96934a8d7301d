import { END, START, StateGraph } from "@langchain/langgraph";
import { type ConstructionDependencies, ConstructionState } from "../../agents/construction.js";
import { constructFeeling } from "../../agents/emotion/construct-feeling.js";
import { summarise } from "../../agents/memory/summarise.js";
import { constructContent } from "../../agents/thinking/construct-content.js";
import { constructReasoning } from "../../agents/thinking/construct-reasoning.js";

/**
 * One passage becomes one memory (paper, section 3.2.2): content and feeling at the same time, then, out of both,
 * thoughts and summary at the same time. Four model calls on a path of two.
 */
export const memoryConstructionGraph = (deps: ConstructionDependencies) =>
  new StateGraph(ConstructionState)
    .addNode("construct_content", constructContent(deps))
    .addNode("construct_feeling", constructFeeling(deps))
    .addNode("construct_reasoning", constructReasoning(deps))
    .addNode("summarise", summarise(deps))
    .addEdge(START, "construct_content")
    .addEdge(START, "construct_feeling")
    .addEdge(["construct_content", "construct_feeling"], "construct_reasoning")
    .addEdge(["construct_content", "construct_feeling"], "summarise")
    .addEdge("construct_reasoning", END)
    .addEdge("summarise", END);
