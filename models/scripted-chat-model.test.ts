import { AIMessage, HumanMessage } from "@langchain/core/messages";
import { expect, it } from "vitest";
import { ScriptedChatModel } from "./scripted-chat-model.js";

const hello = [new HumanMessage("Hello")];

it("plays its replies in order, records the calls, and throws when unscripted", async () => {
  const model = new ScriptedChatModel([
    "one",
    new AIMessage("two"),
    new Error("three"),
    (messages) => `heard ${messages[0]?.text}`,
  ]);
  expect((await model.invoke(hello)).text).toBe("one");
  expect((await model.invoke(hello)).text).toBe("two");
  await expect(model.invoke(hello)).rejects.toThrow("three");
  expect((await model.invoke(hello)).text).toBe("heard Hello");
  await expect(model.invoke(hello)).rejects.toThrow(/call 5 has no scripted reply.*Hello/);
  expect(model.calls).toHaveLength(5);
  expect((await model.script("six").invoke(hello)).text).toBe("six");
});

it("streams words with its gaps and counts what overlaps", async () => {
  const model = new ScriptedChatModel({ replies: () => "a b  c\n", latencyMs: 20, tokenGapMs: 10 });
  const start = performance.now();
  const chunks: string[] = [];
  for await (const chunk of await model.stream(hello)) chunks.push(chunk.text);
  expect(chunks.join("")).toBe("a b  c\n");
  expect(chunks).toHaveLength(3);
  expect(performance.now() - start).toBeGreaterThan(35);
  await Promise.all([model.invoke(hello), model.invoke(hello), model.invoke(hello)]);
  expect(model.peakConcurrency).toBe(3);
  expect(model.calls.every(({ start: from, end = 0 }) => end > from)).toBe(true);
});

it("ends at once when aborted, and calls tools", async () => {
  const slow = new ScriptedChatModel({ replies: () => "x", latencyMs: 10_000 });
  await expect(slow.invoke(hello, { signal: AbortSignal.timeout(20) })).rejects.toThrow();
  const tool_calls = [{ name: "recall", args: { query: "sea" }, id: "1" }];
  const caller = new ScriptedChatModel(() => new AIMessage({ content: "", tool_calls }));
  let streamed: { tool_calls?: { name: string; args: unknown }[] } = {};
  for await (const chunk of await caller.stream(hello)) streamed = chunk;
  expect(streamed.tool_calls).toMatchObject([{ name: "recall", args: { query: "sea" } }]);
});
