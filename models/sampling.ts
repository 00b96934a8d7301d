import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { copyOf, isLangChains } from "./model-copy.js";

/** How a reply is drawn. What is set on the model itself goes before it. */
export interface Sampling {
  /** Most tokens of the reply, reasoning aside. */
  maxTokens?: number | undefined;
  temperature?: number | undefined;
}

/** Whether a parameter is one that a call states by itself. */
export const isStated = (parameter: string): boolean =>
  ["temperature", "max_tokens", "max_completion_tokens"].includes(parameter);

/** Names that LangChain's models have for the longest reply. */
const lengths = ["maxTokens", "maxOutputTokens", "numPredict"];

/** The most tokens of a reply that are set on a model itself; undefined where none are. */
export function ownLongest(model: BaseChatModel): number | undefined {
  const more: unknown = Reflect.get(model, "modelKwargs");
  const said: unknown[] = [
    ...lengths.map((field): unknown => Reflect.get(model, field)),
    ...["max_tokens", "max_completion_tokens"].map((field): unknown => Reflect.get(Object(more), field)),
  ];
  return said.find((value): value is number => typeof value === "number" && value > 0);
}

/**
 * A copy of the model with the sampling that is stated, where the model has none of its own. Where its server has
 * refused `max_tokens`, the longest reply goes by OpenAI's newer name.
 */
export function withSampling(
  model: BaseChatModel,
  { maxTokens, temperature }: Sampling,
  refused: ReadonlySet<string>,
): BaseChatModel {
  if (!isLangChains(model)) return model;
  const newer = refused.has("max_tokens") && !refused.has("max_completion_tokens");
  return copyOf(model, (part) => {
    const open = (field: string): boolean => field in part && Reflect.get(part, field) === undefined;
    const changes: [field: string, value: unknown][] = [];
    if (temperature !== undefined && open("temperature") && !refused.has("temperature"))
      changes.push(["temperature", temperature]);
    if (maxTokens === undefined) return changes;
    if (newer && "modelKwargs" in part)
      changes.push([
        "modelKwargs",
        { max_completion_tokens: maxTokens, ...Object(Reflect.get(part, "modelKwargs")) },
      ]);
    else if (!refused.has("max_tokens") && !refused.has("max_completion_tokens"))
      for (const field of lengths) if (open(field)) changes.push([field, maxTokens]);
    return changes;
  });
}
