import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { AIMessage, type BaseMessage, HumanMessage, SystemMessage } from "@langchain/core/messages";
import { z } from "zod";
import { agentOf, type Script, type ScriptedAgent, scriptedAgents } from "../graphs/scripted-agents.js";

/** A prompt that the server was shown, and whose it was. */
export interface SeenPrompt {
  agent: ScriptedAgent;
  prompt: string;
}

/** A model server on loopback that plays every agent by script and keeps what it was shown. */
export interface AgentsServer {
  baseURL: string;
  prompts: SeenPrompt[];
  /** Wait before the voice's answer, in milliseconds; may be changed at any time. */
  voiceLatencyMs: number;
  close(): Promise<void>;
}

const requestSchema = z.object({
  stream: z.boolean().default(false),
  messages: z.array(z.object({ role: z.string(), content: z.string() })),
});

/** Starts it; `script` says what the interesting agents reply. */
export async function startAgentsServer(script: Script = {}): Promise<AgentsServer> {
  const model = scriptedAgents(script);
  const http = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const server: AgentsServer = {
    baseURL: `http://127.0.0.1:${(http.address() as AddressInfo).port}/v1`,
    prompts: [],
    voiceLatencyMs: 0,
    async close() {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
  return server;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const { stream, messages } = requestSchema.parse(JSON.parse(Buffer.concat(parts).toString() || "{}"));
    const prompt = messages.map(({ content }) => content).join("\n");
    const agent = agentOf(prompt);
    server.prompts.push({ agent, prompt });
    if (agent === "respond") await sleep(server.voiceLatencyMs);
    const { text } = await model.invoke(messages.map(messageOf));
    const base = { id: `chatcmpl-${randomUUID()}`, created: 1, model: "scripted" };
    const usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 };
    if (!stream) {
      const choices = [{ index: 0, message: { role: "assistant", content: text }, finish_reason: "stop" }];
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify({ ...base, object: "chat.completion", choices, usage }));
      return;
    }
    response.writeHead(200, { "content-type": "text/event-stream" });
    const send = (part: object) =>
      response.write(`data: ${JSON.stringify({ ...base, object: "chat.completion.chunk", ...part })}\n\n`);
    for (const content of text.match(/\S+\s*/gu) ?? [])
      send({ choices: [{ index: 0, delta: { role: "assistant", content }, finish_reason: null }] });
    send({ choices: [{ index: 0, delta: {}, finish_reason: "stop" }], usage });
    response.end("data: [DONE]\n\n");
  }
}

function messageOf({ role, content }: { role: string; content: string }): BaseMessage {
  if (role === "assistant") return new AIMessage(content);
  return role === "user" ? new HumanMessage(content) : new SystemMessage(content);
}
