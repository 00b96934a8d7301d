import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { modelName } from "../../models/index.js";

/** What tells one model setting from another: name and the parameters of its calls. Never a key or an address. */
export function modelIdentity(model: BaseChatModel): { model: string; parameters: unknown } {
  return { model: modelName(model), parameters: model.invocationParams({}) };
}
