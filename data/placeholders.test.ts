import { describe, expect, it } from "vitest";
import { placeholder, withoutPlaceholderParagraphs, withoutPlaceholders } from "./placeholders.js";

describe("placeholders", () => {
  it("vanish, with the lists and groups that hold nothing else", () => {
    const value = {
      a: placeholder("x"),
      b: [placeholder("y"), 1],
      c: { d: [placeholder("z")] },
      e: [],
      f: "kept [fill in: no]",
    };
    expect(withoutPlaceholders(value)).toEqual({
      value: { b: [1], e: [], f: "kept [fill in: no]" },
      open: [["a"], ["b", 0], ["c", "d", 0]],
    });
    expect(withoutPlaceholders([placeholder("x")]).value).toBeUndefined();
  });

  it("vanish from texts as whole paragraphs", () => {
    expect(withoutPlaceholderParagraphs(`# T\n\n${placeholder("x")}\n\nI wrote [this].`)).toBe(
      "# T\n\nI wrote [this].",
    );
  });
});
