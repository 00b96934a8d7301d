import { createHash } from "node:crypto";
import { agentOf } from "../graphs/scripted-agents.js";
import type { SeenRequest } from "../models/faulty-model-server.js";

// Test double: what a model server says that answers by the prompt alone, whatever came between.

/** All of a request's prompt. */
export const promptOf = ({ body: { messages } }: SeenRequest): string =>
  messages.map(({ content }) => content).join("\n");

/** A reply that only the prompt decides, in the form that each agent asks for. */
export function replyByHash(request: SeenRequest): string {
  const prompt = promptOf(request);
  const number = createHash("sha256").update(prompt).digest().readUInt16BE(0) % 10;
  switch (agentOf(prompt)) {
    case "reflect":
      return JSON.stringify({ keyElements: [`sum ${number}`], asksForMemory: true, queries: ["work"] });
    case "feel":
      return JSON.stringify({ text: `Calm ${number}.`, valence: number / 10, arousal: number / 10 });
    case "think":
      return `I think of ${number}.`;
    default:
      return `I would say ${number}.`;
  }
}
