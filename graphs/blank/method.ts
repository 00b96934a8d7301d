import type { MethodDescriptor } from "../method.js";

/**
 * The baseline `blank` (paper, section 4.2): the question and the answering rules, no name and no character. Wired
 * exactly as `prompt` is; that nobody is played keeps the character out of what the voice is told.
 */
export const blank: MethodDescriptor<"blank"> = {
  id: "blank",
  title: "without a character",
  needs: [],
  playsCharacter: false,
  remembers: false,
  embeds: false,
  callsPerTurn: 1,
  wirings: [],
  graph: async (deps) => (await import("../prompt/prompt-graph.js")).promptGraph(deps),
};
