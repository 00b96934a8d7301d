import type { BaseCheckpointSaver } from "@langchain/langgraph-checkpoint";
import { leftOut } from "../../agents/chosen-agents.js";
import { type AgentDependencies, threadOf } from "../../agents/turn.js";
import { conditionName } from "../conditions.js";
import { methodNamed } from "../methods.js";
import type { promptGraph } from "../prompt/prompt-graph.js";
import { type RunLabels, traceConfig } from "../trace-labels.js";
import { modelsOf } from "./models-of.js";
import type { OpenedParts } from "./opened-parts.js";
import type { SimulacrumOptions } from "./options.js";

/**
 * The compiled graph of a method, named after the character and the method. All methods have the same input and output;
 * their inner nodes are no business of a host, so one type stands for all and a host can add any of them as a node.
 */
export type SimulacrumGraph = ReturnType<ReturnType<typeof promptGraph>["compile"]>;

/** The same graph, twice where the host has given it a checkpointer. */
export interface CompiledGraphs {
  /** With the host's checkpointer, where it has given one. */
  own: SimulacrumGraph;
  /** Keeps no checkpoints: the store knows the conversation. */
  withoutCheckpoints: SimulacrumGraph;
}

/** Wires and compiles the graph that the options ask for. */
export async function compiledGraphs(
  deps: AgentDependencies,
  options: SimulacrumOptions,
  parts: OpenedParts,
): Promise<CompiledGraphs> {
  const method = methodNamed(deps.method.id);
  const { home, wiring = method.wirings[0] } = options;
  const { embeddings, embeddingModel } = parts;
  const wired = await method.graph(deps, { embeddings, embeddingModel, home, wiring });
  const labels: RunLabels = {
    kind: "turn",
    character: deps.character.id,
    method: conditionName({ method, without: leftOut(deps.agents) }),
    ...(method.wirings.length > 0 && { wiring }),
    ...(deps.guard?.stimulus && { guarded: true }),
    ...modelsOf(parts),
  };
  const compile = (checkpointer: BaseCheckpointSaver | false) => {
    const name = `${deps.character.id}-${deps.method.id}`;
    const graph = namedAfter(
      deps.character.id,
      wired.compile({ name, store: parts.store, checkpointer }) as SimulacrumGraph,
    );
    graph.config = {
      ...graph.config,
      ...traceConfig(labels),
      // Before a turn's end checkpoints hold what came in: words that a guard takes out must not stay there.
      ...(deps.guard?.stimulus && { durability: "exit" as const }),
    };
    return taggedWithThread(graph);
  };
  const withoutCheckpoints = compile(false);
  return {
    own: options.checkpointer ? compile(options.checkpointer) : withoutCheckpoints,
    withoutCheckpoints,
  };
}

/** Tags every run with its thread, whoever starts it: it is known only then, and every way to begin one passes `stream`. */
function taggedWithThread(graph: SimulacrumGraph): SimulacrumGraph {
  const stream = graph.stream;
  graph.stream = function tagged(this: SimulacrumGraph, input, options) {
    const thread = threadOf(options ?? {});
    const tags = thread === undefined ? [] : [`thread:${thread}`];
    return Reflect.apply(stream, this, [input, { ...options, tags: [...(options?.tags ?? []), ...tags] }]);
  } as typeof stream;
  return graph;
}

/** Marks every run as this character's, as LangChain's `createAgent` does with its own: a host's stream tells who speaks. */
function namedAfter(character: string, graph: SimulacrumGraph): SimulacrumGraph {
  for (const node of Object.values(graph.nodes)) {
    node.metadata = { ...node.metadata, lc_agent_name: character };
  }
  return graph;
}
