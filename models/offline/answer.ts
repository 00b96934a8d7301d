import type { BaseMessage } from "@langchain/core/messages";
import { z } from "zod";
import { messageText } from "../message-text.js";
import { chooseLetters, readChoice } from "./choice.js";
import { fillBlank, hasBlank } from "./cloze.js";
import { constructedPart } from "./construction.js";
import { fillSchema } from "./fill-schema.js";
import { findSchemaText, type JsonSchema } from "./find-schema.js";
import { readPrompt } from "./read-prompt.js";
import { talk } from "./talk.js";

const schemaShape = z.custom<JsonSchema>((value) => typeof value === "object" && value !== null);
const toolShape = z.object({ function: z.object({ name: z.string(), parameters: schemaShape.optional() }) });
const optionsShape = z.object({
  response_format: z
    .object({ json_schema: z.object({ schema: schemaShape }).optional() })
    .optional()
    .catch(undefined),
  tools: z.array(toolShape).optional().catch(undefined),
  tool_choice: z.unknown().optional(),
});

/** A reply: text, or the one tool call that was forced. */
export interface OfflineReply {
  text: string;
  toolCall?: { name: string; args: Record<string, unknown> };
}

function forcedTool(
  options: z.infer<typeof optionsShape>,
): z.infer<typeof toolShape>["function"] | undefined {
  const { tools = [], tool_choice: choice } = options;
  if (choice === undefined || choice === "none" || choice === "auto") return undefined;
  const named =
    typeof choice === "string"
      ? choice
      : z.object({ function: z.object({ name: z.string() }) }).safeParse(choice).data?.function.name;
  return (tools.find((tool) => tool.function.name === named) ?? tools[0])?.function;
}

/** The schema asked for in the last message that has one. */
function schemaInMessages(messages: readonly BaseMessage[]): JsonSchema | undefined {
  for (let at = messages.length - 1; at >= 0; at--) {
    const message = messages[at];
    if (!message || message.getType() === "ai") continue;
    const found = findSchemaText(messageText(message));
    if (found) return found.schema;
  }
  return undefined;
}

/** The offline model's reply to a conversation: a tool call, JSON, letters, the words of a gap, or plain sentences. */
export function answerTo(messages: readonly BaseMessage[], callOptions: object): OfflineReply {
  const options = optionsShape.parse(callOptions);
  const prompt = readPrompt(messages);
  const tool = forcedTool(options);
  if (tool) {
    const args = fillSchema(tool.parameters ?? { type: "object", properties: {} }, prompt);
    return { text: "", toolCall: { name: tool.name, args: Object(args) as Record<string, unknown> } };
  }
  const schema = options.response_format?.json_schema?.schema ?? schemaInMessages(messages);
  const part = constructedPart(messages, schema);
  if (part !== undefined) return { text: part };
  if (schema) return { text: JSON.stringify(fillSchema(schema, prompt)) };
  const choice = readChoice(prompt.question);
  if (choice) return { text: chooseLetters(choice, prompt).join(", ") };
  if (hasBlank(prompt.question)) return { text: fillBlank(prompt) };
  return { text: talk(prompt) };
}
