import type { SimulacrumContract, SimulacrumOptions } from "../../graphs/simulacrum/contract.js";
import type { RecalledMemory } from "../../memory/recalled-memory.js";
import type { MemoryKind, MemoryRecord } from "../../memory/record.js";
import type { TurnRecord } from "../../memory/turn-record.js";

/** What the command line asks of a character's memory. */
export interface MemoryView {
  recall(
    queries: string[],
    options: { present: string[]; k: number },
  ): Promise<{ memories: RecalledMemory[]; nothingRelevant: boolean }>;
  list(options?: {
    limit?: number;
    owner?: string;
    kinds?: MemoryKind[];
  }): Promise<(MemoryRecord & { id: string })[]>;
  /** What was said in conversations that are kept; `admit` refuses whom a conversation was not opened with. */
  readonly transcript: {
    turns(thread: string): Promise<TurnRecord[]>;
    admit(thread: string, people: { audience: readonly string[]; method: string }): Promise<unknown>;
  };
}

/** A running simulacrum as far as the command line uses it; `createSimulacrum` gives one. */
export interface OpenSimulacrum extends SimulacrumContract {
  readonly graph: { getGraphAsync(): Promise<{ drawMermaid(): string }> };
  readonly memory: MemoryView;
}

/** Opens a simulacrum. Passed in, so that the command line can be tested without one. */
export type Door = (options: SimulacrumOptions) => Promise<OpenSimulacrum>;
