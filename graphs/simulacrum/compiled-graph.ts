import type { BaseCheckpointSaver } from "@langchain/langgraph-checkpoint";
import { leftOut } from "../../agents/chosen-agents.js";
import type { AgentDependencies } from "../../agents/turn.js";
import { conditionName } from "../conditions.js";
import { methodNamed } from "../methods.js";
import type { promptGraph } from "../prompt/prompt-graph.js";
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
  const compile = (checkpointer: BaseCheckpointSaver | false | undefined) => {
    const name = `${deps.character.id}-${deps.method.id}`;
    const compiled = { name, store: parts.store, ...(checkpointer !== undefined && { checkpointer }) };
    const graph = namedAfter(deps.character.id, wired.compile(compiled) as SimulacrumGraph);
    // Before a turn's end checkpoints hold what came in: words that a guard takes out must not stay there.
    const atTheEnd = deps.guard?.stimulus ? { durability: "exit" as const } : {};
    graph.config = { ...graph.config, ...atTheEnd };
    return tracedAs(peopleNamedAnew(graph), labels);
  };
  return { own: compile(parts.checkpointer), withoutCheckpoints: compile(false) };
}

/** Marks every run as this character's, as LangChain's `createAgent` does with its own: a host's stream tells who speaks. */
function namedAfter(character: string, graph: SimulacrumGraph): SimulacrumGraph {
  for (const node of Object.values(graph.nodes)) {
    node.metadata = { ...node.metadata, lc_agent_name: character };
  }
  return graph;
}
