import { expect, it } from "vitest";
import { anna, callsOf, type Script, scriptedAgents } from "../../dev/doubles/graphs/scripted-agents.js";
import { BruteForceStore } from "../../memory/backends/in-memory/brute-force-store.js";
import { LIFE } from "../../memory/index.js";
import { memoryRecordSchema } from "../../memory/record.js";
import { constructMemories } from "./construct-memories.js";

const story =
  "Anna Rask sold eels in Malmö for nineteen years, and her sister Britt kept the books.\n\nIn 1998 the shop burned, and only the brass scales were left.";

/** The one memory that is built with these replies, and how often each part was asked for. */
async function built(script: Script) {
  const model = scriptedAgents(script);
  const store = new BruteForceStore();
  const character = { ...anna, name: "Anna Rask", story };
  const report = await constructMemories({ character, model, store });
  expect(report).toMatchObject({ made: 1, failed: [] });
  const [item] = await store.search([...LIFE]);
  const asked = (part: Parameters<typeof callsOf>[1]) => callsOf(model, part).length;
  return { memory: memoryRecordSchema.parse(item?.value), asked, model };
}

it("keeps the original words for a refusal, once it was asked again", async () => {
  const { memory, asked, model } = await built({ content: () => "I'm sorry, but I can't help with that." });
  expect(memory.content.replaceAll(/\s+/gu, " ")).toBe(story.replaceAll(/\s+/gu, " "));
  expect(asked("content")).toBe(2);
  expect(JSON.stringify(callsOf(model, "content")[1])).toContain("could not be used");
});

it("says what was left out, and takes the second try that has it", async () => {
  const whole =
    "I sold eels in Malmö for nineteen years, and my sister Britt kept the books. In 1998 the shop burned, and only the brass scales were left.";
  const { memory, asked } = await built({
    content: ({ prompt }) =>
      prompt.includes("it leaves out Malmö, Britt, 19")
        ? whole
        : "I sold eels for years. In 1998 the shop burned.",
  });
  expect(memory.content).toBe(whole);
  expect(asked("content")).toBe(2);
});

it("asks nobody again who tells another story", async () => {
  const { memory, asked } = await built({ content: () => "I drove a taxi through the snow and was happy." });
  expect(memory.content).toContain("brass scales");
  expect(asked("content")).toBe(1);
});

it.each<[string, Script]>([
  ["broken", { "feeling-of-memory": () => "no json", reasoning: () => "none either" }],
  ["empty", { "feeling-of-memory": () => "", reasoning: () => "" }],
  [
    "junk",
    {
      "feeling-of-memory": () =>
        '{"text":"The passage evokes a sense of loss.","valence":-0.5,"arousal":0.4}',
      reasoning: () => '{"thinking":"As an AI, I have no opinion on eels.","importance":0.9}',
    },
  ],
])(
  "does without a feeling and a thought that are %s, and never without the content",
  async (_name, script) => {
    const { memory } = await built(script);
    expect(memory.content).toContain("brass scales");
    for (const part of ["emotion", "thinking", "importance", "valence", "arousal"])
      expect(memory).not.toHaveProperty(part);
  },
);

it("lists a memory by how it begins where no summary can be used", async () => {
  const { memory } = await built({ summary: () => "The summary highlights the resilience of the author." });
  expect(memory.summary).toBe(
    "Anna Rask sold eels in Malmö for nineteen years, and her sister Britt kept the books.",
  );
});
