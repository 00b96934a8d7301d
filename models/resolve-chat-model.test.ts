import { HumanMessage } from "@langchain/core/messages";
import { describe, expect, it } from "vitest";
import { FaultyModelServer } from "../dev/doubles/models/faulty-model-server.js";
import { ModelClient, modelName } from "./model-client.js";
import { resolveChatModel } from "./resolve-chat-model.js";

const local = { OPENAI_BASE_URL: "http://127.0.0.1:9/v1" };

describe("a model by name", () => {
  it("is split at its first colon only", async () => {
    const model = await resolveChatModel("openai:org/model:7b-q4", { env: local });
    expect(modelName(model)).toBe("openai:org/model:7b-q4");
    expect((model as ModelClient).inner).toMatchObject({ model: "org/model:7b-q4" });
  });

  it("reaches any OpenAI-compatible server without a key, with its settings", async () => {
    const server = await FaultyModelServer.start({});
    try {
      const env = { OPENAI_BASE_URL: server.baseURL };
      const model = await resolveChatModel("openai:stub", { env, temperature: 0.1, maxTokens: 50 });
      expect((await model.invoke([new HumanMessage("hi")])).text).toBe("Good.");
      expect(server.requests[0]?.body).toMatchObject({ model: "stub", temperature: 0.1, max_tokens: 50 });
    } finally {
      await server.close();
    }
  });

  it("sends schemas to every server of OpenAI's protocol, unless it is told not to", async () => {
    const official = (await resolveChatModel("openai:gpt-4.1-mini", {
      env: { OPENAI_API_KEY: "k" },
    })) as ModelClient;
    const own = (await resolveChatModel("openai:m", { env: local })) as ModelClient;
    const told = (await resolveChatModel("openai:m", {
      env: local,
      enforcesJsonSchema: false,
    })) as ModelClient;
    expect([official, own, told].map((model) => model.enforcesJsonSchema)).toEqual([true, true, false]);
  });

  it("may be the offline model, which needs nothing", async () => {
    const model = await resolveChatModel("offline", { env: {} });
    expect(model).toBeInstanceOf(ModelClient);
    expect(modelName(model)).toBe("offline");
    expect((await model.invoke([new HumanMessage("Hello")])).text).toMatch(/Hello/);
  });

  it("without a key says which variable to set", async () => {
    await expect(resolveChatModel("openai:gpt-4.1-mini", { env: {} })).rejects.toMatchObject({
      code: "missing_key",
      message: expect.stringContaining("OPENAI_API_KEY"),
    });
  });

  it("of a provider that is not installed says what to install", async () => {
    await expect(
      resolveChatModel("anthropic:claude", { env: { ANTHROPIC_API_KEY: "k" } }),
    ).rejects.toMatchObject({
      code: "missing_package",
      message: expect.stringContaining("npm install @langchain/anthropic"),
    });
    await expect(resolveChatModel("llamacpp:/models/a:b.gguf", { env: {} })).rejects.toMatchObject({
      code: "missing_package",
      message: expect.stringContaining("node-llama-cpp"),
    });
  });

  it("that nobody knows suggests the nearest", async () => {
    await expect(resolveChatModel("opnai:gpt", { env: {} })).rejects.toMatchObject({
      code: "unknown_model",
      message: expect.stringContaining('Did you mean "openai:MODEL"?'),
    });
    await expect(resolveChatModel("openai", { env: {} })).rejects.toMatchObject({ code: "unknown_model" });
    await expect(resolveChatModel("offlin", { env: {} })).rejects.toMatchObject({
      message: expect.stringContaining('"offline"?'),
    });
  });

  it("with a base URL that is none says so", async () => {
    await expect(
      resolveChatModel("openai:m", { env: { OPENAI_BASE_URL: "localhost" } }),
    ).rejects.toMatchObject({ code: "invalid_option" });
  });
});
