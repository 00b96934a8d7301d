import { BaseCallbackHandler } from "@langchain/core/callbacks/base";
import type { Serialized } from "@langchain/core/load/serializable";
import type { BaseMessage } from "@langchain/core/messages";
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
