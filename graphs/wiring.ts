import type { BaseCheckpointSaver, BaseStore } from "@langchain/langgraph-checkpoint";

/** What a graph is compiled with; both are optional and passed in. */
export interface Wiring {
  checkpointer?: BaseCheckpointSaver;
  store?: BaseStore;
}
