import type { MethodDescriptor } from "../method.js";

/** The Multi-Agent Cognitive Mechanism (paper, section 3.2). */
export const macm: MethodDescriptor<"macm"> = {
  id: "macm",
  title: "with a mind: remembers, thinks and feels before answering",
  needs: ["traits", "life"],
  playsCharacter: true,
  remembers: true,
  embeds: true,
  callsPerTurn: 4,
  wirings: ["drawn", "beside"],
  graph: async (deps, { wiring }) =>
    wiring === "beside"
      ? (await import("./beside-graph.js")).besideGraph(deps)
      : (await import("./macm-graph.js")).macmGraph(deps),
};
