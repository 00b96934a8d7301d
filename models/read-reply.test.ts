import { AIMessageChunk } from "@langchain/core/messages";
import { ChatGenerationChunk } from "@langchain/core/outputs";
import { expect, it } from "vitest";
import { reportedUsage } from "./message-copy.js";
import { joinChunks } from "./read-reply.js";

const chunk = (
  fields: ConstructorParameters<typeof AIMessageChunk>[0],
  generationInfo?: Record<string, unknown>,
) => {
  const message = new AIMessageChunk(fields);
  return new ChatGenerationChunk({ text: message.text, message, ...(generationInfo && { generationInfo }) });
};

it("joins text, tool calls, usage and metadata in order", () => {
  const usage = chunk("");
  Object.assign(usage.message, { usage_metadata: { input_tokens: 1, output_tokens: 2, total_tokens: 3 } });
  const whole = joinChunks([
    chunk({ content: "a ", id: "one" }),
    chunk("b"),
    chunk({
      content: "",
      tool_call_chunks: [{ name: "f", args: '{"x"', id: "t", index: 0, type: "tool_call_chunk" }],
    }),
    chunk({ content: "", tool_call_chunks: [{ args: ":1}", index: 0, type: "tool_call_chunk" }] }),
    chunk(" c", { finish_reason: "stop" }),
    usage,
  ]);
  expect(whole.text).toBe("a b c");
  expect(whole.message).toMatchObject({ id: "one", tool_calls: [{ name: "f", args: { x: 1 } }] });
  expect(reportedUsage(whole.message)?.total_tokens).toBe(3);
  expect(whole.generationInfo).toMatchObject({ finish_reason: "stop" });
});

it("gives an empty chunk for none", () => {
  expect(joinChunks([]).text).toBe("");
});
