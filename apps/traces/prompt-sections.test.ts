import { expect, it } from "vitest";
import { promptSections } from "./prompt-sections.js";

it("a prompt falls into its fences, the wording between them, the conversation, and what was said", () => {
  const sections = promptSections([
    {
      role: "system",
      content: `You are Anna.\n\n<facts>\nName: Anna\n</facts>\n\nSpeak plainly.\n\nReply with one JSON value that fits this JSON Schema, and nothing else:\n{}`,
    },
    { role: "human", content: "Hello" },
    { role: "ai", name: "anna", content: "Good day" },
    { role: "human", content: "How are you?" },
  ]);
  expect(sections).toEqual([
    { name: "instructions", text: "You are Anna." },
    { name: "facts", text: "Name: Anna" },
    { name: "instructions", text: "Speak plainly." },
    {
      name: "answer-format",
      text: "Reply with one JSON value that fits this JSON Schema, and nothing else:\n{}",
    },
    { name: "conversation", text: "Said: Hello\nanna: Good day" },
    { name: "just-said", text: "How are you?" },
  ]);
});

it("a fence that does not close is text like any other", () => {
  expect(promptSections([{ role: "system", content: "<facts>\nName" }])).toEqual([
    { name: "instructions", text: "<facts>\nName" },
  ]);
});
