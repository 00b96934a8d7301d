import type { RunnableConfig } from "@langchain/core/runnables";
import type { BaseCheckpointSaver } from "@langchain/langgraph-checkpoint";
import type { TurnRecord } from "../../memory/turn-record.js";

/**
 * Whether the checkpoints of the host's thread, of whatever branch, hold a turn's answer: then a conversation without it
 * has left it on purpose. Undefined where the host keeps none.
 */
export async function isHeldByHost(
  { answer }: TurnRecord,
  { configurable = {} }: RunnableConfig,
): Promise<boolean | undefined> {
  const { __pregel_checkpointer: saver, thread_id }: Record<string, unknown> = configurable;
  if (!isSaver(saver)) return undefined;
  for await (const { checkpoint } of saver.list({ configurable: { thread_id } })) {
    for (const channel of Object.values(checkpoint.channel_values))
      if (Array.isArray(channel) && channel.some((message) => isAnswer(message, answer))) return true;
  }
  return false;
}

/** LangGraph's server has classes of its own; what is asked of them is a list. */
const isSaver = (saver: unknown): saver is Pick<BaseCheckpointSaver, "list"> =>
  typeof saver === "object" && saver !== null && "list" in saver && typeof saver.list === "function";

/** A host may keep bare words. */
const isAnswer = (message: unknown, { id, text }: TurnRecord["answer"]): boolean =>
  typeof message === "object" &&
  message !== null &&
  (("id" in message && message.id === id) || ("content" in message && message.content === text));
