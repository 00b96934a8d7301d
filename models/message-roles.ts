import { AIMessage, type BaseMessage, HumanMessage, type MessageContent } from "@langchain/core/messages";
import { messageText } from "./message-text.js";

/** Stands where a talk begins with the other's greeting: many chat templates want a user's turn first. */
export const OPENING = "(You meet.)";

/** Whether a message is words of one side only: those of tools must stay as they are. */
const isWords = (message: BaseMessage): boolean =>
  message.type === "human" ||
  (message.type === "ai" &&
    !(message as AIMessage).tool_calls?.length &&
    !message.additional_kwargs.tool_calls);

const joined = (first: MessageContent, second: MessageContent): MessageContent =>
  typeof first === "string" && typeof second === "string"
    ? `${first}\n\n${second}`
    : [first, second].flatMap((part) => (typeof part === "string" ? [{ type: "text", text: part }] : part));

function merged(first: BaseMessage, second: BaseMessage): BaseMessage {
  const fields = {
    content: joined(first.content, second.content),
    ...(first.name !== undefined && first.name === second.name && { name: first.name }),
  };
  return first.type === "human" ? new HumanMessage(fields) : new AIMessage(fields);
}

/**
 * The messages as strict chat templates want them: after the system messages a user's turn, then both sides by turns.
 * Neighbours of one side become one message. A conversation with tools is left alone.
 */
export function inTurns(messages: readonly BaseMessage[]): BaseMessage[] {
  const system = messages.filter(({ type }) => type === "system");
  const talk = messages.filter(({ type }) => type !== "system");
  if (!talk.every(isWords) || messages.slice(0, system.length).some(({ type }) => type !== "system"))
    return [...messages];
  const turns: BaseMessage[] = talk[0]?.type === "ai" ? [new HumanMessage(OPENING)] : [];
  for (const message of talk) {
    const last = turns.at(-1);
    if (last?.type === message.type) turns[turns.length - 1] = merged(last, message);
    else turns.push(message);
  }
  return [...system, ...turns];
}

/** The messages for a server that knows no system role: what the system says stands before the first words of the user. */
export function withoutSystemRole(messages: readonly BaseMessage[]): BaseMessage[] {
  const system = messages.filter(({ type }) => type === "system").map(messageText);
  if (system.length === 0) return [...messages];
  const talk = messages.filter(({ type }) => type !== "system");
  return inTurns([new HumanMessage(system.join("\n\n")), ...talk]);
}
