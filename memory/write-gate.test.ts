import { describe, expect, it } from "vitest";
import { refusalOf, textHash } from "./write-gate.js";

const nothing = { recalled: [], existing: [] };

describe("the write gate", () => {
  it("refuses empty talk", () => {
    expect(refusalOf({ said: "Hi there!", answered: "Hello.", ...nothing })).toBe("empty");
  });

  it("lets news pass", () => {
    const said = "My sister Clara moved to Lisbon in March and works on a ferry.";
    expect(refusalOf({ said, answered: "A ferry! I would like that.", ...nothing })).toBeNull();
  });

  it("refuses what gives back only what was recalled", () => {
    const memory = "My father corrected radios on the kitchen table and never wasted a screw.";
    const echo = {
      said: "What did your father do?",
      answered: "He corrected radios on the kitchen table, my father, and never wasted a screw.",
    };
    expect(refusalOf({ ...echo, recalled: [memory], existing: [] })).toBe("echo");
    expect(
      refusalOf({
        said: "I mend radios too, in a garage in Porto with my uncle Rui.",
        answered: echo.answered,
        recalled: [memory],
        existing: [],
      }),
    ).toBeNull();
  });

  it("refuses what is stored already", () => {
    const said = "My sister Clara moved to Lisbon in March and works on a ferry.";
    expect(refusalOf({ said, answered: "", recalled: [], existing: [`Ben: ${said}`] })).toBe("duplicate");
  });

  it("hashes words, not spacing or case", () => {
    expect(textHash("The  Cat, sat.")).toBe(textHash("the cat sat"));
    expect(textHash("the cat sat")).not.toBe(textHash("the cat ran"));
  });
});
