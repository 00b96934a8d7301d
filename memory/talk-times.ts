import { z } from "zod";
import type { TurnRecord } from "./turn-record.js";

/** A talk with somebody: the turn of a thread with which it began, and when its first and last turns were. */
export const talkTimeSchema = z.object({
  thread: z.string(),
  turn: z.number().int().min(1),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
});
export type TalkTime = z.infer<typeof talkTimeSchema>;

/** So many talks are kept in mind, the latest. */
const TALKS_KEPT = 40;

type TurnAt = Pick<TurnRecord, "thread" | "turn" | "at">;

/** The talks after a turn. */
export function withTurnAt(
  talks: readonly TalkTime[],
  { thread, turn, at }: TurnAt,
  isNew: boolean,
): TalkTime[] {
  const own = isNew ? undefined : talks.findLast((talk) => talk.thread === thread);
  return own
    ? talks.map((talk) => (talk === own ? { ...talk, to: at } : talk))
    : [...talks, { thread, turn, from: at, to: at }].slice(-TALKS_KEPT);
}

/** The talks without the last turn of a thread. @param before time of the turn before it, where there is one */
export const withoutTurnAt = (
  talks: readonly TalkTime[],
  { thread, turn }: TurnAt,
  before: string | undefined,
): TalkTime[] =>
  talks.flatMap((talk) => {
    if (talk.thread !== thread || before === undefined || talk.to <= before)
      return talk.thread === thread && talk.turn >= turn ? [] : [talk];
    return talk.turn >= turn ? [] : [{ ...talk, to: before }];
  });

/** When somebody was met, by the talks that are left. */
export function metTimes(talks: readonly TalkTime[]): {
  firstMet?: string;
  lastMet?: string;
  metBefore?: string;
} {
  const byEnd = talks.toSorted((a, b) => a.to.localeCompare(b.to));
  const last = byEnd.at(-1);
  const before = last && byEnd.findLast((talk) => talk !== last && talk.to <= last.from);
  const [firstMet] = talks.map(({ from }) => from).sort();
  return {
    ...(firstMet !== undefined && { firstMet }),
    ...(last && { lastMet: last.to }),
    ...(before && { metBefore: before.to }),
  };
}
