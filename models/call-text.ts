import { randomUUID } from "node:crypto";
import { CallbackManager } from "@langchain/core/callbacks/manager";
import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { AIMessage, type BaseMessage } from "@langchain/core/messages";
import type { RunnableConfig } from "@langchain/core/runnables";
import { BaseTracer } from "@langchain/core/tracers/base";
import { isSimulacraError, SimulacraError } from "../data/errors.js";
import { CircleFilter } from "./circle-filter.js";
import { beforeCircle, findCircle } from "./circles.js";
import { type EndReason, endReasonOf } from "./end-reason.js";
import { asMessage } from "./message-copy.js";
import { inTurns } from "./message-roles.js";
import { contentText, messageText } from "./message-text.js";
import { clientOf, modelName } from "./model-client.js";
import { declinedError } from "./model-errors.js";
import { type PromptSection, promptSections } from "./prompt-sections.js";
import { withoutReasoning } from "./reasoning.js";
import type { ReplyFilter } from "./reply-filter.js";
import { type CallUsage, type UsageMeter, usageOf } from "./usage.js";

/** One call of a model by one agent. */
export interface ModelCall {
  /** Any chat model; it is wrapped in its client. */
  model: BaseChatModel;
  messages: BaseMessage[];
  /** Who calls ("top", "thinking", "judge"): name of the run, tag, metadata and key in the meter. */
  role: string;
  /** What the agent does ("think", "feel"): with the role, the run's metadata `simulacra`. */
  act?: string;
  meter?: UsageMeter;
  /** The node's config: callbacks, signal, tags. */
  config?: RunnableConfig;
  /** Keeps the tokens out of LangGraph's message stream. @default false */
  silent?: boolean;
  /**
   * Holds the reply back until this has said what may be shown of it: no token, callback, trace or stream sees anything
   * but what it gives. Its errors are the call's.
   */
  release?: (text: string) => Promise<string>;
  /** Takes out of the reply what nobody is to hear, streamed or not; made anew for each try. @default ends circles */
  filter?: () => ReplyFilter;
  /** How often an empty reply is asked again. @default 1 */
  emptyRetries?: number;
  /** Most tokens of the reply, where the model itself says no other; reasoning has room beside. @default 1024 */
  maxTokens?: number;
  /** Temperature, where the model itself says no other. @default 0.7 */
  temperature?: number;
}

/** What a call gave: trimmed text without reasoning, the message that holds it, why it ended, and its tokens. */
export interface TextReply {
  text: string;
  message: AIMessage;
  endReason: EndReason;
  usage: CallUsage;
}

/**
 * The config of a call: run name, tag and metadata of the agent, the tags that silence it, and for tracers the sizes of the
 * prompt's sections. What else stands in a node's config (its store, its control) is not the model's business.
 */
function configOf({ role, act, config = {}, silent, messages }: ModelCall, reask: boolean): RunnableConfig {
  // Without any callbacks LangChain would tell the model nothing of the run.
  const { callbacks = [], configurable, signal, tags = [], metadata } = config;
  return {
    callbacks,
    ...(configurable && { configurable }),
    ...(signal && { signal }),
    runName: role,
    tags: [
      ...tags,
      `role:${role}`,
      ...(reask ? ["reask"] : []),
      ...(silent ? ["langsmith:nostream", "nostream"] : []),
    ],
    metadata: {
      ...metadata,
      role,
      simulacra: { agent: role, ...(act !== undefined && { act }) },
      ...(reask && { reask }),
      ...(isTraced(callbacks) && { sections: JSON.stringify(sectionSizes(messages)) }),
    },
  };
}

/** Tokens of each part of a prompt, by name; what is longer, the trace holds already. */
function sectionSizes(messages: readonly BaseMessage[]): Pick<PromptSection, "name" | "tokens">[] {
  const sizes = new Map<string, number>();
  const prompt = messages.map((message) => ({ role: message.type, content: messageText(message) }));
  for (const { name, tokens } of promptSections(prompt)) sizes.set(name, (sizes.get(name) ?? 0) + tokens);
  return [...sizes].map(([name, tokens]) => ({ name, tokens }));
}

