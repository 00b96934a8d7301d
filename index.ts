export {
  type Guard,
  type GuardAbout,
  type GuardCheck,
  type GuardNote,
  STOPPED,
  type Verdict,
} from "./agents/guard/guard.js";
export type { Agent, Feeling, Mind, Reflection } from "./agents/mind.js";
export { promptVersions } from "./agents/prompt-versions.js";
export { METER_KEY } from "./agents/turn.js";
export * from "./data/index.js";
export { consolidationGraph } from "./graphs/consolidation/consolidation-graph.js";
export { constructMemories } from "./graphs/memory-construction/construct-memories.js";
export { memoryConstructionGraph } from "./graphs/memory-construction/memory-construction-graph.js";
export type { SimulacrumGraph } from "./graphs/simulacrum/compiled-graph.js";
export * from "./graphs/simulacrum/contract.js";
export { createSimulacrum, Simulacrum } from "./graphs/simulacrum/simulacrum.js";
export type { RecalledMemory } from "./memory/recalled-memory.js";
export type { RoleUsage, Usage } from "./models/index.js";
export * from "./tools/index.js";
