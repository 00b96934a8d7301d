import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { HumanMessage } from "@langchain/core/messages";
import { ChatOpenAI } from "@langchain/openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { callStructured } from "./call-structured.js";
import { callText } from "./call-text.js";
import { longestReply } from "./longest-reply.js";

let server: Server;
let sent = 0;
let closed = 0;

/** Sends words for ever, whatever it was asked, each another one. */
beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume();
    response.writeHead(200, { "content-type": "text/event-stream" });
    const timer = setInterval(() => {
      for (let n = 0; n < 20; n++) {
        const content = `gull${sent++} `;
        const choices = [{ index: 0, delta: { content }, finish_reason: null }];
        response.write(`data: ${JSON.stringify({ id: "1", choices })}\n\n`);
      }
    }, 1);
    response.on("close", () => {
      clearInterval(timer);
      closed++;
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const modelOf = (maxTokens?: number) =>
  new ChatOpenAI({
    model: "endless",
    apiKey: "none",
    configuration: { baseURL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1` },
    ...(maxTokens && { maxTokens }),
  });
const messages = [new HumanMessage("What flies there?")];

describe("a server that never stops", () => {
  it("is left once a text is far longer than was asked for", async () => {
    const reply = await callText({ model: modelOf(), messages, role: "thinking", maxTokens: 50 });
    expect(reply.endReason).toBe("length");
    expect(reply.text.length).toBeLessThanOrEqual(longestReply(50));
    await expect.poll(() => closed).toBeGreaterThan(0);
  });

  it("may say as much as is set on its model", async () => {
    const { text } = await callText({ model: modelOf(400), messages, role: "thinking", maxTokens: 50 });
    expect(text.length).toBeGreaterThan(longestReply(50));
    expect(text.length).toBeLessThanOrEqual(longestReply(400));
  });

  it("is left by a call for a value too", async () => {
    const schema = z.object({ bird: z.string() });
    await expect(
      callStructured({ model: modelOf(), messages, role: "top", name: "bird", schema, maxTokens: 50 }),
    ).rejects.toMatchObject({ code: "model_refused" });
  });
}, 20_000);
