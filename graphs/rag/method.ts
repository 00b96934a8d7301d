import { SimulacraError } from "../../data/errors.js";
import type { MethodDescriptor } from "../method.js";

/** The baseline `rag` (paper, section 4.2). */
export const rag: MethodDescriptor<"rag"> = {
  id: "rag",
  title: "from a profile and passages of the life story",
  needs: ["traits", "story"],
  playsCharacter: true,
  remembers: false,
  embeds: true,
  callsPerTurn: 1,
  wirings: [],
  async graph(deps, { embeddings, embeddingModel, home }) {
    const { name, story } = deps.character;
    if (story === undefined)
      throw new SimulacraError(
        "invalid_character",
        `The method rag needs the life story of ${name}. Fill in story.md.`,
        "user",
      );
    const [{ ragGraph }, { openPassageIndex }] = await Promise.all([
      import("./rag-graph.js"),
      import("../../memory/passage-index.js"),
    ]);
    const index = { story, embeddings, embeddingModel, ...(home !== undefined && { home }) };
    return ragGraph(deps, await openPassageIndex(index));
  },
};
