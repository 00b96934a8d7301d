import type { RunnableConfig } from "@langchain/core/runnables";
import { MemorySaver } from "@langchain/langgraph";
import type {
  Checkpoint,
  CheckpointMetadata,
  CheckpointTuple,
  PendingWrite,
} from "@langchain/langgraph-checkpoint";
import { STATELESS, threadOf } from "../../agents/turn.js";

/**
 * Whether a run belongs to no conversation: the graph was called without a `thread_id` (a host's node does so where the
 * host has no thread), or by the door's own stateless turn. Nothing is read or written for it: LangGraph writes
 * checkpoints while nobody listens, and a saver that throws for want of a thread would end the process.
 */
export const inNoThread = (config: RunnableConfig): boolean => threadOf(config) === undefined;

/** What LangGraph is told was written, where nothing is. */
export function nothingPut({ configurable = {} }: RunnableConfig, checkpoint: Checkpoint): RunnableConfig {
  const { thread_id = STATELESS, checkpoint_ns = "" } = configurable;
  return { configurable: { thread_id, checkpoint_ns, checkpoint_id: checkpoint.id } };
}

/** Checkpoints in the process, of conversations only. */
export class ThreadCheckpoints extends MemorySaver {
  override async getTuple(config: RunnableConfig): Promise<CheckpointTuple | undefined> {
    return inNoThread(config) ? undefined : super.getTuple(config);
  }

  override async put(
    config: RunnableConfig,
    checkpoint: Checkpoint,
    metadata: CheckpointMetadata,
  ): Promise<RunnableConfig> {
    return inNoThread(config) ? nothingPut(config, checkpoint) : super.put(config, checkpoint, metadata);
  }

  override async putWrites(config: RunnableConfig, writes: PendingWrite[], task: string): Promise<void> {
    if (!inNoThread(config)) await super.putWrites(config, writes, task);
  }
}
