import { setTimeout as sleep } from "node:timers/promises";
import type { CallbackManagerForLLMRun } from "@langchain/core/callbacks/manager";
import {
  BaseChatModel,
  type BaseChatModelCallOptions,
  type BindToolsInput,
} from "@langchain/core/language_models/chat_models";
import { type AIMessage, AIMessageChunk, type BaseMessage } from "@langchain/core/messages";
import { ChatGenerationChunk, type ChatResult } from "@langchain/core/outputs";
import { convertToOpenAITool } from "@langchain/core/utils/function_calling";
import { type AgentAct, agentActOf } from "./agent-act.js";
import { asChunk } from "./message-copy.js";
import { contentText } from "./message-text.js";

/** A chat model that answers in the process, without a network, and streams word by word. */
export abstract class InProcessChatModel extends BaseChatModel {
  /** Tells the model client that replies need not be streamed to be watched. */
  readonly inProcess = true;
  abstract readonly label: string;
  /** Wait between streamed words in milliseconds. */
  protected readonly tokenGapMs: number = 0;

  constructor() {
    super({});
  }

  /** One reply, and what is to happen when it is over, streamed or not. */
  protected abstract answer(
    messages: BaseMessage[],
    options: this["ParsedCallOptions"],
    from: AgentAct,
  ): { reply: Promise<AIMessage>; over?: () => void };

  override getLsParams(options: this["ParsedCallOptions"]) {
    return { ...super.getLsParams(options), ls_provider: this._llmType(), ls_model_name: this.label };
  }

  override bindTools(tools: BindToolsInput[], kwargs?: Partial<BaseChatModelCallOptions>) {
    const bound = { tools: tools.map((tool) => convertToOpenAITool(tool)), ...kwargs };
    return this.withConfig(bound as Partial<BaseChatModelCallOptions>);
  }

  override async _generate(
    messages: BaseMessage[],
    options: this["ParsedCallOptions"],
    runManager?: CallbackManagerForLLMRun,
  ): Promise<ChatResult> {
    const { reply, over } = this.answer(messages, options, agentActOf(runManager));
    try {
      const message = await reply;
      return { generations: [{ text: contentText(message.content), message }] };
    } finally {
      over?.();
    }
  }

  override async *_streamResponseChunks(
    messages: BaseMessage[],
    options: this["ParsedCallOptions"],
    runManager?: CallbackManagerForLLMRun,
  ): AsyncGenerator<ChatGenerationChunk> {
    const { reply, over } = this.answer(messages, options, agentActOf(runManager));
    try {
      const message = await reply;
      const words = contentText(message.content).match(/\s*\S+\s*$|\s*\S+/g) ?? [""];
      for (const [index, text] of words.entries()) {
        if (index > 0 && this.tokenGapMs > 0) await sleep(this.tokenGapMs, undefined, signalOf(options));
        const last = index === words.length - 1;
        const chunk = new ChatGenerationChunk({
          text,
          message: last ? asChunk(message, text) : new AIMessageChunk(text),
        });
        yield chunk;
        await runManager?.handleLLMNewToken(text, undefined, undefined, undefined, undefined, { chunk });
      }
    } finally {
      over?.();
    }
  }
}

/** The signal of a call, as a timer takes it. */
export const signalOf = ({ signal }: { signal?: AbortSignal | undefined }): { signal?: AbortSignal } =>
  signal ? { signal } : {};

/** Whether a model answers in this process, so that no server has to bear what it is told. */
export const isInProcess = (model: object): boolean => Reflect.get(model, "inProcess") === true;
