import { describe, expect, test } from "vitest";
import { SimulacraError } from "../../data/errors.js";
import { checkedMessage, cleanMessage, longestMessage } from "./message-text.js";

describe("cleanMessage", () => {
  test("keeps what people write: scripts, emoji, tabs and new lines", () => {
    const written = "Grüß dich,\n\t愛 👩‍🌾 → ½?";
    expect(cleanMessage(written)).toEqual({ text: written, removed: 0 });
  });

  test("takes out control characters and whole terminal sequences, and counts them", () => {
    expect(cleanMessage("a\u0000b\u001B[31mred\u001B[0m\u0007 c\u202Ed")).toEqual({
      text: "abred cd",
      removed: 12,
    });
  });

  test("takes a carriage return for a line end", () => {
    expect(cleanMessage("one\r\ntwo\rthree")).toEqual({ text: "one\ntwo\nthree", removed: 0 });
  });

  test("leaves nothing of white space and control characters", () => {
    expect(cleanMessage(" \u0000\t\n").text).toBe("");
  });

  test("replaces half a character, which no file or server would take", () => {
    expect(cleanMessage("a\uD83Db").text).toBe("a\uFFFDb");
  });

  test("refuses a message that is too long, quickly, and says the limit", () => {
    const start = performance.now();
    expect(() => cleanMessage("\u001B[".repeat(50_000))).toThrowError(/100,000 characters; at most 20,000/);
    expect(performance.now() - start).toBeLessThan(100);
    expect(() => cleanMessage("x".repeat(longestMessage + 1))).toThrowError(SimulacraError);
    expect(cleanMessage("x".repeat(longestMessage)).text).toHaveLength(longestMessage);
  });
});

test.each([null, undefined, 5, ["Hello."], { text: "Hello." }])(
  "%j is no message, and it is said why",
  (given) => {
    const message: unknown = given;
    expect(() => checkedMessage(message as string)).toThrowError(/must be text, but .* was given/u);
  },
);
