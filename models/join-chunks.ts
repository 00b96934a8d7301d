import { AIMessageChunk } from "@langchain/core/messages";
import { ChatGenerationChunk } from "@langchain/core/outputs";

/** True for a chunk that holds nothing but text. */
function isPlain(chunk: ChatGenerationChunk): boolean {
  const message = chunk.message as AIMessageChunk;
  return (
    typeof message.content === "string" &&
    !message.tool_call_chunks?.length &&
    !message.tool_calls?.length &&
    !message.usage_metadata &&
    Object.keys(message.additional_kwargs).length === 0
  );
}

/** One chunk of many, in linear time for plain text (LangChain's own concat copies at every step). */
export function joinChunks(chunks: readonly ChatGenerationChunk[]): ChatGenerationChunk {
  const [first] = chunks;
  if (first && chunks.length === 1) return first;
  let whole: ChatGenerationChunk | undefined;
  let text = "";
  const flush = (like?: ChatGenerationChunk): void => {
    if (text === "" && whole) return;
    const part = new ChatGenerationChunk({
      text,
      message: new AIMessageChunk({
        content: text,
        ...(like?.message.id !== undefined && { id: like.message.id }),
      }),
    });
    whole = whole ? whole.concat(part) : part;
    text = "";
  };
  let metadata: Record<string, unknown> = {};
  let generationInfo: Record<string, unknown> | undefined;
  for (const chunk of chunks) {
    metadata = { ...metadata, ...chunk.message.response_metadata };
    if (chunk.generationInfo) generationInfo = { ...generationInfo, ...chunk.generationInfo };
    if (isPlain(chunk)) {
      text += chunk.message.content as string;
      continue;
    }
    flush(first);
    whole = whole ? whole.concat(chunk) : chunk;
  }
  flush(first);
  const joined = whole ?? new ChatGenerationChunk({ text: "", message: new AIMessageChunk("") });
  joined.message.response_metadata = metadata;
  if (generationInfo) joined.generationInfo = generationInfo;
  return joined;
}
