import { expect, it } from "vitest";
import { endOfMark, markOf, marksIn } from "./message-marks.js";

const first = Array.from({ length: 2_000 }, (_, number) => number + 1);

it("marks are found again in a text, in ascending order", () => {
  expect(marksIn(`${markOf(12)}: a ledger. ${markOf(3)}, ${markOf(12)}`)).toEqual([3, 12]);
  expect(marksIn("no mark at all")).toEqual([]);
});

it("each has an end of its own", () => {
  expect(new Set(first.map(endOfMark)).size).toBe(first.length);
});

it("sorted, two hundred of them share no more letters than the end leaves out", () => {
  const sorted = first.slice(0, 200).map(markOf).sort();
  const shared = sorted.map((mark, place) => {
    const next = sorted[place + 1] ?? "";
    return [...mark].findIndex((letter, at) => letter !== next[at]);
  });
  expect(Math.max(...shared)).toBeLessThanOrEqual(3);
});
