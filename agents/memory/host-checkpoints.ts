import type { RunnableConfig } from "@langchain/core/runnables";
import type { BaseCheckpointSaver } from "@langchain/langgraph-checkpoint";
import type { TurnRecord } from "../../memory/turn-record.js";

/**
 * Whether the checkpoints of the host's thread, of whatever branch, hold a turn's answer: then a conversation without it
 * has left it on purpose. What the simulacrum itself has there, as a part of the host's graph, is not the host's yet.
 * Undefined where the host keeps none.
 */
export async function isHeldByHost(
  { answer }: TurnRecord,
  { configurable = {} }: RunnableConfig,
): Promise<boolean | undefined> {
  const { __pregel_checkpointer: saver, thread_id, checkpoint_ns }: Record<string, unknown> = configurable;
  if (!isSaver(saver)) return undefined;
  const hosts = Math.max(0, depthOf(checkpoint_ns) - 2);
  for await (const { checkpoint, config } of saver.list({ configurable: { thread_id } })) {
    if (depthOf(config.configurable?.checkpoint_ns) > hosts) continue;
    for (const channel of Object.values(checkpoint.channel_values))
      if (Array.isArray(channel) && channel.some((message) => isAnswer(message, answer))) return true;
  }
  return false;
}

/** How deep a graph runs in others, by its namespace; a node counts as one more than its graph. */
const depthOf = (namespace: unknown): number =>
  typeof namespace === "string" && namespace !== "" ? namespace.split("|").length : 0;

/** LangGraph's server has classes of its own; what is asked of them is a list. */
const isSaver = (saver: unknown): saver is Pick<BaseCheckpointSaver, "list"> =>
  typeof saver === "object" && saver !== null && "list" in saver && typeof saver.list === "function";

/** A host may keep bare words. */
const isAnswer = (message: unknown, { id, text }: TurnRecord["answer"]): boolean =>
  typeof message === "object" &&
  message !== null &&
  (("id" in message && message.id === id) || ("content" in message && message.content === text));
