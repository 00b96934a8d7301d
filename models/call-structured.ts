import { AIMessage, type BaseMessage, HumanMessage } from "@langchain/core/messages";
import { z } from "zod";
import { SimulacraError } from "../data/errors.js";
import { askOnce, type ModelCall } from "./call-text.js";
import type { EndReason } from "./end-reason.js";
import { findJson } from "./find-json.js";
import { messageText } from "./message-text.js";
import { clientOf, modelName } from "./model-client.js";

/** A call whose reply must fit a schema. */
export interface StructuredCall<T> extends ModelCall {
  schema: z.ZodType<T>;
  /** Name of the schema ("reflection"), letters, digits and underscores. */
  name: string;
}

/** What a structured call gave; `reasks` is 0 or 1, `raw` the text of the reply that was accepted. */
export interface StructuredReply<T> {
  value: T;
  reasks: number;
  raw: string;
  message: AIMessage;
  endReason: EndReason;
}

type JsonSchema = Record<string, unknown>;

const known = new WeakMap<z.ZodType, JsonSchema>();

/** The JSON Schema of a zod schema, without what only costs tokens. Kept for each schema object. */
function compactSchema(schema: z.ZodType): JsonSchema {
  const kept = known.get(schema);
  if (kept) return kept;
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    io: "input",
    unrepresentable: "any",
  }) as JsonSchema;
  known.set(schema, rest);
  return rest;
}

/** OpenAI's strict mode wants every property required and no additional ones. */
function fitsStrictMode(schema: unknown): boolean {
  if (typeof schema !== "object" || schema === null) return true;
  const { type, properties, required } = schema as {
    type?: unknown;
    properties?: object;
    required?: string[];
  };
  const own = type !== "object" || Object.keys(properties ?? {}).every((key) => required?.includes(key));
  return own && Object.values(schema).every(fitsStrictMode);
}

function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== "object" || schema === null) return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  return inner.type === "object" && "properties" in inner ? { ...inner, additionalProperties: false } : inner;
}

/** The schema in words, behind the last message: what stands before it is what other calls begin with. */
function withSchema(messages: BaseMessage[], schema: JsonSchema): BaseMessage[] {
  const instruction = `Reply with one JSON value that fits this JSON Schema, and nothing else:\n${JSON.stringify(schema)}`;
  const last = messages.at(-1);
  return last?.getType() === "human"
    ? [...messages.slice(0, -1), new HumanMessage(`${messageText(last)}\n\n${instruction}`)]
    : [...messages, new HumanMessage(instruction)];
}

/** Tries the value, and what weak models wrap it in: a list of one, one outer key, "properties". */
function unwrapAndParse<T>(schema: z.ZodType<T>, value: unknown): z.ZodSafeParseResult<T> {
  const first = schema.safeParse(value);
  if (first.success || typeof value !== "object" || value === null) return first;
  const inner = Object.values(value);
  const wrapped = "properties" in value ? value.properties : inner.length === 1 ? inner[0] : undefined;
  if (typeof wrapped !== "object" || wrapped === null) return first;
  const second = schema.safeParse(wrapped);
  return second.success ? second : first;
}

function check<T>(schema: z.ZodType<T>, raw: string): { value: T } | { problem: string } {
  if (raw === "") return { problem: "it was empty" };
  const found = findJson(raw);
  if (found === undefined) return { problem: "it holds no JSON" };
  const result = unwrapAndParse(schema, found);
  return result.success ? { value: result.data } : { problem: z.prettifyError(result.error) };
}

/**
 * Calls a model for a value that fits a schema: `response_format` where the server enforces it, else the schema
 * behind the last message; then the JSON is found and repaired, checked with zod, and asked for once more with the error shown.
 * @throws SimulacraError model_refused (details.raw holds the beginning of the last reply), model_empty, and those of `callText`
 */
export async function callStructured<T>(call: StructuredCall<T>): Promise<StructuredReply<T>> {
  const client = clientOf(call.model);
  const schema = compactSchema(call.schema);
  const enforced = client.enforcesJsonSchema;
  const json_schema = { name: call.name, schema: closed(schema), strict: fitsStrictMode(schema) };
  const callOptions = enforced ? { response_format: { type: "json_schema", json_schema } } : {};
  let messages = enforced ? call.messages : withSchema(call.messages, schema);
  let raw = "";
  let problem = "";
  for (let reasks = 0; reasks <= 1; reasks++) {
    const { text, message, endReason } = await askOnce(
      { ...call, messages },
      { reask: reasks > 0, callOptions },
    );
    raw = text;
    const result = check(call.schema, raw);
    if ("value" in result) return { value: result.value, reasks, raw, message, endReason };
    problem = result.problem;
    const request = `That reply could not be used: ${problem}\nReply again with the JSON value only.`;
    messages = [
      ...withSchema(call.messages, schema),
      ...(raw === "" ? [] : [new AIMessage(raw)]),
      new HumanMessage(request),
    ];
  }
  const name = modelName(call.model);
  throw new SimulacraError(
    raw === "" ? "model_empty" : "model_refused",
    `Model "${name}" did not give the ${call.name} asked for, twice: ${problem.slice(0, 300)}. Try a stronger model.`,
    "model",
    { model: name, role: call.role, schema: call.name, raw: raw.slice(0, 300) },
  );
}
