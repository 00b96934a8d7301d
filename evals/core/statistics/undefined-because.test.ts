import { describe, expect, it } from "vitest";
import { isUndefined, undefinedBecause, undefinedReasons, undefinedText } from "./undefined-because.js";

describe("undefined, because", () => {
  it("tells a missing value from every other one", () => {
    expect(isUndefined(undefinedBecause("empty"))).toBe(true);
    for (const value of [0, Number.NaN, null, undefined, "", [], {}, { t: 1 }])
      expect(isUndefined(value)).toBe(false);
  });

  it("has one plain sentence for each reason", () => {
    expect(undefinedText(undefinedBecause("no-variance"))).toBe(
      "not computed, because the values do not vary",
    );
    const sentences = Object.values(undefinedReasons);
    expect(new Set(sentences).size).toBe(sentences.length);
    for (const sentence of sentences) expect(sentence).toMatch(/^[a-z][^.]*[a-z]$/);
  });
});
