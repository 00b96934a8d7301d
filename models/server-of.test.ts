import { expect, it } from "vitest";
import { NamedEmbeddings } from "./named-embeddings.js";
import { resolveChatModel } from "./resolve-chat-model.js";
import { serverOf } from "./server-of.js";

const env = { OPENAI_BASE_URL: "http://anna:secret@127.0.0.1:8000/v1?key=hidden", OPENAI_API_KEY: "sk-none" };

it("a server is its host and port: never the user, the key or the query of its address", async () => {
  expect(serverOf(await resolveChatModel("openai:some", { env }))).toBe("127.0.0.1:8000");
  const { OpenAIEmbeddings } = await import("@langchain/openai");
  const embeddings = new OpenAIEmbeddings({
    apiKey: "none",
    configuration: { baseURL: env.OPENAI_BASE_URL },
  });
  expect(serverOf(new NamedEmbeddings("openai:some", embeddings))).toBe("127.0.0.1:8000");
  expect(serverOf(await resolveChatModel("offline"))).toBeNull();
  expect(serverOf(await resolveChatModel("openai:some", { env: { OPENAI_API_KEY: "sk-none" } }))).toBeNull();
});
