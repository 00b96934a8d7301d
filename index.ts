export { type AgentDescriptor, type AgentTurn, defineAgent, partOf } from "./agents/agent.js";
export type { AgentId } from "./agents/agents.js";
export type { AgentChoice } from "./agents/chosen-agents.js";
export type { Feeling } from "./agents/emotion/agent.js";
export {
  type Guard,
  type GuardAbout,
  type GuardCheck,
  type GuardNote,
  STOPPED,
  type Verdict,
} from "./agents/guard/guard.js";
export type { Interlocutor, Mind } from "./agents/mind.js";
export { promptVersions } from "./agents/prompt-versions.js";
export { paragraphs, section } from "./agents/section.js";
export type { Reflection } from "./agents/top/agent.js";
export { METER_KEY } from "./agents/turn.js";
export * from "./data/index.js";
export { conditionName, type PlayedBy, readCondition } from "./graphs/conditions.js";
export { consolidationGraph } from "./graphs/consolidation/consolidation-graph.js";
export { constructMemories } from "./graphs/memory-construction/construct-memories.js";
export { memoryConstructionGraph } from "./graphs/memory-construction/memory-construction-graph.js";
export type { MethodDescriptor, Wiring } from "./graphs/method.js";
export { type Method, methodNamed, methods } from "./graphs/methods.js";
export type { SimulacrumGraph } from "./graphs/simulacrum/compiled-graph.js";
export * from "./graphs/simulacrum/options.js";
export { createSimulacrum, Simulacrum } from "./graphs/simulacrum/simulacrum.js";
export type { RecalledMemory } from "./memory/recalled-memory.js";
export type { RoleUsage, Usage } from "./models/index.js";
export * from "./tools/index.js";