/** Whether somebody writes down the runs; counting tokens for nobody would cost every turn. */
function isTraced(callbacks: RunnableConfig["callbacks"]): boolean {
  const handlers = callbacks instanceof CallbackManager ? callbacks.handlers : (callbacks ?? []);
  return Array.isArray(handlers) && handlers.some((handler) => handler instanceof BaseTracer);
}

/** Asks once and records the usage; the reply may be empty. @throws SimulacraError model_declined, and those of the client */
export async function askOnce(
  call: ModelCall,
  options: { reask: boolean; callOptions?: Record<string, unknown> },
): Promise<TextReply> {
  const client = clientOf(call.model);
  const { maxTokens = 1024, temperature = 0.7 } = call;
  const messages = inTurns(call.messages);
  const ask = (): Promise<AIMessage> =>
    client.invoke(messages, {
      ...configOf(call, options.reask),
      ...options.callOptions,
      sampling: { maxTokens, temperature },
      ...(call.filter && { filter: call.filter }),
      ...(call.release && { held: { by: randomUUID(), release: call.release } }),
    });
  const reply = await ask().catch((error: unknown) => {
    if (isSimulacraError(error) && error.details.unmarkedReasoning === true) return ask();
    throw error;
  });
  const usage = usageOf(call.messages, reply);
  call.meter?.record(call.role, { ...usage, reask: options.reask });
  const endReason = endReasonOf(reply);
  if (endReason === "refusal" || endReason === "content_filter") {
    const { refusal = "" } = reply.additional_kwargs;
    throw declinedError(client.label, endReason, String(refusal || contentText(reply.content)));
  }
  const text = withoutReasoning(contentText(reply.content));
  const content = typeof reply.content === "string" ? text : reply.content;
  const message = reply instanceof AIMessage && reply.content === content ? reply : asMessage(reply, content);
  return { text, message, endReason, usage };
}

/** How strongly words already said are avoided where a reply ran in circles. */
const CIRCLE_PENALTY = 0.8;

/**
 * Calls a model for text. Streams where the config's callbacks want tokens. An empty reply is asked again. So is, once, one
 * that runs in circles: then nothing is streamed before it is whole, and of a second circle only what stands before it
 * is left.
 * @throws SimulacraError model_empty, model_declined, model_failed, model_timeout, missing_key, unknown_model, cancelled
 */
export async function callText(call: ModelCall): Promise<TextReply> {
  const tries = 1 + (call.emptyRetries ?? 1);
  const last = call.messages.at(-1);
  const asked = last === undefined ? "" : messageText(last);
  const { filter = () => new CircleFilter(asked), release = async (text: string) => text } = call;
  const uncircled = async (text: string): Promise<string> => {
    const rest = beforeCircle(text, asked);
    return rest === "" ? "" : release(rest);
  };
  let circles = 0;
  for (let attempt = 0; attempt < tries && circles < 2; ) {
    const firstCircle = async (text: string) => (findCircle(text, asked) ? "" : release(text));
    const held = circles > 0 ? uncircled : call.release && firstCircle;
    const reply = await askOnce(
      { ...call, filter, ...(held && { release: held }) },
      {
        reask: attempt + circles > 0,
        ...(circles > 0 && { callOptions: { frequencyPenalty: CIRCLE_PENALTY } }),
      },
    );
    if (reply.endReason === "circle") circles++;
    else attempt++;
    if (reply.endReason === "circle" && circles === 1) continue;
    if (reply.text !== "" || (reply.message.tool_calls?.length ?? 0) > 0) return reply;
  }
  const name = modelName(call.model);
  const what = circles > 1 ? "ran in circles twice" : `gave an empty reply ${tries} times`;
  throw new SimulacraError(
    "model_empty",
    `Model "${name}" ${what}. Try again, raise its token limit, or use another model.`,
    "model",
    { model: name, role: call.role, tries, ...(circles > 0 && { circles }) },
  );
}
