import { capitalised } from "../data/words.js";
import { UNNAMED } from "../memory/relationship.js";
import { type Exchange, textOf } from "./conversation.js";
import { type CountTokens, clipped, fenced, lastLines } from "./section.js";
import type { AgentDependencies } from "./turn.js";
import { onOneLine, spoken, type TurnView } from "./turn-view.js";

/** An exchange as a prompt shows it. */
export interface ShownExchange {
  heard: string;
  answered: string;
}

/** Tokens that the frame of an exchange takes: two messages, or two lines. */
const FRAME = 12;

/**
 * The last exchanges within these tokens, as `read` words them, each message that was heard a line. Of the newest, as
 * much of both sides as fits is always shown.
 */
export function shownExchanges(
  { exchanges }: TurnView,
  tokens: number,
  count: CountTokens,
  read: (exchange: Exchange) => { heard: readonly string[]; answered: string },
): ShownExchange[] {
  const shown: ShownExchange[] = [];
  let left = tokens;
  for (const exchange of [...exchanges].reverse()) {
    left -= FRAME;
    const lines = read(exchange);
    let heard = lines.heard.join("\n");
    let { answered } = lines;
    if (shown.length === 0) {
      answered = clipped(answered, Math.floor(Math.max(left / 2, left - count(heard))), count);
      heard = lastLines(lines.heard, left - count(answered), count);
    }
    left -= count(heard) + count(answered);
    if (left < 0) break;
    shown.unshift({ heard, answered });
  }
  return shown;
}

/** The last part of the conversation as lines "Name: words", for the agents that do not speak. */
export function recentLines(view: TurnView, deps: AgentDependencies, tokens: number): string {
  const other = onOneLine(view.people[0]?.name ?? capitalised(UNNAMED));
  return shownExchanges(view, tokens, deps.countTokens, ({ said, answer }) => ({
    heard: said.map((message) => (view.several ? "" : `${other}: `) + spoken(message, view)),
    answered: fenced(`${deps.character.name}: ${textOf(answer)}`),
  }))
    .flatMap(({ heard, answered }) => (heard === "" ? [answered] : [heard, answered]))
    .join("\n");
}
