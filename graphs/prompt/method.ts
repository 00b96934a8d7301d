import type { MethodDescriptor } from "../method.js";

/** The baseline `prompt` (paper, section 4.2). */
export const prompt: MethodDescriptor<"prompt"> = {
  id: "prompt",
  title: "from a profile alone",
  needs: ["facts", "traits", "biography"],
  playsCharacter: true,
  remembers: false,
  embeds: false,
  callsPerTurn: 1,
  wirings: [],
  graph: async (deps) => (await import("./prompt-graph.js")).promptGraph(deps),
};
