import type { AgentDependencies } from "../../agents/turn.js";
import { SimulacraError } from "../../data/errors.js";
import { openPassageIndex } from "../../memory/passage-index.js";
import { blankGraph } from "../blank/blank-graph.js";
import { besideGraph } from "../macm/beside-graph.js";
import { macmGraph } from "../macm/macm-graph.js";
import { promptGraph } from "../prompt/prompt-graph.js";
import { ragGraph } from "../rag/rag-graph.js";
import type { SimulacrumOptions } from "./contract.js";
import type { OpenedParts } from "./opened-parts.js";

/**
 * The compiled graph of a method, named after the character and the method. All methods have the same input and output;
 * their inner nodes are no business of a host, so one type stands for all and a host can add any of them as a node.
 */
export type SimulacrumGraph = ReturnType<ReturnType<typeof promptGraph>["compile"]>;

/** Wires and compiles the graph that the options ask for. */
export async function compiledGraph(
  deps: AgentDependencies,
  options: SimulacrumOptions,
  parts: OpenedParts,
): Promise<SimulacrumGraph> {
  const compiled = {
    name: `${deps.character.id}-${deps.method}`,
    store: parts.store,
    ...(parts.checkpointer && { checkpointer: parts.checkpointer }),
  };
  switch (deps.method) {
    case "blank":
      return blankGraph(deps).compile(compiled);
    case "prompt":
      return promptGraph(deps).compile(compiled);
    case "rag":
      return ragGraph(deps, await passagesOf(deps, options, parts)).compile(
        compiled,
      ) as unknown as SimulacrumGraph;
    case "macm":
      return (options.wiring === "beside" ? besideGraph(deps) : macmGraph(deps)).compile(
        compiled,
      ) as unknown as SimulacrumGraph;
  }
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
