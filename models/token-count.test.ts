import { AIMessage, HumanMessage, SystemMessage } from "@langchain/core/messages";
import { Tiktoken } from "js-tiktoken/lite";
import ranks from "js-tiktoken/ranks/cl100k_base";
import { describe, expect, it } from "vitest";
import { countMessageTokens, countTokens } from "./token-count.js";

const timed = (text: string): number => {
  const start = performance.now();
  countTokens(text);
  return performance.now() - start;
};

describe("token counts", () => {
  it("are those of cl100k on ordinary text", () => {
    const encoder = new Tiktoken(ranks);
    const texts = [
      "I was born by the sea, in 1961; my father kept the light.\n\n  She's \"gone\" — isn't she?",
      "你好，你叫什么名字？我住在海边。",
      "tokens 1234567 ... !!! \t\t x\r\n\r\n y",
      "🙂🙂 naïve café Ångström",
      "",
    ];
    for (const text of texts) expect(countTokens(text)).toBe(encoder.encode(text).length);
  });

  it("take special tokens in a text as text", () => {
    expect(countTokens("<|endoftext|> and <|im_start|>")).toBeGreaterThan(8);
  });

  it("are bounded in time on pathological input, and nearly free the second time", () => {
    countTokens("warm");
    const random = Array.from({ length: 100_000 }, (_, at) =>
      String.fromCharCode(97 + ((at * 7919) % 26)),
    ).join("");
    for (const text of [
      "a".repeat(100_000),
      " ".repeat(100_000),
      "!".repeat(100_000),
      random,
      "\n ".repeat(50_000),
    ]) {
      expect(timed(text)).toBeLessThan(5_000);
    }
    const page = "The boat did not come for three weeks. ".repeat(200);
    countTokens(page);
    expect(Math.min(timed(page), timed(page), timed(page))).toBeLessThan(1);
  });

  it("of messages add 4 a message and 3 for the reply", () => {
    const messages = [
      new SystemMessage("one"),
      new HumanMessage([{ type: "text", text: "two" }]),
      new AIMessage("three"),
    ];
    expect(countMessageTokens(messages)).toBe(3 + 3 * 4 + 3);
    expect(countMessageTokens([])).toBe(3);
  });
});
