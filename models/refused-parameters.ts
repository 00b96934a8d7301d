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

/** The parameter that a 400 or 422 names as unsupported, or undefined. */
export function refusedParameter(error: unknown): string | undefined {
  const { status, message } = readFailure(error);
  if (status !== 400 && status !== 422) return undefined;
  const named = typeof error === "object" && error !== null ? Reflect.get(error, "param") : undefined;
  if (typeof named === "string" && named in parameters) return named;
  if (
    !/unsupported|not support|unknown|unrecognized|unexpected|not (?:allowed|permitted|available)|extra|invalid|deprecated|verified/i.test(
      message,
    )
  ) {
    return undefined;
  }
  return Object.keys(parameters).find((name) => new RegExp(`(?<![\\w])${name}(?![\\w])`, "i").test(message));
}

/** Takes a parameter out of a model's settings, and of the parts that ChatOpenAI delegates to. */
export function withoutParameter(model: object, name: string): void {
  const parts = [model, Reflect.get(model, "completions"), Reflect.get(model, "responses")];
  for (const part of parts) {
    if (typeof part !== "object" || part === null) continue;
    for (const field of parameters[name] ?? []) {
      if (field in part) Reflect.set(part, field, field === "streamUsage" ? false : undefined);
    }
  }
}

/** Call options without the refused ones. */
export function optionsWithout<T extends object>(options: T, refused: ReadonlySet<string>): T {
  if (refused.size === 0) return options;
  const dropped = new Set([...refused].flatMap((name) => [name, ...(parameters[name] ?? [])]));
  return Object.fromEntries(Object.entries(options).filter(([key]) => !dropped.has(key))) as T;
}
