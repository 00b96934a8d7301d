import { AIMessage, type AIMessageFields } from "@langchain/core/messages";
import { reportedUsage } from "./message-copy.js";
import { contentText } from "./message-text.js";
import { withoutReasoning } from "./reasoning.js";

/** Holds a reply back until `release` has said what may be shown of it. */
export interface HeldReply {
  /** Unlike in every call, so that a cache of LangChain's neither gives nor keeps the reply of another one. */
  by: string;
  release(text: string): Promise<string>;
}

/** The message that takes the reply's place: the released text, the same id and tokens, and nothing else of it. An empty reply stays empty. */
export async function released(held: HeldReply, reply: AIMessage): Promise<AIMessage> {
  const text = withoutReasoning(contentText(reply.content));
  const usage = reportedUsage(reply);
  return new AIMessage({
    content: text === "" ? "" : await held.release(text),
    ...(reply.id !== undefined && { id: reply.id }),
    ...(usage && { usage_metadata: usage }),
  } as AIMessageFields);
}
