import { expect, it } from "vitest";
import { figure, figureOrWhy, probability, signedFigure } from "./numbers.js";

it("numbers are written as long as a reader needs, and nothing small becomes 0", () => {
  expect([0, 0.0003, 0.456, 12.34, 1234.5, -0.5].map(figure)).toEqual([
    "0.00",
    "0.0003",
    "0.46",
    "12.3",
    "1,235",
    "−0.50",
  ]);
  expect([0.5, 0, -0.5].map(signedFigure)).toEqual(["+0.50", "0.00", "−0.50"]);
  expect([0.0001, 0.0123, 0.5].map(probability)).toEqual(["< 0.001", "0.012", "0.50"]);
  expect(figureOrWhy({ undefined: "no-variance" })).toBe("not computed, because the values do not vary");
});
