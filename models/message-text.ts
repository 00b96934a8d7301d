import type { BaseMessage, MessageContent } from "@langchain/core/messages";

/** The text of a message's content: its text blocks joined, nothing else. */
export function contentText(content: MessageContent): string {
  if (typeof content === "string") return content;
  let text = "";
  for (const block of content) {
    if (block.type === "text" && typeof block.text === "string") text += block.text;
  }
  return text;
}

/** The text of a message: its text blocks joined, nothing else. */
export function messageText(message: BaseMessage): string {
  return contentText(message.content);
}
