import { setTimeout as sleep } from "node:timers/promises";
import type { CallbackManagerForLLMRun } from "@langchain/core/callbacks/manager";
import {
  BaseChatModel,
  type BaseChatModelCallOptions,
  type BindToolsInput,
} from "@langchain/core/language_models/chat_models";
import { AIMessage, AIMessageChunk, type BaseMessage } from "@langchain/core/messages";
import { ChatGenerationChunk, type ChatResult } from "@langchain/core/outputs";
import { convertToOpenAITool } from "@langchain/core/utils/function_calling";
import { asChunk, asMessage } from "./message-copy.js";
import { contentText } from "./message-text.js";

/** One scripted reply: text, a whole message, or an error to throw. */
export type ScriptedReply = string | AIMessage | Error;

/** A function that answers by what it is given; `call` counts from 0. */
export type ScriptedAnswer = (
  messages: BaseMessage[],
  call: number,
  options: Record<string, unknown>,
) => ScriptedReply | Promise<ScriptedReply>;

/** Settings of the scripted model. */
export interface ScriptedOptions {
  /** Replies in order (an entry may be a function), or one function for all calls. */
  replies: readonly (ScriptedReply | ScriptedAnswer)[] | ScriptedAnswer;
  /** Wait before the reply, or before the first token of a stream, in milliseconds. @default 0 */
  latencyMs?: number;
  /** Wait between streamed tokens in milliseconds. @default 0 */
  tokenGapMs?: number;
  /** Name in traces and in `modelName`. @default "scripted" */
  name?: string;
}

/** One call that the scripted model has seen. */
export interface ScriptedCall {
  messages: BaseMessage[];
  options: Record<string, unknown>;
  /** Begin and end in milliseconds of `performance.now()`; end is undefined while it runs. */
  start: number;
  end: number | undefined;
}

/**
 * A chat model for tests: plays a script, records every call, and throws when it is called more often than scripted.
 * Streams word by word, in-process, without network.
 */
export class ScriptedChatModel extends BaseChatModel {
  /** Tells the model client that replies need not be streamed to be watched. */
  readonly inProcess = true;
  readonly label: string;
  readonly calls: ScriptedCall[] = [];
  /** Most calls that ran at the same time. */
  peakConcurrency = 0;
  #running = 0;
  readonly #replies: (ScriptedReply | ScriptedAnswer)[] | ScriptedAnswer;
  readonly #latencyMs: number;
  readonly #tokenGapMs: number;

  constructor(options: ScriptedOptions | ScriptedOptions["replies"]) {
    super({});
    const settings: ScriptedOptions =
      Array.isArray(options) || typeof options === "function"
        ? { replies: options }
        : (options as ScriptedOptions);
    this.#replies = typeof settings.replies === "function" ? settings.replies : [...settings.replies];
    this.#latencyMs = settings.latencyMs ?? 0;
    this.#tokenGapMs = settings.tokenGapMs ?? 0;
    this.label = settings.name ?? "scripted";
  }

  static override lc_name(): string {
    return "ScriptedChatModel";
  }

  override _llmType(): string {
    return "scripted";
  }

  override getLsParams(options: this["ParsedCallOptions"]) {
    return { ...super.getLsParams(options), ls_provider: "scripted", ls_model_name: this.label };
  }

  /** Adds replies to the end of the script. */
  script(...replies: (ScriptedReply | ScriptedAnswer)[]): this {
    if (typeof this.#replies === "function")
      throw new Error("This scripted model answers by a function; it takes no further replies.");
    this.#replies.push(...replies);
    return this;
  }

  override bindTools(tools: BindToolsInput[], kwargs?: Partial<BaseChatModelCallOptions>) {
    const bound = { tools: tools.map((tool) => convertToOpenAITool(tool)), ...kwargs };
    return this.withConfig(bound as Partial<BaseChatModelCallOptions>);
  }

  override async _generate(messages: BaseMessage[], options: this["ParsedCallOptions"]): Promise<ChatResult> {
    return this.#play(messages, options, async (message) => ({
      generations: [{ text: contentText(message.content), message }],
    }));
  }

  override async *_streamResponseChunks(
    messages: BaseMessage[],
    options: this["ParsedCallOptions"],
    runManager?: CallbackManagerForLLMRun,
  ): AsyncGenerator<ChatGenerationChunk> {
    const call = this.#begin(messages, options);
    try {
      const message = await this.#reply(messages, options);
      const pieces = contentText(message.content).match(/\s*\S+\s*$|\s*\S+/g) ?? [""];
      for (const [index, text] of pieces.entries()) {
        if (index > 0 && this.#tokenGapMs > 0) await sleep(this.#tokenGapMs, undefined, signalOf(options));
        const last = index === pieces.length - 1;
        const chunk = new ChatGenerationChunk({
          text,
          message: last ? asChunk(message, text) : new AIMessageChunk(text),
        });
        yield chunk;
        await runManager?.handleLLMNewToken(text, undefined, undefined, undefined, undefined, { chunk });
      }
    } finally {
      this.#end(call);
    }
  }

  async #play<T>(
    messages: BaseMessage[],
    options: this["ParsedCallOptions"],
    use: (message: AIMessage) => Promise<T>,
  ): Promise<T> {
    const call = this.#begin(messages, options);
    try {
      return await use(await this.#reply(messages, options));
    } finally {
      this.#end(call);
    }
  }

  async #reply(messages: BaseMessage[], options: this["ParsedCallOptions"]): Promise<AIMessage> {
    const index = this.calls.length - 1;
    const entry = typeof this.#replies === "function" ? this.#replies : this.#replies.shift();
    if (this.#latencyMs > 0) await sleep(this.#latencyMs, undefined, signalOf(options));
    if (entry === undefined) {
      const asked = contentText(messages.at(-1)?.content ?? "").slice(0, 200);
      throw new Error(
        `Scripted model "${this.label}": call ${index + 1} has no scripted reply. Asked: ${asked}`,
      );
    }
    const reply =
      typeof entry === "function" ? await entry(messages, index, options as Record<string, unknown>) : entry;
    if (reply instanceof Error) throw reply;
    return typeof reply === "string" ? new AIMessage(reply) : asMessage(reply);
  }

  #begin(messages: BaseMessage[], options: this["ParsedCallOptions"]): ScriptedCall {
    const call: ScriptedCall = {
      messages,
      options: { ...options },
      start: performance.now(),
      end: undefined,
    };
    this.calls.push(call);
    this.#running++;
    this.peakConcurrency = Math.max(this.peakConcurrency, this.#running);
    return call;
  }

  #end(call: ScriptedCall): void {
    this.#running--;
    call.end = performance.now();
  }
}

function signalOf(options: { signal?: AbortSignal | undefined }): { signal?: AbortSignal } {
  return options.signal ? { signal: options.signal } : {};
}
