import { expect, it } from "vitest";
import { windows } from "./passages.js";
import { recallSpeed } from "./recall-speed.js";

it("cuts text into distinct overlapping windows", () => {
  const words = Array.from({ length: 100 }, (_, index) => `w${index}`);
  const passages = windows(words, 40, 10);
  expect(new Set(passages).size).toBe(40);
  expect(passages[0]).toBe("w0 w1 w2 w3 w4 w5 w6 w7 w8 w9");
  expect(passages.every((passage) => passage.split(" ").length === 10)).toBe(true);
});

it("measures every figure, on few passages", { timeout: 60_000 }, async ({ skip }) => {
  const rows = await recallSpeed({ small: 300, large: 600, questions: 5, encoder: false });
  if (rows === null) return skip("the measuring data is not beside the project");
  expect(rows.length).toBe(14);
  expect(rows.every(({ measured }) => Number.isFinite(measured))).toBe(true);
  const found = rows.filter(({ what }) => what.includes("recall@10"));
  expect(found.every(({ measured }) => measured > 0.9)).toBe(true);
});
