import { AIMessage, HumanMessage } from "@langchain/core/messages";
import { expect, it } from "vitest";
import { UsageMeter, usageOf } from "./usage.js";

it("a meter adds up by role, counts re-asks apart, and its snapshots stay as they were", () => {
  const meter = new UsageMeter();
  meter.record("top", { inputTokens: 10, outputTokens: 2 });
  const before = meter.snapshot();
  meter.record("emotion", { inputTokens: 5, outputTokens: 1 });
  meter.record("emotion", { inputTokens: 6, outputTokens: 1, reask: true });
  expect(before).toMatchObject({ calls: 1, inputTokens: 10 });
  expect(meter.snapshot()).toEqual({
    calls: 2,
    reasks: 1,
    inputTokens: 21,
    outputTokens: 4,
    byRole: {
      top: { calls: 1, reasks: 0, inputTokens: 10, outputTokens: 2 },
      emotion: { calls: 1, reasks: 1, inputTokens: 11, outputTokens: 2 },
    },
  });
  meter.reset();
  expect(meter.snapshot()).toEqual({ calls: 0, reasks: 0, inputTokens: 0, outputTokens: 0, byRole: {} });
});

it("usage is what the server reported, else counted", () => {
  const usage_metadata = { input_tokens: 3, output_tokens: 4, total_tokens: 7 };
  const prompt = [new HumanMessage("hello")];
  expect(usageOf(prompt, Object.assign(new AIMessage("x"), { usage_metadata }))).toEqual({
    inputTokens: 3,
    outputTokens: 4,
    estimated: false,
  });
  expect(usageOf(prompt, new AIMessage("hello"))).toEqual({
    inputTokens: 8,
    outputTokens: 1,
    estimated: true,
  });
});
