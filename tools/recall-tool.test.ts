import { ToolMessage } from "@langchain/core/messages";
import { describe, expect, it } from "vitest";
import { ada, memoryWithConfidences } from "../dev/doubles/tools/memory-with-confidences.js";
import { recallTool } from "./recall-tool.js";

const memory = await memoryWithConfidences();
const character = ada;

async function call(query: string, owner?: string): Promise<ToolMessage> {
  const tool = recallTool({ memory, character }, owner === undefined ? {} : { owner });
  const message: unknown = await tool.invoke({
    name: tool.name,
    args: { query },
    id: "call-1",
    type: "tool_call",
  });
  if (!(message instanceof ToolMessage)) throw new Error("no tool message");
  return message;
}

describe("the recall tool", () => {
  it("tells the model in words, and programs in data", async () => {
    const message = await call("Who kept the lamp of the lighthouse?");
    expect(message.content).toContain("1. My father kept the lamp");
    expect(message.content).toContain("(felt: I was proud of him.)");
    expect(message.artifact.memories[0]).toMatchObject({
      id: "life/001",
      parts: { support: expect.any(Number), lexical: expect.any(Number) },
      source: { kind: "import", key: "001" },
    });
    expect(message.artifact.nothingRelevant).toBe(false);
  });

  it("says so where nothing relevant is remembered", async () => {
    const message = await call("Which orchestra played at the wedding in Vienna?");
    expect(message.content).toBe("Nothing relevant is remembered by Ada Quill.");
    expect(message.artifact.nothingRelevant).toBe(true);
  });

  it("tells what was confided to its owner only", async () => {
    const question = "Where is the brass compass buried?";
    expect((await call(question, "ben")).content).toMatch(/pear tree.*from a talk, turns 1-1, 2026-05-01/u);
    for (const owner of [undefined, "carla"]) {
      const message = await call(question, owner);
      expect(JSON.stringify([message.content, message.artifact])).not.toContain("pear tree");
    }
  });

  it("has a name that every provider takes, and refuses an empty query", async () => {
    const tool = recallTool({ memory, character: { id: `${"x.".repeat(60)}`, name: "X" } });
    expect(tool.name).toMatch(/^[A-Za-z0-9_-]{1,64}$/u);
    await expect(tool.invoke({ query: " " })).rejects.toThrow();
  });
});
