import type { BaseChatModel } from "@langchain/core/language_models/chat_models";

/**
 * How a model is called so that it does not try again by itself: ChatOpenAI and its kin by an option of the call, other
 * models of LangChain by a copy. A class of somebody's own is called as it is; what it tries again, it goes on doing.
 */
export function withoutRetries(model: BaseChatModel): { model: BaseChatModel; options: object } {
  if (retriesByOption(model)) return { model, options: { maxRetries: 0 } };
  if (!model.lc_serializable) return { model, options: {} };
  return {
    model: copyOf(model, () => [["caller", copyOf(model.caller, () => [["maxRetries", 0]])]]),
    options: {},
  };
}

/** ChatOpenAI and its kin. */
const retriesByOption = (model: BaseChatModel): boolean =>
  "completions" in model || "completionWithRetry" in model;

/** Whether a model is one of LangChain's own, whose fields are known. */
export const isLangChains = (model: BaseChatModel): boolean =>
  retriesByOption(model) || model.lc_serializable;

/**
 * A copy with other values in some fields, also in the parts to which ChatOpenAI delegates; the original stays as it is.
 * Where there is nothing to change, the original itself.
 */
export function copyOf<T extends object>(
  original: T,
  changes: (part: object) => [field: string, value: unknown][],
): T {
  const delegates = ["completions", "responses"]
    .map((name) => [name, Reflect.get(original, name)] as [string, unknown])
    .filter((entry): entry is [string, object] => typeof entry[1] === "object" && entry[1] !== null)
    .map(([name, part]): [string, unknown] => [name, copyOf(part, changes)])
    .filter(([name, part]) => part !== Reflect.get(original, name));
  const changed = [...changes(original), ...delegates];
  if (changed.length === 0) return original;
  const copy: T = Object.create(Object.getPrototypeOf(original), Object.getOwnPropertyDescriptors(original));
  return Object.assign(copy, Object.fromEntries(changed));
}
