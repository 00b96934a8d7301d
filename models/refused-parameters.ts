import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { copyOf } from "./model-copy.js";
import { readFailure } from "./model-errors.js";

/** Sampling parameters that some models do not take, by their name on the wire and the names of LangChain's fields. */
const parameters: Readonly<Record<string, readonly string[]>> = {
  temperature: ["temperature"],
  top_p: ["topP"],
  presence_penalty: ["presencePenalty"],
  frequency_penalty: ["frequencyPenalty"],
  logit_bias: ["logitBias"],
  seed: ["seed"],
  stop: ["stop", "stopSequences"],
  max_tokens: ["maxTokens"],
  logprobs: ["logprobs", "topLogprobs"],
  stream_options: ["streamUsage"],
  stream: ["stream"],
  response_format: ["response_format"],
};

/** Parameters without which a model answers the same: how a reply is sent, and what else checks its form. */
const plumbing: readonly string[] = ["stream_options", "stream", "response_format"];

/** Whether leaving a parameter out may change what a model answers. */
export const decidesAnswers = (name: string): boolean => !plumbing.includes(name);

const refusal =
  /unsupported|not support|unknown|unrecognized|unexpected|not (?:allowed|permitted|available)|extra|deprecated|verified/i;

/** The parameter that a 400 or 422 names as unsupported, or undefined: a wrong value of one that is taken is no refusal. */
export function refusedParameter(error: unknown): string | undefined {
  const { status, message, code } = readFailure(error);
  if (status !== 400 && status !== 422) return undefined;
  if (!refusal.test(`${code} ${message}`)) return undefined;
  const named = typeof error === "object" && error !== null ? Reflect.get(error, "param") : undefined;
  if (typeof named === "string" && named in parameters) return named;
  return Object.keys(parameters).find((name) => new RegExp(`(?<![\\w])${name}(?![\\w])`, "i").test(message));
}

/** A copy of the model whose settings lack a parameter. */
export const modelWithout = (model: BaseChatModel, name: string): BaseChatModel =>
  copyOf(model, (part) =>
    (parameters[name] ?? [])
      .filter((field) => field in part)
      .map((field) => [field, field === "streamUsage" ? false : undefined]),
  );

/** Call options without the refused ones. */
export function optionsWithout<T extends object>(options: T, refused: ReadonlySet<string>): T {
  if (refused.size === 0) return options;
  const dropped = new Set([...refused].flatMap((name) => [name, ...(parameters[name] ?? [])]));
  return Object.fromEntries(Object.entries(options).filter(([key]) => !dropped.has(key))) as T;
}
