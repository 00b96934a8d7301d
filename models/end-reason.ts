import type { BaseMessage } from "@langchain/core/messages";

/**
 * Why a reply ended: said to its end, cut at its longest length, stopped by the server's filter, refused by the model, with
 * calls of tools, or cut by us where it ran in circles. `unknown` where the server does not say.
 */
export type EndReason =
  | "stop"
  | "length"
  | "content_filter"
  | "refusal"
  | "tool_calls"
  | "circle"
  | "unknown";

/** Where providers write it. */
const keys = ["finish_reason", "finishReason", "stop_reason", "stopReason", "done_reason"];

/** The words of OpenAI, Anthropic, Google, Bedrock, Mistral, Cohere and Ollama, in small letters. */
const words: Readonly<Record<Exclude<EndReason, "unknown">, readonly string[]>> = {
  stop: ["stop", "end_turn", "stop_sequence", "eos", "eos_token", "complete", "completed", "pause_turn"],
  length: [
    "length",
    "max_tokens",
    "max_output_tokens",
    "max_length",
    "max_completion_tokens",
    "maxtokens",
    "model_length",
    "model_context_window_exceeded",
    "limit",
    "truncated",
    "incomplete",
  ],
  content_filter: [
    "content_filter",
    "content_filtered",
    "safety",
    "recitation",
    "blocklist",
    "prohibited_content",
    "spii",
    "image_safety",
    "language",
    "sensitive",
    "blocked",
    "moderated",
    "error_toxic",
  ],
  refusal: ["refusal", "refused", "guardrail_intervened"],
  tool_calls: ["tool_calls", "tool_call", "tool_use", "function_call"],
  circle: ["circle"],
};

/** The end reason of a reply, in one vocabulary for all providers. */
export function endReasonOf({
  response_metadata: metadata,
  additional_kwargs: more,
}: BaseMessage): EndReason {
  if (typeof more.refusal === "string" && more.refusal !== "") return "refusal";
  const places = [metadata, more].flatMap((place) => keys.map((key): unknown => place?.[key]));
  const said = places.find((value) => typeof value === "string");
  const named = Object.entries(words).find(([, list]) => list.includes(String(said).toLowerCase()));
  return (named?.[0] as EndReason | undefined) ?? "unknown";
}
