import { AIMessage, type BaseMessage, HumanMessage } from "@langchain/core/messages";
import type { z } from "zod";
import { SimulacraError } from "../data/errors.js";
import { askOnce, type ModelCall } from "./call-text.js";
import type { EndReason } from "./end-reason.js";
import { fitsStrictMode, forGrammar, type JsonSchema, jsonSchemaOf } from "./json-schema.js";
import { messageText } from "./message-text.js";
import { clientOf, modelName } from "./model-client.js";
import { readStructured } from "./read-structured.js";

/** A call whose reply must fit a schema. */
export interface StructuredCall<T> extends ModelCall {
  /** What is asked for. */
  schema: z.ZodType;
  /** What is taken where a reply has less: its content is not lost for a number that cannot be read. @default `schema` */
  accepts?: z.ZodType<T>;
  /** Name of the schema ("reflection"), letters, digits and underscores. */
  name: string;
  /** Whether a reply that does not fit is asked for once more. @default true */
  mayReask?: boolean;
}

/** What a structured call gave; `reasks` is 0 or 1, `raw` the text of the reply that was accepted. */
export interface StructuredReply<T> {
  value: T;
  reasks: number;
  raw: string;
  message: AIMessage;
  endReason: EndReason;
}

/** The schema in words, behind the last message: what stands before it is what other calls begin with. */
function withSchema(messages: BaseMessage[], schema: JsonSchema): BaseMessage[] {
  const instruction = `Reply with one JSON value that fits this JSON Schema, and nothing else:\n${JSON.stringify(schema)}`;
  const last = messages.at(-1);
  return last?.getType() === "human"
    ? [...messages.slice(0, -1), new HumanMessage(`${messageText(last)}\n\n${instruction}`)]
    : [...messages, new HumanMessage(instruction)];
}

/**
 * Calls a model for a value that fits a schema: `response_format` where the server takes it, else the schema behind the
 * last message; then the JSON is found and repaired, what is meant is read (`coerceToSchema`), checked with zod, and
 * asked for once more with the error shown.
 * @throws SimulacraError model_refused (details.raw holds the beginning of the last reply), model_empty, and those of `callText`
 */
export async function callStructured<T>(
  call: StructuredCall<T> & { accepts: z.ZodType<T> },
): Promise<StructuredReply<T>>;
export async function callStructured<T>(
  call: StructuredCall<T> & { schema: z.ZodType<T> },
): Promise<StructuredReply<T>>;
export async function callStructured<T>(call: StructuredCall<T>): Promise<StructuredReply<T>> {
  const { schema, accepts = schema as z.ZodType<T>, name, mayReask = true, ...asked } = call;
  const client = clientOf(call.model);
  const form = jsonSchemaOf(schema);
  const told = withSchema(call.messages, form);
  const json_schema = { name, schema: forGrammar(form), strict: fitsStrictMode(form) };
  const callOptions = client.enforcesJsonSchema
    ? { response_format: { type: "json_schema", json_schema } }
    : {};
  let messages = client.enforcesJsonSchema && !client.ignoresJsonSchema ? call.messages : told;
  let raw = "";
  let problem = "";
  const tries = mayReask ? 2 : 1;
  for (let reasks = 0; reasks < tries; reasks++) {
    const { text, message, endReason } = await askOnce(
      { ...asked, messages },
      { reask: reasks > 0, callOptions },
    );
    raw = text;
    const calls = message.tool_calls?.map(({ args }) => args);
    const result = readStructured(raw, { schema, accepts }, calls);
    if ("value" in result) return { value: result.value, reasks, raw, message, endReason };
    problem = result.problem;
    if (endReason !== "length" && raw !== "") client.noteUnfit();
    const request = `That reply could not be used: ${problem}\nReply again with the JSON value only.`;
    messages = [...told, ...(raw === "" ? [] : [new AIMessage(raw)]), new HumanMessage(request)];
  }
  const model = modelName(call.model);
  throw new SimulacraError(
    raw === "" ? "model_empty" : "model_refused",
    `Model "${model}" did not give the ${name} asked for${mayReask ? ", twice" : ""}: ${problem.slice(0, 300)}. Try a stronger model.`,
    "model",
    { model, role: call.role, schema: name, raw: raw.slice(0, 300) },
  );
}
