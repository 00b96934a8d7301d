import { expect, it } from "vitest";
import { promptSections } from "./prompt-sections.js";
import { countTokens } from "./token-count.js";

const read = (...args: Parameters<typeof promptSections>) =>
  promptSections(...args).map(({ name, text }) => ({ name, text }));

it("a prompt falls into its fences, the wording between them, the conversation, and what was said", () => {
  const prompt = [
    {
      role: "system",
      content: `You are Anna.\n\n<facts>\nName: Anna\n</facts>\n\nSpeak plainly.\n\nReply with one JSON value that fits this JSON Schema, and nothing else:\n{}`,
    },
    { role: "human", content: "Hello" },
    { role: "ai", name: "anna", content: "Good day" },
    { role: "human", content: "How are you?" },
  ];
  expect(read(prompt)).toEqual([
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
  expect(promptSections(prompt)[1]?.tokens).toBe(countTokens("Name: Anna"));
});

it("a fence that does not close is text like any other", () => {
  expect(read([{ role: "system", content: "<facts>\nName" }])).toEqual([
    { name: "instructions", text: "<facts>\nName" },
  ]);
});

it("a prompt of one message is wording around its parts", () => {
  expect(read([{ role: "human", content: "Sum it up.\n\n<passage>\nLong ago.\n</passage>" }])).toEqual([
    { name: "instructions", text: "Sum it up." },
    { name: "passage", text: "Long ago." },
  ]);
  expect(read([{ role: "human", content: "Sum it up." }])).toEqual([
    { name: "instructions", text: "Sum it up." },
  ]);
});
