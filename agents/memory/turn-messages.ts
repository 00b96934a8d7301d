import { type BaseMessage, HumanMessage } from "@langchain/core/messages";
import type { Said, TurnRecord } from "../../memory/turn-record.js";
import { answered, textOf } from "../conversation.js";
import { inOtherWords, isReplaced } from "../guard/marks.js";

/** Words as the store keeps them. */
export const saidIn = (messages: readonly BaseMessage[]): Said =>
  messages.map((message) => ({
    ...(message.id !== undefined && { id: message.id }),
    ...(message.name !== undefined && { name: message.name }),
    text: textOf(message),
    ...(isReplaced(message) && { replaced: true }),
  }));

/** Stored words as messages. */
export const messagesOfSaid = (said: Said): BaseMessage[] =>
  said.map(({ id, name, text, replaced }) => {
    const message = new HumanMessage({
      content: text,
      ...(id !== undefined && { id }),
      ...(name !== undefined && { name }),
    });
    return replaced ? inOtherWords(message, text) : message;
  });

/** Stored turns as the messages of a conversation, oldest first. */
export const messagesOfTurns = (turns: readonly TurnRecord[], characterId: string): BaseMessage[] =>
  turns.flatMap(({ stimulus, answer }) => [
    ...messagesOfSaid(stimulus),
    answered(answer.text, characterId, answer.id),
  ]);
