import type { CallbackHandlerMethods } from "@langchain/core/callbacks/base";
import { AIMessage, HumanMessage } from "@langchain/core/messages";
import { ChatOpenAI } from "@langchain/openai";
import { describe, expect, it } from "vitest";
import { FaultyModelServer } from "../dev/doubles/models/faulty-model-server.js";
import { callText } from "./call-text.js";
import { ScriptedChatModel } from "./scripted-chat-model.js";
import { countMessageTokens, countTokens } from "./token-count.js";
import { UsageMeter } from "./usage.js";

const messages = [new HumanMessage("Where do you live?")];

describe("a call for text", () => {
  it("gives the text without reasoning and blank ends, and counts tokens where none are reported", async () => {
    const meter = new UsageMeter();
    const model = new ScriptedChatModel(["<think>hm</think>\n\n By the sea. \n"]);
    const { text, message, usage } = await callText({ model, messages, role: "top", meter });
    expect(text).toBe("By the sea.");
    expect(message.text).toBe("By the sea.");
    expect(usage).toEqual({
      inputTokens: countMessageTokens(messages),
      outputTokens: countTokens("By the sea."),
      estimated: true,
    });
    expect(meter.snapshot().byRole.top?.inputTokens).toBe(usage.inputTokens);
  });

  it("asks again when the reply is empty, and counts that apart", async () => {
    const meter = new UsageMeter();
    const model = new ScriptedChatModel([" \n", "Here."]);
    expect((await callText({ model, messages, role: "top", meter })).text).toBe("Here.");
    expect(meter.snapshot()).toMatchObject({ calls: 1, reasks: 1 });
  });

  it("fails when it stays empty", async () => {
    const model = new ScriptedChatModel(["", "<think>only this</think>"]);
    await expect(callText({ model, messages, role: "top" })).rejects.toMatchObject({
      code: "model_empty",
      details: { tries: 2 },
    });
    await expect(
      callText({ model: new ScriptedChatModel([""]), messages, role: "top", emptyRetries: 0 }),
    ).rejects.toMatchObject({ details: { tries: 1 } });
  });

  it("asks again when the reply ends in circles, but not when it came out of them or was asked for them", async () => {
    const stuck = "I mend the nets on the quay. ".repeat(5);
    const ask = (asked: string, ...replies: string[]) =>
      callText({
        model: new ScriptedChatModel(replies),
        messages: [new HumanMessage(asked)],
        role: "top",
      }).then(({ text }) => text);
    expect(await ask("What do you do?", stuck, "I mend nets.")).toBe("I mend nets.");
    expect(await ask("What do you do?", `${stuck}Until it rains.`)).toBe(`${stuck}Until it rains.`);
    expect(await ask("Write six times what you do.", stuck)).toBe(stuck.trim());
  });

  it("names the run by its role and silences it on request", async () => {
    const seen: unknown[] = [];
    const handleChatModelStart: CallbackHandlerMethods["handleChatModelStart"] = (
      _llm,
      _messages,
      _id,
      _parent,
      _extra,
      tags,
      metadata,
      name,
    ) => void seen.push({ tags, role: metadata?.role, name });
    const config = { callbacks: [{ handleChatModelStart }], tags: ["mine"] };
    const model = new ScriptedChatModel(["a", "b"]);
    await callText({ model, messages, role: "thinking", config, silent: true });
    await callText({ model, messages, role: "top", config });
    expect(seen).toEqual([
      {
        tags: ["mine", "role:thinking", "langsmith:nostream", "nostream"],
        role: "thinking",
        name: "thinking",
      },
      { tags: ["mine", "role:top"], role: "top", name: "top" },
    ]);
  });

  it("tells the model which agent asks and what for, and itself why the reply ended", async () => {
    const cut = new AIMessage({ content: "By the s", response_metadata: { stop_reason: "max_tokens" } });
    const model = new ScriptedChatModel((_messages, { agent, act }) =>
      agent === "top" ? cut : `${agent}/${act}`,
    );
    expect(await callText({ model, messages, role: "thinking", act: "think" })).toMatchObject({
      text: "thinking/think",
      endReason: "unknown",
    });
    expect((await callText({ model, messages, role: "top" })).endReason).toBe("length");
    const release = async (text: string) => `${text}ea`;
    expect(await callText({ model, messages, role: "top", release })).toMatchObject({
      text: "By the sea",
      endReason: "length",
    });
    expect(model.calls.map(({ agent, act }) => [agent, act])).toEqual([
      ["thinking", "think"],
      ["top", undefined],
      ["top", undefined],
    ]);
  });

  it("knows the end reason of a server's reply, whole or as a stream", async () => {
    const server = await FaultyModelServer.start({ reply: ["By ", "the ", "s"], finish: "length" });
    try {
      const configuration = { baseURL: server.baseURL };
      const model = new ChatOpenAI({ model: "stub", apiKey: "x", configuration });
      const heard: string[] = [];
      const listening = {
        callbacks: [
          { handleLLMNewToken: (token: string) => void heard.push(token), lc_prefer_streaming: true },
        ],
      };
      for (const config of [{}, listening])
        expect(await callText({ model, messages, role: "top", config })).toMatchObject({
          text: "By the s",
          endReason: "length",
        });
      expect(heard.join("")).toBe("By the s");
    } finally {
      await server.close();
    }
  });
});
