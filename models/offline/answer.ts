import type { BaseMessage } from "@langchain/core/messages";
import { z } from "zod";
import { findJson } from "../find-json.js";
import { messageText } from "../message-text.js";
import { chosenLetters } from "./choose.js";
import { fillSchema, type JsonSchema } from "./fill-schema.js";
import { readPrompt } from "./read-prompt.js";
import { talk } from "./talk.js";
import { sentencesOf } from "./words.js";

const schemaShape = z.custom<JsonSchema>((value) => typeof value === "object" && value !== null);
const toolShape = z.object({ function: z.object({ name: z.string(), parameters: schemaShape.optional() }) });
const optionsShape = z.object({
  response_format: z
    .object({ json_schema: z.object({ schema: schemaShape }) })
    .optional()
    .catch(undefined),
  tools: z.array(toolShape).default([]).catch([]),
  tool_choice: z.unknown().optional(),
});

/** A reply: text, or the one tool call that was forced. */
export interface OfflineReply {
  text: string;
  toolCall?: { name: string; args: Record<string, unknown> };
}

/**
 * The offline model's reply to a conversation: a forced tool call, JSON, letters, or plain sentences.
 * @param act what the agent that asks is about ("content", "summary"), where it says so
 */
export function answerTo(messages: readonly BaseMessage[], callOptions: object, act?: string): OfflineReply {
  const { response_format, tools, tool_choice: choice } = optionsShape.parse(callOptions);
  const prompt = readPrompt(messages);
  if (choice !== undefined && choice !== "none" && choice !== "auto") {
    const named =
      tools.find(({ function: { name } }) => JSON.stringify(choice).includes(`"${name}"`)) ?? tools[0];
    const schema = named?.function.parameters ?? { type: "object" };
    if (named)
      return {
        text: "",
        toolCall: { name: named.function.name, args: fillSchema(schema, prompt) as Record<string, unknown> },
      };
  }
  const schema = response_format?.json_schema.schema ?? schemaIn(messages);
  if (schema) return { text: JSON.stringify(fillSchema(schema, prompt)) };
  // A memory keeps all that was written, so that it can be recalled by every word of it.
  if (act === "content") return { text: prompt.section("passage") ?? prompt.question };
  if (act === "summary") return { text: beginningOf(prompt.section("memory") ?? prompt.question) };
  return { text: chosenLetters(prompt)?.join(", ") ?? talk(prompt) };
}

/** The schema that a structured call puts behind a system message. */
function schemaIn(messages: readonly BaseMessage[]): JsonSchema | undefined {
  const asked = messages.map(messageText).find((text) => text.includes("JSON Schema"));
  if (asked === undefined) return undefined;
  return findJson(asked.slice(asked.indexOf("JSON Schema"))) as JsonSchema | undefined;
}

/** The first sentence, and the next ones while they are short together. */
function beginningOf(text: string): string {
  const [first = text, ...rest] = sentencesOf(text);
  let beginning = first;
  for (const sentence of rest) {
    if (beginning.length + sentence.length > 120) break;
    beginning += ` ${sentence}`;
  }
  return beginning.slice(0, 240);
}
