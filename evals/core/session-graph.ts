import { END, START, StateGraph } from "@langchain/langgraph";
import { parse } from "./parse.js";
import { present } from "./present.js";
import { score } from "./score.js";
import { partsOf, SessionContext, type SessionRuntime, SessionState } from "./session-state.js";
import { simulate } from "./simulate.js";

/**
 * One session: every item is put, answered, read and scored, one after the other in one thread. The same graph for every
 * instrument, method and model; what it runs on is its context. An item without a reply ends the session: what came after
 * it would be another experiment.
 */
export const sessionGraph = () =>
  new StateGraph(SessionState, { context: SessionContext })
    .addNode("present", present)
    .addNode("simulate", simulate)
    .addNode("parse", parse)
    .addNode("score", score)
    .addEdge(START, "present")
    .addEdge("present", "simulate")
    .addEdge("simulate", "parse")
    .addEdge("parse", "score")
    .addConditionalEdges("score", ({ position }, runtime: SessionRuntime) =>
      position < partsOf(runtime).session.items.length ? "present" : END,
    )
    .compile({ name: "session" });
