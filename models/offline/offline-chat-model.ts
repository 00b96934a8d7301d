import type { CallbackManagerForLLMRun } from "@langchain/core/callbacks/manager";
import {
  BaseChatModel,
  type BaseChatModelCallOptions,
  type BindToolsInput,
} from "@langchain/core/language_models/chat_models";
import { AIMessage, AIMessageChunk, type BaseMessage } from "@langchain/core/messages";
import { ChatGenerationChunk, type ChatResult } from "@langchain/core/outputs";
import { convertToOpenAITool } from "@langchain/core/utils/function_calling";
import { asChunk } from "../message-copy.js";
import { answerTo } from "./answer.js";

/** Raised whenever the offline model would answer the same prompt otherwise: samples of different versions do not mix. */
export const OFFLINE_ANSWERS_VERSION = 1;

/**
 * A deterministic, extractive chat model. It holds no language model: it quotes the sentences of its prompt that share
 * the rarest words with the question, in the first person where it can, and says so where none do. It fills JSON Schemas
 * and forced tool calls with what it extracts, and answers choice and cloze questions. No key, download or network.
 */
export class OfflineChatModel extends BaseChatModel {
  /** Tells the model client that replies need not be streamed to be watched. */
  readonly inProcess = true;
  readonly label = "offline";

  constructor() {
    super({});
  }

  static override lc_name(): string {
    return "OfflineChatModel";
  }

  override _llmType(): string {
    return "offline";
  }

  override invocationParams(): Record<string, unknown> {
    return { answersVersion: OFFLINE_ANSWERS_VERSION };
  }

  /** Part of the key under which LangChain caches replies. */
  override _identifyingParams(): Record<string, unknown> {
    return this.invocationParams();
  }

  override getLsParams(options: this["ParsedCallOptions"]) {
    return { ...super.getLsParams(options), ls_provider: "offline", ls_model_name: "offline" };
  }

  override bindTools(tools: BindToolsInput[], kwargs?: Partial<BaseChatModelCallOptions>) {
    const bound = { tools: tools.map((tool) => convertToOpenAITool(tool)), ...kwargs };
    return this.withConfig(bound as Partial<BaseChatModelCallOptions>);
  }

  override async _generate(messages: BaseMessage[], options: this["ParsedCallOptions"]): Promise<ChatResult> {
    const message = reply(messages, options);
    return { generations: [{ text: message.text, message }] };
  }

  override async *_streamResponseChunks(
    messages: BaseMessage[],
    options: this["ParsedCallOptions"],
    runManager?: CallbackManagerForLLMRun,
  ): AsyncGenerator<ChatGenerationChunk> {
    const message = reply(messages, options);
    const words = message.text.match(/\s*\S+\s*$|\s*\S+/g) ?? [""];
    for (const [index, text] of words.entries()) {
      const last = index === words.length - 1;
      const chunk = new ChatGenerationChunk({
        text,
        message: last ? asChunk(message, text) : new AIMessageChunk(text),
        ...(last && { generationInfo: { finish_reason: "stop" } }),
      });
      yield chunk;
      await runManager?.handleLLMNewToken(text, undefined, undefined, undefined, undefined, { chunk });
    }
  }
}

function reply(messages: BaseMessage[], options: object): AIMessage {
  const { text, toolCall } = answerTo(messages, options);
  if (!toolCall) return new AIMessage(text);
  return new AIMessage({ content: "", tool_calls: [{ ...toolCall, id: "offline-call", type: "tool_call" }] });
}
