import { describe, expect, it } from "vitest";
import { sameWords, textsIn, unusableBecause, withoutSections } from "./usable-words.js";

const talk = "Has the ferry come in yet?";

describe("an agent's words", () => {
  it.each([
    ["<your-thought>The ferry is late.</your-thought>", "The ferry is late."],
    ["<just-said>Has it come?</just-said>\nThe ferry is late.", "The ferry is late."],
    ["The ferry is late.", "The ferry is late."],
  ])("stand without sections in %j", (text, left) => {
    expect(withoutSections(text)).toBe(left);
  });

  it.each([
    ["<memories></memories>"],
    ["<b> </b>"],
    ["It is late. ".repeat(12)],
    ["<item>apples</item> and pears"],
  ])("are unusable in %j", (text) => {
    expect(unusableBecause([text], talk)).toBeDefined();
  });

  it.each([["The <i>ferry</i> is late."], ["I feel at ease."], ["No. No. No."]])(
    "are usable in %j",
    (text) => {
      expect(unusableBecause([text], talk)).toBeUndefined();
    },
  );

  it("are found in any value, and compared word for word", () => {
    expect(textsIn({ a: ["x", { b: "y" }], c: 3, d: null })).toEqual(["x", "y"]);
    expect(sameWords("I wonder, still.", "i wonder – still")).toBe(true);
    expect(sameWords("I wonder.", "I wander.")).toBe(false);
  });
});
