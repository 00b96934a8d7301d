import { AIMessageChunk, type MessageContent } from "@langchain/core/messages";
import { ChatGenerationChunk } from "@langchain/core/outputs";
import { contentText } from "./message-text.js";
import { ReasoningFilter } from "./reasoning.js";

const reasoningBlocks = new Set(["thinking", "redacted_thinking", "reasoning", "reasoning_content"]);
const reasoningKeys = ["reasoning_content", "reasoning", "thinking", "reasoning_details"];

/** Takes reasoning out of the chunks of one reply: tags in the text, content blocks, and additional_kwargs. */
export class ReplyCleaner {
  readonly #filter: ReasoningFilter;

  constructor(startsInReasoning = false) {
    this.#filter = new ReasoningFilter(startsInReasoning);
  }

  /** A closing tag without an opening one was seen. */
  get closedUnopened(): boolean {
    return this.#filter.closedUnopened;
  }

  /** Passes on what is not reasoning; chunks left with nothing in them are dropped. */
  async *clean(chunks: AsyncIterable<ChatGenerationChunk>): AsyncGenerator<ChatGenerationChunk> {
    for await (const chunk of chunks) {
      this.#cleanChunk(chunk);
      if (saysSomething(chunk)) yield chunk;
    }
    const rest = this.#filter.end();
    if (rest !== "")
      yield new ChatGenerationChunk({ text: rest, message: new AIMessageChunk({ content: rest }) });
  }

  #cleanChunk(chunk: ChatGenerationChunk): void {
    const { message } = chunk;
    for (const key of reasoningKeys) delete message.additional_kwargs[key];
    message.content = this.#cleanContent(message.content);
    chunk.text = contentText(message.content);
  }

  #cleanContent(content: MessageContent): MessageContent {
    if (typeof content === "string") return content === "" ? content : this.#filter.push(content);
    return content
      .filter((block) => !reasoningBlocks.has(block.type))
      .map((block) =>
        block.type === "text" && typeof block.text === "string"
          ? { ...block, text: this.#filter.push(block.text) }
          : block,
      );
  }
}

function saysSomething(chunk: ChatGenerationChunk): boolean {
  const message = chunk.message as AIMessageChunk;
  return (
    chunk.text !== "" ||
    (typeof message.content !== "string" && message.content.length > 0) ||
    !!message.tool_call_chunks?.length ||
    !!message.tool_calls?.length ||
    !!message.usage_metadata ||
    chunk.generationInfo?.finish_reason != null
  );
}
