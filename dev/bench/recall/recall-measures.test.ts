import { expect, it } from "vitest";
import { areaUnderRoc, recallQuality } from "./recall-measures.js";

it("counts the share of the evidence among the first k, and the place of the first", () => {
  const one = { ids: ["x", "a", "y", "b"], evidence: ["a", "b"] };
  const quality = recallQuality([one, { ids: ["c"], evidence: ["c"] }, { ids: ["x"], evidence: ["d"] }]);
  expect(quality).toMatchObject({ n: 3, r1: 1 / 3 });
  expect(quality.r5).toBeCloseTo(2 / 3);
  expect(quality.mrr).toBeCloseTo(0.5);
  expect(recallQuality([]).r5).toBeNaN();
});

it("gives the area under the curve, ties half, and none where a side is empty", () => {
  expect(areaUnderRoc([2, 3], [1])).toBe(1);
  expect(areaUnderRoc([1, 2], [1, 2])).toBe(0.5);
  expect(areaUnderRoc([], [1])).toBeNull();
});
