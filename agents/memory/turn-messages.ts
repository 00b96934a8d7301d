import { type BaseMessage, HumanMessage } from "@langchain/core/messages";
import type { TurnRecord } from "../../memory/turn-record.js";
import { answered } from "../conversation.js";

/** Stored turns as the messages of a conversation, oldest first. */
export const messagesOfTurns = (turns: readonly TurnRecord[], characterId: string): BaseMessage[] =>
  turns.flatMap((turn) => [
    ...turn.stimulus.map(
      ({ id, name, text }) =>
        new HumanMessage({
          content: text,
          ...(id !== undefined && { id }),
          ...(name !== undefined && { name }),
        }),
    ),
    answered(turn.answer.text, characterId, turn.answer.id),
  ]);
