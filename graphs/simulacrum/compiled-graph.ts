import type { BaseCheckpointSaver } from "@langchain/langgraph-checkpoint";
import { type AgentDependencies, threadOf } from "../../agents/turn.js";
import { SimulacraError } from "../../data/errors.js";
import { openPassageIndex } from "../../memory/passage-index.js";
import { blankGraph } from "../blank/blank-graph.js";
import { besideGraph } from "../macm/beside-graph.js";
import { macmGraph } from "../macm/macm-graph.js";
import { promptGraph } from "../prompt/prompt-graph.js";
import { ragGraph } from "../rag/rag-graph.js";
import { type RunLabels, traceConfig } from "../trace-labels.js";
import type { SimulacrumOptions } from "./contract.js";
import { modelsOf } from "./models-of.js";
import type { OpenedParts } from "./opened-parts.js";

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
  const wired = await wiredGraph(deps, options, parts);
  const labels: RunLabels = {
    kind: "turn",
    character: deps.character.id,
    method: deps.method,
    ...(deps.method === "macm" && { wiring: options.wiring ?? "drawn" }),
    ...(deps.guard?.stimulus && { guarded: true }),
    ...modelsOf(parts),
  };
  const compile = (checkpointer: BaseCheckpointSaver | false) => {
    const name = `${deps.character.id}-${deps.method}`;
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

/** A method's graph before it is compiled. */
interface WiredGraph {
  compile(options: object): unknown;
}

async function wiredGraph(
  deps: AgentDependencies,
  options: SimulacrumOptions,
  parts: OpenedParts,
): Promise<WiredGraph> {
  switch (deps.method) {
    case "blank":
      return blankGraph(deps);
    case "prompt":
      return promptGraph(deps);
    case "rag":
      return ragGraph(deps, await passagesOf(deps, options, parts));
    case "macm":
      return options.wiring === "beside" ? besideGraph(deps) : macmGraph(deps);
  }
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

async function passagesOf({ character }: AgentDependencies, options: SimulacrumOptions, parts: OpenedParts) {
  if (character.story === undefined) {
    throw new SimulacraError(
      "invalid_character",
      `The method rag needs the life story of ${character.name}. Fill in story.md.`,
      "user",
    );
  }
  return openPassageIndex({
    story: character.story,
    embeddings: parts.embeddings,
    embeddingModel: parts.embeddingModel,
    ...(options.home !== undefined && { home: options.home }),
  });
}
