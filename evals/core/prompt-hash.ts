import { BaseCallbackHandler } from "@langchain/core/callbacks/base";
import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import type { Serialized } from "@langchain/core/load/serializable";
import type { BaseMessage } from "@langchain/core/messages";
import { modelName } from "../../models/index.js";
import { contentHash } from "./content-hash.js";

/** Sees the prompt of the voice as it is sent, and keeps its hash: the last one, where the model was asked again. */
export class PromptHash extends BaseCallbackHandler {
  readonly name = "simulacra_prompt_hash";
  value: string | null = null;

  override handleChatModelStart(
    _model: Serialized,
    [messages = []]: BaseMessage[][],
    _runId: string,
    _parent?: string,
    _extra?: Record<string, unknown>,
    _tags?: string[],
    metadata?: Record<string, unknown>,
  ): void {
    if (metadata?.role !== "respond") return;
    this.value = contentHash(
      messages.map((message) => [message.type, message.name ?? null, message.content]),
    );
  }
}

/** What tells one model setting from another: name and the parameters of its calls. Never a key or an address. */
export function modelIdentity(model: BaseChatModel): { model: string; parameters: unknown } {
  return { model: modelName(model), parameters: model.invocationParams({}) };
}
