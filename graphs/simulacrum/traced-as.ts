import { threadOf } from "../../agents/turn.js";
import { modelName } from "../../models/index.js";
import { type RunLabels, traceConfig } from "../trace-labels.js";
import type { SimulacrumGraph } from "./compiled-graph.js";
import type { OpenedParts } from "./opened-parts.js";

/** The names of the models, as the resolver takes them. */
export const modelsOf = ({ voice, agents, embeddingModel }: OpenedParts) => ({
  model: modelName(voice),
  agentModel: modelName(agents),
  embeddingModel,
});

/**
 * Labels all runs of a graph, whoever starts it: the door, a host's `invoke`, or a host's graph around it. The thread
 * is known only when a run begins, and every way to begin one passes `stream`.
 */
export function tracedAs(graph: SimulacrumGraph, labels: RunLabels): SimulacrumGraph {
  graph.config = { ...graph.config, ...traceConfig(labels) };
  const stream = graph.stream;
  graph.stream = function labelled(this: SimulacrumGraph, input, options) {
    const thread = threadOf(options ?? {});
    const tags = thread === undefined ? [] : [`thread:${thread}`];
    return Reflect.apply(stream, this, [input, { ...options, tags: [...(options?.tags ?? []), ...tags] }]);
  } as typeof stream;
  return graph;
}
