import type { BaseCheckpointSaver } from "@langchain/langgraph-checkpoint";
import type { AgentDependencies } from "../../agents/turn.js";
import { SimulacraError } from "../../data/errors.js";
import { openPassageIndex } from "../../memory/passage-index.js";
import { blankGraph } from "../blank/blank-graph.js";
import { besideGraph } from "../macm/beside-graph.js";
import { macmGraph } from "../macm/macm-graph.js";
import { promptGraph } from "../prompt/prompt-graph.js";
import { ragGraph } from "../rag/rag-graph.js";
import type { RunLabels } from "../trace-labels.js";
import type { SimulacrumOptions } from "./contract.js";
import type { OpenedParts } from "./opened-parts.js";
import { peopleNamedAnew } from "./people-named-anew.js";
import { modelsOf, tracedAs } from "./traced-as.js";

/**
 * The compiled graph of a method, named after the character and the method. All methods have the same input and output;
 * their inner nodes are no business of a host, so one type stands for all and a host can add any of them as a node.
 */
export type SimulacrumGraph = ReturnType<ReturnType<typeof promptGraph>["compile"]>;

/** The same graph twice. */
export interface CompiledGraphs {
  /** With the simulacrum's checkpointer. */
  own: SimulacrumGraph;
  /** Keeps no checkpoints: the memory knows the conversation, and a host's thread is needed by none of its nodes. */
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
  const compile = (checkpointer: BaseCheckpointSaver | false | undefined) => {
    const name = `${deps.character.id}-${deps.method}`;
    const compiled = { name, store: parts.store, ...(checkpointer !== undefined && { checkpointer }) };
    const graph = namedAfter(deps.character.id, wired.compile(compiled) as SimulacrumGraph);
    // Before a turn's end checkpoints hold what came in: words that a guard takes out must not stay there.
    const atTheEnd = deps.guard?.stimulus ? { durability: "exit" as const } : {};
    graph.config = { ...graph.config, ...atTheEnd };
    return tracedAs(peopleNamedAnew(graph), labels);
  };
  return { own: compile(parts.checkpointer), withoutCheckpoints: compile(false) };
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
