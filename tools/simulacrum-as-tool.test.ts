import { ToolMessage } from "@langchain/core/messages";
import { fakeModel } from "@langchain/core/testing";
import { createAgent } from "langchain";
import { describe, expect, it } from "vitest";
import { exampleCharacter } from "../dev/doubles/data/example-character.js";
import { type Speaking, simulacrumAsTool } from "./simulacrum-as-tool.js";

const character = exampleCharacter();

/** A person who says what they were asked, and notes how. */
function listener() {
  const asked: { message: string; options: Parameters<Speaking<{ answer: string }>["ask"]>[1] }[] = [];
  const person: Speaking<{ answer: string; mind: string }> = {
    character,
    disclosure: "An AI plays the part.",
    ask: async (message, options) => {
      asked.push({ message, options });
      return { answer: `You said: ${message}`, mind: "curious" };
    },
  };
  return { person, asked };
}

describe("a simulacrum as a tool", () => {
  it("introduces the character, and says that an AI plays the part", () => {
    const tool = simulacrumAsTool(listener().person);
    expect(tool.name).toBe("talk_to_ada-quill");
    expect(tool.description).toMatch(/^Talk to Ada Quill \(51, lighthouse painter\)\./u);
    expect(tool.description).toContain("An AI plays the part.");
  });

  it("answers, with the whole turn as artifact", async () => {
    const tool = simulacrumAsTool(listener().person);
    const message: unknown = await tool.invoke({
      name: tool.name,
      args: { message: "Hello" },
      id: "c",
      type: "tool_call",
    });
    expect(message).toBeInstanceOf(ToolMessage);
    expect(message).toMatchObject({
      content: "You said: Hello",
      artifact: { answer: "You said: Hello", mind: "curious" },
    });
  });

  it.each([
    ["the caller's conversation", undefined, "host", "host"],
    ["none where the caller has none", undefined, undefined, undefined],
    ["the one it was made for", "own", "host", "own"],
    ["none where it was made without", null, "host", undefined],
  ] as const)("belongs to %s", async (_name, thread, caller, expected) => {
    const { person, asked } = listener();
    const ben = { id: "ben", name: "Ben" };
    const tool = simulacrumAsTool(person, { interlocutor: ben, ...(thread !== undefined && { thread }) });
    const signal = new AbortController().signal;
    await tool.invoke({ message: "Hi" }, { signal, ...(caller && { configurable: { thread_id: caller } }) });
    expect(asked[0]?.options?.thread).toBe(expected);
    expect(asked[0]?.options?.interlocutor).toEqual(ben);
    expect(asked[0]?.options?.signal).toBeInstanceOf(AbortSignal);
  });

  it("is taken by createAgent, and its type is", async () => {
    const { person } = listener();
    const model = fakeModel()
      .respondWithTools([{ name: "talk_to_ada-quill", args: { message: "Hello Ada" }, id: "1" }])
      .respond((messages) => messages.at(-1) ?? new Error("nothing came back"));
    const agent = createAgent({ model, tools: [simulacrumAsTool(person)] });
    const { messages } = await agent.invoke({ messages: [{ role: "user", content: "Ask Ada." }] });
    expect(messages.find(ToolMessage.isInstance)?.content).toBe("You said: Hello Ada");
  });

  it("refuses an empty message before anybody is asked", async () => {
    const { person, asked } = listener();
    await expect(simulacrumAsTool(person).invoke({ message: "  " })).rejects.toThrow();
    expect(asked).toEqual([]);
  });
});
