import { describe, expect, it } from "vitest";
import { areaUnderRoc, evidenceRecall, rankingQuality, wilsonInterval } from "./recall-measures.js";

describe("recall measures", () => {
  it("count the share of the evidence among the first k, and the place of the first", () => {
    const one = { ids: ["x", "a", "y", "b"], evidence: ["a", "b"] };
    expect([1, 2, 4].map((k) => evidenceRecall(one, k))).toEqual([0, 0.5, 1]);
    const quality = rankingQuality([one, { ids: ["c"], evidence: ["c"] }, { ids: ["x"], evidence: ["d"] }]);
    expect(quality).toMatchObject({ n: 3, r1: 1 / 3 });
    expect(quality.mrr).toBeCloseTo(0.5);
    expect(rankingQuality([]).r5).toBeNaN();
  });

  it("give the area under the curve, ties half", () => {
    expect(areaUnderRoc([2, 3], [1])).toBe(1);
    expect(areaUnderRoc([1, 2], [1, 2])).toBe(0.5);
    expect(areaUnderRoc([], [1])).toBeNaN();
  });

  it("give Wilson's interval as Newcombe (1998) has it: 15 of 148 is .0624 to .1605, 0 of 20 is 0 to .1611", () => {
    const [low, high] = wilsonInterval(15, 148);
    expect(low).toBeCloseTo(0.0624, 4);
    expect(high).toBeCloseTo(0.1605, 4);
    expect(wilsonInterval(0, 20)[0]).toBeCloseTo(0, 10);
    expect(wilsonInterval(0, 20)[1]).toBeCloseTo(0.1611, 4);
  });
});
