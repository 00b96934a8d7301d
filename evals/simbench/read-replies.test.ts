import { describe, expect, it } from "vitest";
import type { Parsed } from "../core/contract.js";
import type { Option, Shares } from "./group-case.js";
import { readChoice } from "./read-choice.js";
import { readLogprobs } from "./read-logprobs.js";
import { readNumbers } from "./read-numbers.js";

const options: readonly Option[] = [
  { label: "A", text: "Strongly disagree" },
  { label: "B", text: "Disagree" },
  { label: "C", text: "Don’t know" },
];
const yesOrNo: readonly Option[] = [
  { label: "A", text: "Yes" },
  { label: "B", text: "No" },
];
const many: readonly Option[] = [..."ABCDEFGHIJ"].map((label) => ({
  label,
  text: `${label.charCodeAt(0)} points`,
}));

const given = (parsed: Parsed<Shares>) =>
  parsed.status === "answered" ? parsed.answer.shares : parsed.status;

describe("figures", () => {
  it.each([
    ['{"A": 40, "B": 35, "C": 25}', [40, 35, 25]],
    ['Here it is:\n```json\n{"A": "40%", "B": "35 %", "C": "25"}\n```', [40, 35, 25]],
    ["{'A': 0.4, 'B': 0.6,}", [0.4, 0.6, 0]],
    ['{"answer": {"(A)": 10, "Disagree": 90}}', [10, 90, 0]],
    ["A: 40%\nB: 35%\nC: 25%", [40, 35, 25]],
    ["- **A** 0.4\n- **B** 0.6", [0.4, 0.6, 0]],
    ["(A): 40 %, (B): 60 %", [40, 60, 0]],
    ["A: Strongly disagree (40%)\nB: Disagree - 60%.", [40, 60, 0]],
    ['{"A": 80, "B": 80, "C": 40}', [80, 80, 40]],
  ])("%s", (text, [a, b, c]) => {
    expect(given(readNumbers({ text }, options))).toEqual({ A: a, B: b, C: c });
  });

  it.each([
    "Most of us would disagree.",
    "A few people, about 20.",
    '{"A": 40, "D": 60}',
    "A: 40%\nD: 60%",
    '{"A": 0, "B": 0, "C": 0}',
    '{"A": -10, "B": 110}',
    '{"A": "many", "B": 10}',
    "A: 30-40%\nB: 60%",
    "A: some 40%\nB: 60%",
    "A: 40%\nA: 60%",
    '{"A": 40, "B": null}',
    "[40, 60]",
  ])("%s cannot be read", (text) => {
    expect(given(readNumbers({ text }, options))).toBe("unparsable");
  });

  it("a refusal is one", () => {
    expect(given(readNumbers({ text: "As an AI language model, I can't answer this." }, options))).toBe(
      "refused",
    );
  });
});

describe("one option", () => {
  it.each([
    ["B", "B"],
    ["(B)", "B"],
    ["**B**.", "B"],
    ["B. Disagree", "B"],
    ["(B): Disagree", "B"],
    ["Honestly? I'd go with B.", "B"],
    ["My answer is (A), no doubt.", "A"],
    ["I would say (C) there.", "C"],
    ["I strongly disagree with that.", "A"],
    ["I disagree.", "B"],
    ["I don't know.", "C"],
    ["Not (A), rather (B).", "B"],
    ["b", "B"],
    ["(b)", "B"],
    ['"B"', "B"],
    ["B。", "B"],
    ["C – no idea", "C"],
    ["I pick C because I never liked it", "C"],
  ])("%s", (text, label) => {
    expect(given(readChoice({ text }, options))).toEqual({ [label]: 1 });
  });

  it.each([
    ["No.", "B"],
    ["Yes, of course.", "A"],
  ])("%s", (text, label) => {
    expect(given(readChoice({ text }, yesOrNo))).toEqual({ [label]: 1 });
  });

  it.each(["I have no idea.", "A or B", "(A) and (B)", "A bit of both.", "Hm.", ""])(
    "%s cannot be read",
    (text) => {
      expect(given(readChoice({ text }, yesOrNo))).toBe("unparsable");
    },
  );

  it("the words A and I are no letters", () => {
    expect(given(readChoice({ text: "I think a lot of it." }, many))).toBe("unparsable");
    expect(given(readChoice({ text: "A joke like this? I choose H." }, many))).toEqual({ H: 1 });
  });

  it("a refusal is one", () => {
    expect(given(readChoice({ text: "I'd rather not say." }, options))).toBe("refused");
  });
});

describe("chances of the first token", () => {
  const of = (chances: Record<string, number>) =>
    readLogprobs(
      {
        text: "A",
        mind: null,
        logprobs: Object.entries(chances).map(([token, chance]) => ({ token, logprob: Math.log(chance) })),
      },
      options,
    );

  it("are added up over the ways to write a letter; others leave, and how much was covered is kept", () => {
    const parsed = of({ A: 0.3, " A": 0.2, "(B": 0.2, The: 0.2, a: 0.05, D: 0.05 });
    if (parsed.status !== "answered") throw new Error(parsed.reason);
    expect(parsed.answer.shares.A).toBeCloseTo(0.5);
    expect(parsed.answer.shares.B).toBeCloseTo(0.2);
    expect(parsed.answer.shares.C).toBe(0);
    expect(parsed.answer.covered).toBeCloseTo(0.7);
    expect(parsed.shown).toBe("A 71 %, B 29 %, C 0 %");
  });

  it("that name no option, or were not given, cannot be read", () => {
    expect(of({ The: 0.9 }).status).toBe("unparsable");
    expect(readLogprobs({ text: "A", mind: null }, options)).toMatchObject({
      status: "unparsable",
      reason: expect.stringContaining("gave no log-probabilities"),
    });
  });
});
