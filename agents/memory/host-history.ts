import type { BaseMessage } from "@langchain/core/messages";
import type { TurnRecord } from "../../memory/turn-record.js";
import { type Exchange, textOf } from "../conversation.js";

/** A stored turn, or an exchange that only the host knows. */
export type TalkPart = { turn: TurnRecord } | { exchange: Exchange };

/** How a host's history stands against the turns that the store holds. */
export interface HistoryStanding {
  /** The conversation in its order. */
  parts: TalkPart[];
  /** Number of the last turn that the host's conversation goes on from; undefined where it leaves none behind. */
  goesOnFrom: number | undefined;
  /** Turns whose words the host has edited where they stand, with the new words. */
  edited: TurnRecord[];
  /** Whether the host's history holds a stored turn. */
  isKnown: boolean;
  /** Told by words alone, and not by all of them: an earlier turn may be meant. */
  isDoubtful: boolean;
}

/**
 * Compares what a host says was said with what was stored. The host edits, branches, or asks for another answer: turns
 * after the last that it still holds are left behind; turns that it leaves out before that are not. Exchanges agree by the
 * answer's id, else by their words; a history of which nothing is known leaves nothing behind.
 */
export function compareHistory(
  exchanges: readonly Exchange[],
  stimulus: readonly BaseMessage[],
  turns: readonly TurnRecord[],
): HistoryStanding {
  const { found, isDoubtful } = turnsOf(exchanges, turns);
  const edited = new Map<number, TurnRecord>();
  for (let index = exchanges.length - 1; index >= 0; index--) {
    const exchange = exchanges[index];
    // Without a turn of its own it may be an edited one: that between the turns of its neighbours.
    const at = found[index] ?? between(found, index, turns.length);
    const turn = turns[at];
    if (!exchange || !turn || !isEdited(exchange, turn)) continue;
    edited.set(at, withWordsOf(exchange, turn));
    found[index] = at;
  }
  const last = Math.max(-1, ...found.flatMap((at) => at ?? []));
  const again = exchanges.length === 0 ? deliveredAgain(stimulus, turns) : undefined;
  const isLeft = last >= 0 && last < turns.length - 1;
  return {
    parts: inOrder(exchanges, turns, found, isLeft ? last + 1 : turns.length, edited),
    goesOnFrom: again ? again.turn - 1 : isLeft ? turns[last]?.turn : undefined,
    edited: [...edited.values()],
    isKnown: last >= 0,
    isDoubtful: isDoubtful || (exchanges.length > 0 && last < 0),
  };
}

/**
 * Which turn each exchange is, from the newest on, in their order. Where several have the same words it is the one after
 * the turns that the exchanges before it are; of several such, the newest.
 */
function turnsOf(exchanges: readonly Exchange[], turns: readonly TurnRecord[]) {
  const found: (number | undefined)[] = exchanges.map(() => undefined);
  let below = turns.length;
  let isDoubtful = false;
  for (let index = exchanges.length - 1; index >= 0; index--) {
    const exchange = exchanges[index];
    if (!exchange) continue;
    const candidates = turns.slice(0, below);
    let at = candidates.findLastIndex(({ answer }) => answer.id === exchange.answer.id);
    if (at < 0) {
      const runs = candidates.map((_, place) => agreeingBefore(exchanges, index, turns, place));
      const longest = Math.max(0, ...runs);
      if (longest === 0) continue;
      at = runs.lastIndexOf(longest);
      if (below === turns.length) isDoubtful = longest < Math.min(index + 1, turns.length);
    }
    found[index] = at;
    below = at;
  }
  return { found, isDoubtful };
}

/** Where the turn of an exchange would stand by those of its neighbours; -1 where that is taken, or not to be told. */
function between(found: readonly (number | undefined)[], index: number, turns: number): number {
  const later = found[index + 1];
  const earlier = found[index - 1];
  const newest = index === found.length - 1 && found.every((at) => at === undefined) ? turns - 1 : -1;
  const at = later !== undefined ? later - 1 : earlier !== undefined ? earlier + 1 : newest;
  return found.includes(at) ? -1 : at;
}

