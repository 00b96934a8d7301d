import { describe, expect, it } from "vitest";
import { ReasoningFilter, withoutReasoning } from "./clean-reply.js";

const filtered = (chunks: readonly string[], startsInside = false): string => {
  const filter = new ReasoningFilter(startsInside);
  return chunks.map((chunk) => filter.push(chunk)).join("") + filter.end();
};

describe("reasoning in a stream", () => {
  const reply = "<think>She asks about < me.\n</think>\n\nI was born by the sea. 2 < 3 <b>";

  it("is removed wherever the chunks are cut", () => {
    for (let size = 1; size < 12; size++) {
      const chunks = reply.match(new RegExp(`[\\s\\S]{1,${size}}`, "g")) ?? [];
      expect(filtered(chunks)).toBe("I was born by the sea. 2 < 3 <b>");
    }
  });

  it("is dropped when it never ends", () => {
    expect(filtered(["Well. <think>", "and then", " so"])).toBe("Well. ");
  });

  it("is removed more than once and in capitals", () => {
    expect(filtered(["<THINK>a</THINK>One. <think>b</think>Two."])).toBe("One. Two.");
  });

  it("is noticed when only its end is marked, and known the next time", () => {
    const filter = new ReasoningFilter();
    filter.push("Let me see.</think> Yes.");
    expect(filter.closedUnopened).toBe(true);
    expect(filtered(["Let me ", "see.</th", "ink> Yes."], true)).toBe("Yes.");
    expect(filtered(["No reasoning", " today."], true)).toBe("No reasoning today.");
  });

  it("does not hold back ordinary text", () => {
    const filter = new ReasoningFilter();
    expect(filter.push("a < b, ")).toBe("a < b, ");
    expect(filter.push("c <")).toBe("c ");
    expect(filter.push("d")).toBe("<d");
  });
});

describe("reasoning in a whole reply", () => {
  it("is removed with and without its opening tag", () => {
    expect(withoutReasoning("<think>\nhm\n</think>\n\nYes.")).toBe("Yes.");
    expect(withoutReasoning("hm, so\n</think>\nYes.")).toBe("Yes.");
    expect(withoutReasoning(" Yes. ")).toBe("Yes.");
  });
});
