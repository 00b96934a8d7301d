import type { BaseMessage } from "@langchain/core/messages";
import type { FoundThread } from "../../memory/threads.js";
import type { Transcript } from "../../memory/transcript.js";
import { exchangesOf, lastExchanges, TOKENS_PER_MESSAGE, textOf } from "../conversation.js";
import type { AgentDependencies } from "../turn.js";
import type { TalkPart } from "./host-history.js";
import { messagesOfTurns } from "./turn-messages.js";

/** How many more turns are read where the window has room for them. */
const MORE = 8;

/** As much of the host's conversation as working memory holds. */
export function fitting(
  messages: readonly BaseMessage[],
  { character, budget, countTokens }: AgentDependencies,
) {
  const kept = lastExchanges(exchangesOf(messages, character.id), budget.history, countTokens);
  return kept.flatMap(({ said, answer }) => [...said, answer]);
}

/** The conversation as far as working memory holds it. */
export async function windowOf(
  parts: readonly TalkPart[],
  { record }: FoundThread,
  transcript: Transcript,
  { character, budget, countTokens }: AgentDependencies,
): Promise<BaseMessage[]> {
  const kept: TalkPart[] = [];
  let left = budget.history;
  const first = (record?.windowAfter ?? 0) + 1;
  const held = parts.filter((part) => !("turn" in part) || part.turn.turn >= first);
  // A host that goes on from far back has left all that working memory held.
  let known = held.length > 0 ? held : parts;
  while (known.length > 0 && left > 0) {
    for (const part of [...known].reverse()) {
      for (const text of textsOf(part)) left -= countTokens(text) + TOKENS_PER_MESSAGE;
      if (left < 0 && kept.length > 0) break;
      kept.unshift(part);
    }
    // There may be room for more than was read.
    const oldest = known.find((part) => "turn" in part);
    const number = oldest && "turn" in oldest ? oldest.turn.turn : first;
    known =
      record && left > 0 && number > first
        ? (await transcript.threads.turns(record, Math.min(MORE, number - first), number - 1)).map(
            (turn) => ({ turn }),
          )
        : [];
  }
  return kept.flatMap((part) =>
    "turn" in part
      ? messagesOfTurns([part.turn], character.id)
      : [...part.exchange.said, part.exchange.answer],
  );
}

const textsOf = (part: TalkPart): string[] =>
  "turn" in part
    ? [...part.turn.stimulus, part.turn.answer].map(({ text }) => text)
    : [...part.exchange.said, part.exchange.answer].map(textOf);
