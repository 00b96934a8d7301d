import { expect, it } from "vitest";
import { findJson } from "./find-json.js";

it("finds the value whatever stands around it", () => {
  expect(findJson('so {"a": "b } c"} end')).toEqual({ a: "b } c" });
  expect(findJson("Here:\n```\n[1, 2,]\n``` {}")).toEqual([1, 2]);
  expect(findJson('{"a": [1, 2')).toEqual({ a: [1, 2] });
});

it("finds nothing in prose, and does not take long over braces", () => {
  expect(findJson("I feel calm.")).toBeUndefined();
  const start = performance.now();
  findJson("{[".repeat(20_000));
  expect(performance.now() - start).toBeLessThan(5_000);
});
