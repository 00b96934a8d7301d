import {
  AIMessage,
  AIMessageChunk,
  type AIMessageChunkFields,
  type AIMessageFields,
  type BaseMessage,
  type MessageContent,
  type UsageMetadata,
} from "@langchain/core/messages";

/** Where a cache keeps, in `response_metadata`, the tokens that a reply once cost: LangChain takes them off the message. */
export const CACHED_USAGE = "cached_usage";

/** The tokens that a server reported for a message, if it did; of a reply from a cache, those it once cost. */
export function reportedUsage(message: BaseMessage): UsageMetadata | undefined {
  return (message.response_metadata?.[CACHED_USAGE] ?? Reflect.get(message, "usage_metadata")) as
    | UsageMetadata
    | undefined;
}

/** What an assistant's message and its chunks have in common, the parts that are there. */
function fieldsOf(message: BaseMessage, content: MessageContent): AIMessageFields {
  const fields: Record<string, unknown> = { content };
  for (const name of [
    "id",
    "name",
    "additional_kwargs",
    "response_metadata",
    "tool_calls",
    "invalid_tool_calls",
    "usage_metadata",
  ]) {
    const value: unknown = Reflect.get(message, name);
    if (value !== undefined) fields[name] = value;
  }
  return fields as AIMessageFields;
}

/** A plain AIMessage like the given message or chunk, with the same id. */
export function asMessage(message: BaseMessage, content: MessageContent = message.content): AIMessage {
  return new AIMessage(fieldsOf(message, content));
}

/** A whole message as one chunk. */
export function asChunk(message: BaseMessage, content: MessageContent = message.content): AIMessageChunk {
  return new AIMessageChunk(fieldsOf(message, content) as AIMessageChunkFields);
}
