import type { Character } from "../../data/character.js";
import type { SimulacrumMemory } from "../../memory/simulacrum-memory.js";
import {
  MemoryRetriever,
  type MemoryRetrieverOptions,
  OwnerStore,
  type OwnerStoreOptions,
  type RecallToolOptions,
  recallTool,
  type SimulacrumSubagent,
  type SimulacrumSubagentOptions,
  type SimulacrumToolOptions,
  simulacrumAsSubagent,
  simulacrumAsTool,
} from "../../tools/index.js";
import type { CompiledGraphs } from "./compiled-graph.js";
import type { TurnOptions, TurnResult } from "./contract.js";

/** How a simulacrum is plugged into a LangChain app: each of these is made of LangChain's own interfaces (`tools/`). */
export abstract class PluggableSimulacrum {
  abstract readonly character: Character;
  abstract readonly memory: SimulacrumMemory;
  abstract readonly disclosure: string;
  protected abstract readonly graphs: CompiledGraphs;
  abstract ask(message: string, options?: TurnOptions): Promise<TurnResult>;

  /**
   * This person as a tool of an agent: a message goes in, the answer comes out. The whole turn is the artifact, the mind
   * with what was recalled included: it is kept wherever the host keeps its tool messages.
   */
  asTool(options?: SimulacrumToolOptions) {
    return simulacrumAsTool<TurnResult>(this, options);
  }

  /**
   * This person as a compiled subagent, `{name, description, runnable}`. The runnable shares nothing but `messages` with
   * a host's state: as a node it suits a host that keeps keys named `mind`, `degraded`, `interlocutor` or `present` of
   * its own, which the bare `graph` reads and writes.
   */
  asSubagent(options?: SimulacrumSubagentOptions): SimulacrumSubagent {
    const { character, disclosure, graphs } = this;
    return simulacrumAsSubagent({ character, disclosure, graph: graphs.withoutCheckpoints }, options);
  }

  /**
   * The memory as a retriever: of the owner given here, else the life story only.
   * @throws SimulacraError `invalid_option` where there is no memory: method `blank`, mode `off`. So do the next two.
   */
  asRetriever(options?: MemoryRetrieverOptions): MemoryRetriever {
    this.memory.checkRecall();
    return new MemoryRetriever(this.memory, options);
  }

  /** The memory as a tool of an agent: of the owner given here, else the life story only. */
  recallTool(options?: RecallToolOptions) {
    this.memory.checkRecall();
    return recallTool(this, options);
  }

  /** The memory as a store of a host's graph, to read: of the owner given here, else the life story only. */
  asStore(options?: OwnerStoreOptions): OwnerStore {
    this.memory.checkRecall();
    return new OwnerStore(this.memory, options);
  }
}
