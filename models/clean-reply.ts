import { AIMessageChunk } from "@langchain/core/messages";
import { ChatGenerationChunk } from "@langchain/core/outputs";
import { endReasonOf } from "./end-reason.js";
import { contentText } from "./message-text.js";
import type { ReplyFilter } from "./reply-filter.js";

const reasoningBlocks = new Set(["thinking", "redacted_thinking", "reasoning", "reasoning_content"]);
const reasoningKeys = ["reasoning_content", "reasoning", "thinking", "reasoning_details"];

/** Chunks that are read after a mark that ends the reply: the server mostly stops there, and says what it has cost. */
const MORE_AFTER_END = 8;

/**
 * Passes the chunks of one reply through a filter: text, content blocks of text, and, taken out whole, blocks and
 * additional_kwargs that hold reasoning. Where the filter ends the reply, the rest is not asked for.
 */
export async function* cleaned(
  chunks: AsyncIterable<ChatGenerationChunk>,
  filter: ReplyFilter,
): AsyncGenerator<ChatGenerationChunk> {
  /** What says why the reply ended: the filter may know better. */
  let last: ChatGenerationChunk[] = [];
  let after = 0;
  for await (const chunk of chunks) {
    clean(chunk, filter);
    if (chunk.text !== "") {
      yield* last;
      last = [];
    }
    if (last.length > 0 || endReasonOf(chunk.message) !== "unknown") last.push(chunk);
    else if (saysSomething(chunk)) yield chunk;
    if (filter.ended !== undefined && (filter.ended !== "stop" || ++after > MORE_AFTER_END)) break;
  }
  const rest = filter.end();
  const { ended } = filter;
  if (ended !== undefined) for (const { message } of last) message.response_metadata = {};
  yield* last.filter(saysSomething);
  const response_metadata = ended === undefined ? {} : { finish_reason: ended };
  if (rest !== "" || ended !== undefined)
    yield new ChatGenerationChunk({
      text: rest,
      message: new AIMessageChunk({ content: rest, response_metadata }),
    });
}

function clean(chunk: ChatGenerationChunk, filter: ReplyFilter): void {
  const { message } = chunk;
  for (const key of reasoningKeys) delete message.additional_kwargs[key];
  const { content } = message;
  message.content =
    typeof content === "string"
      ? filter.push(content)
      : content
          .filter((block) => !reasoningBlocks.has(block.type))
          .map((block) =>
            block.type === "text" && typeof block.text === "string"
              ? { ...block, text: filter.push(block.text) }
              : block,
          );
  chunk.text = contentText(message.content);
}

function saysSomething({ text, message, generationInfo }: ChatGenerationChunk): boolean {
  const { content, tool_call_chunks, tool_calls, usage_metadata } = message as AIMessageChunk;
  return (
    text !== "" ||
    (typeof content !== "string" && content.length > 0) ||
    !!tool_call_chunks?.length ||
    !!tool_calls?.length ||
    !!usage_metadata ||
    message.additional_kwargs.refusal !== undefined ||
    generationInfo?.finish_reason != null
  );
}
