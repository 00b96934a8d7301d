import { HumanMessage } from "@langchain/core/messages";
import { expect, it } from "vitest";
import { wordsToSearchFor } from "./words-to-search-for.js";

const said = (...texts: string[]) => texts.map((text) => new HumanMessage(text));

it("searches for all that was said", () => {
  expect(wordsToSearchFor(said("Hello.", "Who was Olaf?"))).toBe("Hello.\nWho was Olaf?");
  expect(wordsToSearchFor([])).toBe("");
});

it("searches for what was said last, even after a page of words that got no answer", () => {
  expect(wordsToSearchFor(said("It rained. ".repeat(250), "Who was Olaf?"))).toBe("Who was Olaf?");
  expect(wordsToSearchFor(said("It rained. ".repeat(250))).length).toBeLessThanOrEqual(2000);
});
