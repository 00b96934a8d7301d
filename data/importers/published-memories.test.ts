import { describe, expect, it } from "vitest";
import { paragraphsByKey } from "./published-memories.js";

describe("paragraphsByKey", () => {
  it("takes two lines a memory, counts blank lines as lines but not as paragraphs", () => {
    expect([...paragraphsByKey(["a", "", "b", "c", "d"], ["001", "002", "003"])]).toEqual([
      ["001", [1, 1]],
      ["002", [2, 3]],
      ["003", [4, 4]],
    ]);
  });

  it("claims nothing where counts or keys do not fit", () => {
    expect(paragraphsByKey(["a", "b", "c"], ["001"]).size).toBe(0);
    expect(paragraphsByKey(["a", "b", "c"], ["001", "003"]).size).toBe(0);
    expect(paragraphsByKey(["a", "b", "c"], ["001", "x"]).size).toBe(0);
  });
});
