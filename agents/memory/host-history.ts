import type { BaseMessage } from "@langchain/core/messages";
import type { TurnRecord } from "../../memory/turn-record.js";
import { type Exchange, textOf } from "../conversation.js";

/** How a host's history stands against the turns that the store holds. */
export interface HistoryStanding {
  /** Number of the last turn that the host's conversation goes on from; undefined where it leaves none behind. */
  goesOnFrom: number | undefined;
  /** Turns whose words the host has edited where they stand, with the new words. */
  edited: TurnRecord[];
  /** Exchanges of the host's that the store does not know (any more), after those that it does. */
  unknown: Exchange[];
}

/**
 * Compares what a host says was said with what was stored. The host edits, branches, or asks for another answer: turns
 * after the last that it still holds are left behind. Exchanges agree by the answer's id, else by their words; a history
 * of which nothing is known leaves nothing behind.
 */
export function compareHistory(
  exchanges: readonly Exchange[],
  stimulus: readonly BaseMessage[],
  turns: readonly TurnRecord[],
): HistoryStanding {
  if (exchanges.length === 0)
    return { goesOnFrom: goesOnBefore(deliveredAgain(stimulus, turns)), edited: [], unknown: [] };
  const shift = bestShift(exchanges, turns);
  if (shift === undefined) return { goesOnFrom: undefined, edited: [], unknown: [...exchanges] };
  const edited = exchanges.flatMap((exchange, place) => {
    const turn = turns[place + shift];
    return turn && isEdited(exchange, turn) ? [withWordsOf(exchange, turn)] : [];
  });
  let last = exchanges.findLastIndex((exchange, place) => {
    const turn = turns[place + shift];
    return turn && (agrees(exchange, turn) || isEdited(exchange, turn));
  });
  let known = last + shift;
  // Beyond it the host tells what is not stored (it has gone back to a branch that was left), and maybe later turns again.
  for (const [place, exchange] of exchanges.entries()) {
    const later = place <= last ? -1 : turns.findIndex((turn, at) => at > known && agrees(exchange, turn));
    if (later >= 0) [last, known] = [place, later];
  }
  return {
    goesOnFrom: known < turns.length - 1 ? turns[known]?.turn : undefined,
    edited,
    unknown: exchanges.slice(last + 1),
  };
}

/**
 * How far the turns lie ahead of the exchanges where most of them agree; of several the one that leaves the fewest
 * turns behind.
 */
function bestShift(exchanges: readonly Exchange[], turns: readonly TurnRecord[]): number | undefined {
  let best: { shift: number; agreeing: number } | undefined;
  for (let shift = 1 - exchanges.length; shift < turns.length; shift++) {
    const agreeing = exchanges.filter((exchange, place) => {
      const turn = turns[place + shift];
      return turn !== undefined && agrees(exchange, turn);
    }).length;
    if (agreeing > 0 && agreeing >= (best?.agreeing ?? 0)) best = { shift, agreeing };
  }
  return best?.shift;
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
  const stimulus = exchange.said.map((message) => ({
    ...(message.id !== undefined && { id: message.id }),
    ...(message.name !== undefined && { name: message.name }),
    text: textOf(message),
  }));
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

const goesOnBefore = (turn: TurnRecord | undefined): number | undefined => turn && turn.turn - 1;
