import { expect, it } from "vitest";
import { lengthsNear, nearestTerm } from "./nearest-term.js";

const known = (...terms: string[]) => terms.map((term) => ({ term, documents: 1 }));

it("counts a swap of neighbouring letters as one error", () => {
  expect(nearestTerm("gadren", known("garden", "gate"))).toBe("garden");
  expect(nearestTerm("grdaen", known("garden"))).toBeNull();
});

it("forgives two errors only from eight letters on", () => {
  expect(nearestTerm("orhcd", known("orchid"))).toBeNull();
  expect(nearestTerm("phramacits", known("pharmacist"))).toBe("pharmacist");
  expect(nearestTerm("pramacist", known("pharmacist"))).toBe("pharmacist");
  expect(nearestTerm("pramacits", known("pharmacist"))).toBeNull();
});

it("prefers fewer errors, then the same first letter, then the more frequent word", () => {
  expect(nearestTerm("hoese", known("horse", "moese", "house"))).toBe("horse");
  expect(nearestTerm("mouse", known("house", "moust"))).toBe("moust");
  expect(
    nearestTerm("houte", [
      ...known("house"),
      { term: "route", documents: 9 },
      { term: "houre", documents: 5 },
    ]),
  ).toBe("houre");
});

it("leaves short words and numbers alone", () => {
  expect(lengthsNear("bees")).toBeNull();
  expect(lengthsNear("19985")).toBeNull();
  expect(lengthsNear("garden")).toEqual({ from: 5, to: 7 });
  expect(lengthsNear("gardening")).toEqual({ from: 7, to: 11 });
});
