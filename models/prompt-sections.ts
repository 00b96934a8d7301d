import type { BaseMessage } from "@langchain/core/messages";
import { messageText } from "./message-text.js";
import { countTokens } from "./token-count.js";

/** A part of a prompt and the tokens of its text. */
export interface PromptSection {
  name: string;
  tokens: number;
}

const fence = /<([a-z][\w-]*)>\n[\s\S]*?\n<\/\1>/gu;

/**
 * The parts of a prompt in the order they first stand there: each fenced part (`<memories> ... </memories>`) under its
 * name, `instructions` for the wording around them, `conversation` for earlier messages, and `just-said` for a last
 * message without fences.
 */
export function promptSections(messages: readonly BaseMessage[]): PromptSection[] {
  const sizes = new Map<string, number>();
  const add = (name: string, text: string): void => {
    const tokens = text.trim() === "" ? 0 : countTokens(text);
    if (tokens > 0) sizes.set(name, (sizes.get(name) ?? 0) + tokens);
  };
  const talk = messages.findIndex((message) => message.getType() !== "system");
  for (const [index, message] of messages.entries()) {
    const text = messageText(message);
    const fences = [...text.matchAll(fence)];
    if (message.getType() !== "system" && fences.length === 0) {
      add(index === messages.length - 1 ? (talk === 0 ? "instructions" : "just-said") : "conversation", text);
      continue;
    }
    const wording = text.replace(fence, "\n").trim();
    add("instructions", wording);
    for (const [whole, name = "part"] of fences) add(name, whole);
  }
  return [...sizes].map(([name, tokens]) => ({ name, tokens }));
}
