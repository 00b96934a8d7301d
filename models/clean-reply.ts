import { AIMessageChunk } from "@langchain/core/messages";
import { ChatGenerationChunk } from "@langchain/core/outputs";
import { contentText } from "./message-text.js";

const opening = /<(think|thinking|reasoning)>/i;
const closing = /<\/(think|thinking|reasoning)>/i;
const tags = ["<think>", "<thinking>", "<reasoning>", "</think>", "</thinking>", "</reasoning>"];
const reasoningBlocks = new Set(["thinking", "redacted_thinking", "reasoning", "reasoning_content"]);
const reasoningKeys = ["reasoning_content", "reasoning", "thinking", "reasoning_details"];

/** Length of the end of `text` that could be the beginning of a tag. */
function heldBack(text: string): number {
  const at = text.lastIndexOf("<");
  if (at < 0) return 0;
  const end = text.slice(at).toLowerCase();
  return tags.some((tag) => tag.length > end.length && tag.startsWith(end)) ? end.length : 0;
}

/** Takes reasoning out of the chunks of one reply: tags in the text, content blocks, and additional_kwargs. */
export async function* cleaned(
  chunks: AsyncIterable<ChatGenerationChunk>,
  filter: ReasoningFilter,
): AsyncGenerator<ChatGenerationChunk> {
  for await (const chunk of chunks) {
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
    if (saysSomething(chunk)) yield chunk;
  }
  const rest = filter.end();
  if (rest !== "") yield new ChatGenerationChunk({ text: rest, message: new AIMessageChunk(rest) });
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

/** A whole reply without its reasoning, also when only the closing tag is there. */
export function withoutReasoning(text: string): string {
  if (!text.includes("<")) return text.trim();
  const close = closing.exec(text);
  const open = opening.exec(text);
  const unopened = close && (!open || open.index > close.index);
  const filter = new ReasoningFilter();
  const rest = unopened ? text.slice(close.index + close[0].length) : text;
  return (filter.push(rest) + filter.end()).trim();
}

/**
 * Takes a model's reasoning ("<think>…</think>") out of a stream of text, wherever the chunks are cut.
 * Text that may yet turn out to be a tag is held back until the next chunk. Blank space around the removed part,
 * at the beginning of the reply, goes with it.
 */
export class ReasoningFilter {
  #pending = "";
  #inside: boolean;
  #said = false;
  /**
   * Whether a closing tag came that no opening tag preceded: this model's template opens it in the prompt.
   * What was said before it is reasoning that nobody could know as such; the tag stays in the text, so that
   * `withoutReasoning` can still cut the whole reply.
   */
  closedUnopened = false;
  readonly #startedInside: boolean;
  #removed = "";

  /** @param startsInside the reply begins with reasoning although it has no opening tag */
  constructor(startsInside = false) {
    this.#inside = startsInside;
    this.#startedInside = startsInside;
  }

  /** Takes the next piece of the reply, gives back what of it may be shown. */
  push(piece: string): string {
    this.#pending += piece;
    let shown = "";
    for (;;) {
      const close = closing.exec(this.#pending);
      const open = this.#inside ? null : opening.exec(this.#pending);
      const tag = this.#inside ? close : open && (!close || open.index < close.index) ? open : undefined;
      if (!tag) {
        if (close && !this.#inside) this.closedUnopened = true;
        break;
      }
      if (!this.#inside) shown += this.#pending.slice(0, tag.index);
      this.#removed = "";
      this.#pending = this.#pending.slice(tag.index + tag[0].length);
      this.#inside = !this.#inside;
    }
    const hold = heldBack(this.#pending);
    const free = this.#pending.slice(0, this.#pending.length - hold);
    this.#pending = this.#pending.slice(this.#pending.length - hold);
    if (this.#inside) this.#removed += free;
    else shown += free;
    return this.#trimStart(shown);
  }

  /** The end of the reply: gives back what was held back. An unfinished block of reasoning is dropped. */
  end(): string {
    const rest = this.#inside
      ? this.#startedInside && !this.#said
        ? this.#removed + this.#pending
        : ""
      : this.#pending;
    this.#pending = "";
    return this.#trimStart(rest);
  }

  #trimStart(text: string): string {
    if (this.#said) return text;
    const trimmed = text.trimStart();
    if (trimmed !== "") this.#said = true;
    return trimmed;
  }
}
