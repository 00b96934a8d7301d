import { describe, expect, it } from "vitest";
import type { Option } from "./group-case.js";
import { readNumbers } from "./read-numbers.js";

const options: readonly Option[] = ["Always", "Sometimes", "Not at all"].map((text, at) => ({
  label: "ABC"[at] ?? "",
  text,
}));
const ages: readonly Option[] = ["18 to 30", "31 to 64", "65 or more"].map((text, at) => ({
  label: "ABC"[at] ?? "",
  text,
}));
const read = (text: string, of = options) => {
  const parsed = readNumbers({ text }, of);
  return parsed.status === "answered" ? Object.values(parsed.answer.shares) : parsed.status;
};

describe("figures with remarks and in other forms", () => {
  it.each([
    ["A: 20% (the old ones)\nB: 50% of them\nC: 30% - mostly commuters", [20, 50, 30]],
    ["A: 20 percent\nB: 50 per cent\nC: 30 pct", [20, 50, 30]],
    ["A: about 20\nB: roughly 50\nC: ~30", [20, 50, 30]],
    ["A: approx. 20 %, B: ca. 50 %, C: ≈30 %", [20, 50, 30]],
    ["My guess: A: 20%\nB: 50%\nC: 30%", [20, 50, 30]],
    ["Here is what I think. Shares: A = 20, B = 50, C = 30", [20, 50, 30]],
    ["A: 20% B: 50% C: 30%", [20, 50, 30]],
    ["A 20%, B 50% and C 30%", [20, 50, 30]],
    ["A – 0.2\nB – 0.5\nC – 0.3", [0.2, 0.5, 0.3]],
    ["A: 0,2\nB: 0,5\nC: 0,3", [0.2, 0.5, 0.3]],
    ["A: 0,2, B: 0,5, C: 0,3", [0.2, 0.5, 0.3]],
    ["A: .2; B: .5; C: .3", [0.2, 0.5, 0.3]],
    ["Ａ：２０％\nＢ：５０％\nＣ：３０％", [20, 50, 30]],
    ["A：约20%\nB：50%\nC：30%", [20, 50, 30]],
    ["| Option | Share |\n|---|---|\n| A | 20% |\n| B | 50% |\n| C | 30% |", [20, 50, 30]],
    ["| A | Always | 20 |\n| B | Sometimes | 50 |\n| C | Not at all | 30 |", [20, 50, 30]],
    ["A,20\nB,50\nC,30", [20, 50, 30]],
    ["a) 20%\nb) 50%\nc) 30%", [20, 50, 30]],
    ["a: 20, b: 50, c: 30", [20, 50, 30]],
    ["1. **A**: 20%\n2. **B**: 50%\n3. **C**: 30%", [20, 50, 30]],
    ["Always: 20%\nSometimes: 50%\nNot at all: 30%", [20, 50, 30]],
    ["Always 20%, sometimes 50%, not at all 30%", [20, 50, 30]],
    ["A (Always): 20%\nB (Sometimes): 50%\nC (Not at all): 30%", [20, 50, 30]],
    ["Option A: 20%\nOption B: 50%\nOption C: 30%", [20, 50, 30]],
    ["A: Always\nB: Sometimes\nC: Not at all\n\nA: 20\nB: 50\nC: 30", [20, 50, 30]],
    ["A: 20%\nB: 50%\nC: 30%\nTotal: 100%", [20, 50, 30]],
    ["I'd say A: 20%, B: 50% and C: 30%", [20, 50, 30]],
    ["A. 20%\nB. 50%\nC. 30%", [20, 50, 30]],
    ["A.5\nB.65\nC.30", [5, 65, 30]],
    ["A -> 20%\nB -> 50%\nC -> 30%", [20, 50, 30]],
    ["A: 40%\nB: 60%", [40, 60, 0]],
    ["A: 5%\nB: 0.5%\nC: 94.5%", [5, 0.5, 94.5]],
    ['{"A": "about 20%", "B": "50 percent", "C": "30% (some)"}', [20, 50, 30]],
    ['{"A": 20, "B": 50, "C": 30, "total": 100, "reasoning": "as I see it"}', [20, 50, 30]],
    [
      '[{"option": "A", "share": 20}, {"option": "B", "share": 50}, {"option": "C", "share": 30}]',
      [20, 50, 30],
    ],
    ['{"answers": [{"label": "A", "percent": "20%"}, {"label": "B", "percent": "80%"}]}', [20, 80, 0]],
    ['{"A": {"percent": 20}, "B": {"percent": 50}, "C": {"percent": 30}}', [20, 50, 30]],
    ['{"Always": 20, "Sometimes": 50, "Not at all": 30}', [20, 50, 30]],
  ])("%s", (text, shares) => {
    expect(read(text)).toEqual(shares);
  });

  it("tells an option's own figures from its share", () => {
    expect(read("A: 18 to 30 - 20%\nB: 31 to 64 - 50%\nC: 65 or more - 30%", ages)).toEqual([20, 50, 30]);
    expect(read("18 to 30: 20%\n31 to 64: 50%\n65 or more: 30%", ages)).toEqual([20, 50, 30]);
  });
});

describe("a figure that is not understood makes the reply unparsable, never 0", () => {
  it.each([
    "A: 20-25%\nB: 50%\nC: 30%",
    "A: 20 to 25%\nB: 50%\nC: 30%",
    "A: between 20 and 25%\nB: 50%\nC: 30%",
    "A: 20±5\nB: 50\nC: 30",
    "A: less than 20%\nB: 50%\nC: 30%",
    "A: >20%\nB: 50%\nC: 30%",
    "A: 20% or more\nB: 50%\nC: 30%",
    "A: at least 20%\nB: 50%\nC: 30%",
    "A: twenty percent\nB: 50%\nC: 30%",
    "A: a few\nB: 50%\nC: 50%",
    "A: the rest\nB: 50%\nC: 30%",
    "A: 20 of 90\nB: 50\nC: 30",
    "A: 20/90\nB: 50\nC: 30",
    "A: 20% (was 25%)\nB: 50%\nC: 30%",
    "A: 20%\nB: 0.5\nC: 30%",
    "A: 20%\nB: 50%",
    "A: 1,200\nB: 50\nC: 30",
    "A: ?\nB: 70%\nC: 30%",
    "A: n/a\nB: 70%\nC: 30%",
    "A: -20%\nB: 90%\nC: 30%",
    "A: 20k\nB: 50\nC: 30",
    '{"A": "20-25", "B": 50, "C": 30}',
    '{"A": "some", "B": 50, "C": 50}',
    '{"A": [20, 25], "B": 50, "C": 30}',
    "About 20 of us would.",
    "I am 20 and would say A.",
  ])("%s", (text) => {
    expect(read(text)).toBe("unparsable");
  });
});
