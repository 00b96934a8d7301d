import { isCommand } from "@langchain/langgraph";
import type { SimulacrumGraph } from "./compiled-graph.js";

/**
 * Who is in the room is said with every call: people that a turn left in its checkpoint, because it failed, do not
 * speak in the next one. A run that is resumed keeps its own. Every way to begin a run passes `stream`.
 */
export function peopleNamedAnew(graph: SimulacrumGraph): SimulacrumGraph {
  const stream = graph.stream;
  graph.stream = function named(this: SimulacrumGraph, input, options) {
    const begins = typeof input === "object" && input !== null && !isCommand(input);
    const said = begins ? { interlocutor: null, present: null, ...input } : input;
    return Reflect.apply(stream, this, [said, options]);
  } as typeof stream;
  return graph;
}