/** How many exchanges in a row, up to this one, agree with the turns up to that one. */
function agreeingBefore(
  exchanges: readonly Exchange[],
  index: number,
  turns: readonly TurnRecord[],
  at: number,
): number {
  let count = 0;
  for (;;) {
    const exchange = exchanges[index - count];
    const turn = turns[at - count];
    if (!exchange || !turn || !agrees(exchange, turn)) return count;
    count++;
  }
}

/** Stored turns and the host's own exchanges in the host's order; turns that it leaves out stand where they were. */
function inOrder(
  exchanges: readonly Exchange[],
  turns: readonly TurnRecord[],
  found: readonly (number | undefined)[],
  end: number,
  edited: ReadonlyMap<number, TurnRecord>,
): TalkPart[] {
  const parts: TalkPart[] = [];
  let next = 0;
  const turnsUpTo = (upTo: number) => {
    for (; next < upTo; next++) {
      const turn = edited.get(next) ?? turns[next];
      if (turn) parts.push({ turn });
    }
  };
  // Of exchanges before the first turn that was read it is not known whether they are turns.
  const isWhole = (turns[0]?.turn ?? 1) === 1;
  const first = found.findIndex((at) => at !== undefined);
  for (const [index, exchange] of exchanges.entries()) {
    const at = found[index];
    if (at !== undefined) turnsUpTo(at + 1);
    else if (isWhole || (first >= 0 && index > first)) parts.push({ exchange });
  }
  turnsUpTo(end);
  return parts;
}

const agrees = (exchange: Exchange, turn: TurnRecord): boolean =>
  exchange.answer.id === turn.answer.id || (hasSameWords(exchange, turn) && hasSameAnswer(exchange, turn));

/** Words that a guard put in the place of others agree with whatever the host still has there. */
const hasSameWords = ({ said }: Exchange, { stimulus }: TurnRecord): boolean =>
  said.length === stimulus.length &&
  stimulus.every(({ text, replaced }, place) => {
    const message = said[place];
    return replaced || (message !== undefined && textOf(message) === text);
  });

const hasSameAnswer = ({ answer }: Exchange, turn: TurnRecord): boolean =>
  textOf(answer) === turn.answer.text;

/** One side of the exchange is the turn's, so that it is that turn, and the other is not. */
function isEdited(exchange: Exchange, turn: TurnRecord): boolean {
  const sameAnswer = hasSameAnswer(exchange, turn);
  const sameWords = hasSameWords(exchange, turn);
  if (sameAnswer && sameWords) return false;
  return sameAnswer || sameWords || exchange.answer.id === turn.answer.id;
}

function withWordsOf(exchange: Exchange, turn: TurnRecord): TurnRecord {
  const stimulus = exchange.said.map((message, index) => {
    const stored = turn.stimulus[index];
    // What a guard took out is not put back by a host that still has it.
    if (stored?.replaced && (message.id === undefined || message.id === stored.id)) return stored;
    return {
      ...(message.id !== undefined && { id: message.id }),
      ...(message.name !== undefined && { name: message.name }),
      text: textOf(message),
    };
  });
  return {
    ...turn,
    stimulus: hasSameWords(exchange, turn) ? turn.stimulus : stimulus,
    answer: { id: turn.answer.id, text: textOf(exchange.answer) },
  };
}

/**
 * The turn that answered these very messages, told by their ids: the newest turn's words are delivered again for another
 * answer; an earlier turn's, only where the host has edited them. A retry of an old delivery leaves nothing behind.
 */
function deliveredAgain(
  stimulus: readonly BaseMessage[],
  turns: readonly TurnRecord[],
): TurnRecord | undefined {
  return turns.findLast((turn, place) =>
    turn.stimulus.some(({ id, text }) =>
      stimulus.some(
        (message) =>
          id !== undefined &&
          message.id === id &&
          (place === turns.length - 1 || (textOf(message) !== text && stimulus.length === 1)),
      ),
    ),
  );
}
