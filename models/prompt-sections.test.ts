import { AIMessage, HumanMessage, SystemMessage } from "@langchain/core/messages";
import { expect, it } from "vitest";
import { promptSections } from "./prompt-sections.js";
import { countTokens } from "./token-count.js";

it("tells fenced parts, wording, conversation and what was just said apart", () => {
  const sections = promptSections([
    new SystemMessage("Be brief.\n\n<memories>\n- A boat.\n</memories>\n\nThank you."),
    new HumanMessage("Good day."),
    new AIMessage("Good day to you."),
    new HumanMessage("Who built the boat?"),
  ]);
  expect(sections.map(({ name }) => name)).toEqual(["instructions", "memories", "conversation", "just-said"]);
  expect(sections[1]?.tokens).toBe(countTokens("<memories>\n- A boat.\n</memories>"));
  expect(sections[2]?.tokens).toBe(countTokens("Good day.") + countTokens("Good day to you."));
});

it("takes a prompt of one message as instructions around its parts", () => {
  expect(promptSections([new HumanMessage("Sum it up.\n\n<passage>\nLong ago.\n</passage>")])).toMatchObject([
    { name: "instructions" },
    { name: "passage" },
  ]);
});
