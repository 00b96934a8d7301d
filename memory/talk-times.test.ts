import { describe, expect, it } from "vitest";
import { metTimes, type TalkTime, withoutTurnAt, withTurnAt } from "./talk-times.js";

const at = (day: number, hour = 9) => `2026-03-0${day}T0${hour}:00:00.000Z`;
const turns = [
  { thread: "a", turn: 1, at: at(1), isNew: true },
  { thread: "a", turn: 2, at: at(1, 9), isNew: false },
  { thread: "b", turn: 1, at: at(3), isNew: true },
  { thread: "c", turn: 1, at: at(5), isNew: true },
];
const talks = turns.reduce<TalkTime[]>((all, { isNew, ...turn }) => withTurnAt(all, turn, isNew), []);

describe("the times of talks", () => {
  it("are those of the first, the last and the one before", () => {
    expect(talks).toHaveLength(3);
    expect(metTimes(talks)).toEqual({ firstMet: at(1), lastMet: at(5), metBefore: at(3) });
  });

  it("are those of the talks that stay, in whatever order the others go", () => {
    const withoutB = withoutTurnAt(talks, { thread: "b", turn: 1, at: at(3) }, undefined);
    expect(metTimes(withoutB)).toEqual({ firstMet: at(1), lastMet: at(5), metBefore: at(1) });
    const onlyA = withoutTurnAt(withoutB, { thread: "c", turn: 1, at: at(5) }, undefined);
    expect(metTimes(onlyA)).toEqual({ firstMet: at(1), lastMet: at(1) });
    const begun = withoutTurnAt(onlyA, { thread: "a", turn: 2, at: at(1) }, at(1));
    expect(metTimes(withoutTurnAt(begun, { thread: "a", turn: 1, at: at(1) }, undefined))).toEqual({});
  });
});
