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
  max_completion_tokens: ["maxTokens"],
  logprobs: ["logprobs", "topLogprobs"],
  stream_options: ["streamUsage"],
  stream: ["stream"],
  response_format: ["response_format"],
  // No parameter, but a role; its words go into the first message of the user.
  system: [],
};

/** Parameters without which a model answers the same: how a reply is sent, and what else checks its form. */
const plumbing: readonly string[] = ["stream_options", "stream", "response_format", "system"];

/** Whether leaving a parameter out may change what a model answers. */
export const decidesAnswers = (name: string): boolean => !plumbing.includes(name);

const refusal =
  /unsupported|not (?:yet )?support|does not (?:take|accept)|unknown|unrecognized|unexpected|not (?:allowed|permitted|available|enabled|implemented)|unavailable|extra|deprecated|verified/i;

/** A chat template without a system role; raised inside of it, it may come with 500. */
const noSystemRole =
  /(?:system|developer)['"]? role|role.{0,4}(?:system|developer)\b|(?:system|developer) (?:message|instruction|prompt)s?|only user(?:,| and|\/) ?assistant/i;
const otherRole = /(?:developer|system)['"]? is not one of/i;

/** The parameter that a 400 or 422 names as unsupported, or undefined: a wrong value of one that is taken is no refusal. */
export function refusedParameter(error: unknown): string | undefined {
  const { status, message, code } = readFailure(error);
  if (otherRole.test(message)) return "system";
  if (![400, 422, 500].includes(status ?? 0)) return undefined;
  if (!refusal.test(`${code} ${message}`)) return undefined;
  if (noSystemRole.test(message)) return "system";
  if (status === 500) return undefined;
  const named = typeof error === "object" && error !== null ? Reflect.get(error, "param") : undefined;
  if (typeof named === "string" && named in parameters) return named;
  return Object.keys(parameters).find((name) => new RegExp(`(?<![\\w])${name}(?![\\w])`, "i").test(message));
}

/** Whether a 400 or 422 finds the longest reply too long, beside the prompt or by itself. */
export function refusesLength(error: unknown): boolean {
  const { status, message } = readFailure(error);
  if (status !== 400 && status !== 422) return false;
  return /max_(?:completion_|new_|output_)?tokens|\d+ (?:tokens )?(?:in|for) the completion/i.test(message);
}

/** A copy of the model whose settings lack a parameter. */
export const modelWithout = (model: BaseChatModel, name: string): BaseChatModel =>
  copyOf(model, (part) =>
    (parameters[name] ?? [])
      .filter((field) => Reflect.get(part, field) !== undefined)
      .map((field) => [field, field === "streamUsage" ? false : undefined]),
  );

/** Call options without the refused ones. */
export function optionsWithout<T extends object>(options: T, refused: ReadonlySet<string>): T {
  if (refused.size === 0) return options;
  const dropped = new Set([...refused].flatMap((name) => [name, ...(parameters[name] ?? [])]));
  return Object.fromEntries(Object.entries(options).filter(([key]) => !dropped.has(key))) as T;
}
