import { expect, it } from "vitest";
import { didYouMean, nearestName } from "./nearest-name.js";

const names = ["harbour", "lighthouse", "mill-race"];

it.each([
  ["harbor", "harbour"],
  ["HARBOUR", "harbour"],
  ["lighthosue", "lighthouse"],
  ["mill", "mill-race"],
  ["bakery", undefined],
  ["xyz", undefined],
  ["", undefined],
  ["l", "lighthouse"],
])("%s is near %s", (asked, nearest) => {
  expect(nearestName(asked, names)).toBe(nearest);
});

it("says nothing where no name is near", () => {
  expect(didYouMean("harbuor", names)).toBe(" Did you mean harbour?");
  expect(didYouMean("zeppelin", names)).toBe("");
});
