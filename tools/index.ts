export * from "./memory-retriever.js";
export * from "./owner-store.js";
export * from "./recall-tool.js";
export * from "./simulacrum-as-subagent.js";
export * from "./simulacrum-as-tool.js";
export type { Owner, Room } from "./tool-options.js";
