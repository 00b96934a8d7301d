import { type AIMessageChunk, HumanMessage } from "@langchain/core/messages";
import { END, MessagesValue, START, StateGraph, StateSchema } from "@langchain/langgraph";
import { ChatOpenAI } from "@langchain/openai";
import { expect, it } from "vitest";
import { z } from "zod";
import { FaultyModelServer } from "../dev/doubles/models/faulty-model-server.js";
import { callText } from "./call-text.js";
import type { clientOf } from "./model-client.js";
import { ScriptedChatModel } from "./scripted-chat-model.js";

const state = new StateSchema({ messages: MessagesValue, thought: z.string().default("") });

async function turn(model: Parameters<typeof clientOf>[0], silentModel = model) {
  const graph = new StateGraph(state)
    .addNode("think", async ({ messages }, config) => {
      const { text } = await callText({
        model: silentModel,
        messages,
        role: "thinking",
        config,
        silent: true,
      });
      return { thought: text };
    })
    .addNode("respond", async ({ messages }, config) => {
      const { message } = await callText({ model, messages, role: "top", config });
      return { messages: [message] };
    })
    .addEdge(START, "think")
    .addEdge("think", "respond")
    .addEdge("respond", END)
    .compile();
  const pieces: string[] = [];
  const nodes = new Set<string>();
  const updates: string[] = [];
  let answer = "";
  const input = { messages: [new HumanMessage("Who are you?")] };
  for await (const [mode, payload] of await graph.stream(input, { streamMode: ["messages", "updates"] })) {
    if (mode === "messages") {
      const [chunk, metadata] = payload as unknown as [AIMessageChunk, { langgraph_node: string }];
      if (chunk.text !== "") pieces.push(chunk.text);
      nodes.add(metadata.langgraph_node);
    } else {
      updates.push(...Object.keys(payload as object));
      const { respond } = payload as { respond?: { messages: { text: string }[] } };
      answer = respond?.messages[0]?.text ?? answer;
    }
  }
  return { pieces, nodes: [...nodes], updates, answer };
}

it("inside LangGraph the tokens of the audible node appear once, those of the silent one never", async () => {
  const model = new ScriptedChatModel(["a secret thought", "<think>hm</think>I am Ann from Hull."]);
  const { pieces, nodes, updates, answer } = await turn(model);
  expect(pieces.join("")).toBe("I am Ann from Hull.");
  expect(pieces.length).toBeGreaterThan(3);
  expect(nodes).toEqual(["respond"]);
  expect(updates).toEqual(["think", "respond"]);
  expect(answer).toBe("I am Ann from Hull.");
});

it("the same holds over HTTP, and for a model that cannot stream", async () => {
  const server = await FaultyModelServer.start({ reply: ["I ", "am ", "Ann."] });
  try {
    const fields = { model: "stub", apiKey: "x", configuration: { baseURL: server.baseURL } };
    const { pieces, nodes } = await turn(new ChatOpenAI(fields));
    expect(pieces).toEqual(["I ", "am ", "Ann."]);
    expect(nodes).toEqual(["respond"]);
    const whole = await turn(new ChatOpenAI({ ...fields, disableStreaming: true } as object));
    expect(whole.pieces).toEqual(["I am Ann."]);
  } finally {
    await server.close();
  }
});
