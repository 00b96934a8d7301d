import {
  AIMessage,
  type BaseMessage,
  HumanMessage,
  type MessageContent,
  SystemMessage,
} from "@langchain/core/messages";
import { messageText } from "./message-text.js";
import { SAID_NOW } from "./prompt-sections.js";

/** Raised when the form in which servers are given a prompt changes: notes in turn, the opening, the schema in words. */
export const MESSAGE_FORM_VERSION = 1;

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
  if (first.type === "system") return new SystemMessage(fields);
  return first.type === "human" ? new HumanMessage(fields) : new AIMessage(fields);
}

/**
 * The messages as strict chat templates want them: after the system messages a user's turn, then both sides by turns.
 * Neighbours of one side become one message; notes between them (a later system message) stay. A conversation with tools is
 * left alone.
 */
export function inTurns(messages: readonly BaseMessage[]): BaseMessage[] {
  const start = messages.findIndex(({ type }) => type !== "system");
  const talk = start < 0 ? [] : messages.slice(start);
  if (!talk.every((message) => message.type === "system" || isWords(message))) return [...messages];
  const turns: BaseMessage[] = talk[0]?.type === "ai" ? [new HumanMessage(OPENING)] : [];
  for (const message of talk) {
    const last = turns.at(-1);
    if (last?.type === message.type) turns[turns.length - 1] = merged(last, message);
    else turns.push(message);
  }
  return [...messages.slice(0, start < 0 ? undefined : start), ...turns];
}

/**
 * The messages for a server: few take a system message behind the first words of a talk, so that notes stand at the
 * beginning of the words after them, which they announce. A conversation with tools is left alone.
 */
export function withNotesInTurn(messages: readonly BaseMessage[]): BaseMessage[] {
  const start = messages.findIndex(({ type }) => type !== "system");
  const talk = start < 0 ? [] : messages.slice(start);
  const isNote = ({ type }: BaseMessage) => type === "system";
  if (!talk.some(isNote) || !talk.every((message) => isNote(message) || isWords(message)))
    return [...messages];
  const given: BaseMessage[] = [];
  let notes: string[] = [];
  for (const message of talk) {
    if (isNote(message)) notes.push(messageText(message));
    else if (notes.length === 0 || message.type !== "human") given.push(message);
    else {
      const told = `${notes.join("\n\n")}\n\n${SAID_NOW}`;
      const { content } = message;
      const words = typeof content === "string" ? `${told}\n${content}` : joined(told, content);
      given.push(
        new HumanMessage({ content: words, ...(message.name !== undefined && { name: message.name }) }),
      );
      notes = [];
    }
  }
  // Notes with no words after them are words themselves: a server would not take them otherwise.
  if (notes.length > 0) given.push(new HumanMessage(notes.join("\n\n")));
  return inTurns([...messages.slice(0, start), ...given]);
}

/** The messages for a server that knows no system role: what the system says stands before the first words of the user. */
export function withoutSystemRole(messages: readonly BaseMessage[]): BaseMessage[] {
  const system = messages.filter(({ type }) => type === "system").map(messageText);
  if (system.length === 0) return [...messages];
  const talk = messages.filter(({ type }) => type !== "system");
  return inTurns([new HumanMessage(system.join("\n\n")), ...talk]);
}
