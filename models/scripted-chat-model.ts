import { setTimeout as sleep } from "node:timers/promises";
import type { CallbackManagerForLLMRun } from "@langchain/core/callbacks/manager";
import { AIMessage, type BaseMessage } from "@langchain/core/messages";
import type { ChatGenerationChunk, ChatResult } from "@langchain/core/outputs";
import { type AgentAct, agentActOf } from "./agent-act.js";
import { InProcessChatModel, signalOf } from "./in-process-chat-model.js";
import { asMessage } from "./message-copy.js";

/** One scripted reply: text, a whole message, or an error to throw. */
export type ScriptedReply = string | AIMessage | Error;

/** What a call is, beside its messages: which agent asks and what for, which call it is (from 0), and its options. */
export interface ScriptedAsking extends AgentAct {
  call: number;
  options: Record<string, unknown>;
}

/** A function that answers by what it is given. */
export type ScriptedAnswer = (
  messages: BaseMessage[],
  asking: ScriptedAsking,
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
export interface ScriptedCall extends AgentAct {
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
export class ScriptedChatModel extends InProcessChatModel {
  readonly label: string;
  readonly calls: ScriptedCall[] = [];
  /** Most calls that ran at the same time. */
  peakConcurrency = 0;
  protected override readonly tokenGapMs: number;
  #running = 0;
  readonly #replies: (ScriptedReply | ScriptedAnswer)[] | ScriptedAnswer;
  readonly #latencyMs: number;

  constructor(options: ScriptedOptions | ScriptedOptions["replies"]) {
    super();
    const settings: ScriptedOptions =
      Array.isArray(options) || typeof options === "function"
        ? { replies: options }
        : (options as ScriptedOptions);
    this.#replies = typeof settings.replies === "function" ? settings.replies : [...settings.replies];
    this.#latencyMs = settings.latencyMs ?? 0;
    this.tokenGapMs = settings.tokenGapMs ?? 0;
    this.label = settings.name ?? "scripted";
  }

  static override lc_name(): string {
    return "ScriptedChatModel";
  }

  override _llmType(): string {
    return "scripted";
  }

  /** Adds replies to the end of the script. */
  script(...replies: (ScriptedReply | ScriptedAnswer)[]): this {
    if (typeof this.#replies === "function")
      throw new Error("This scripted model answers by a function; it takes no further replies.");
    this.#replies.push(...replies);
    return this;
  }

  override async _generate(
    messages: BaseMessage[],
    options: this["ParsedCallOptions"],
    runManager?: CallbackManagerForLLMRun,
  ): Promise<ChatResult> {
    const call = this.#begin(messages, options, runManager);
    try {
      return await super._generate(messages, options, runManager);
    } finally {
      this.#end(call);
    }
  }

  override async *_streamResponseChunks(
    messages: BaseMessage[],
    options: this["ParsedCallOptions"],
    runManager?: CallbackManagerForLLMRun,
  ): AsyncGenerator<ChatGenerationChunk> {
    const call = this.#begin(messages, options, runManager);
    try {
      yield* super._streamResponseChunks(messages, options, runManager);
    } finally {
      this.#end(call);
    }
  }

  protected override async answer(
    messages: BaseMessage[],
    options: this["ParsedCallOptions"],
    from: AgentAct,
  ): Promise<AIMessage> {
    const call = this.calls.length - 1;
    const entry = typeof this.#replies === "function" ? this.#replies : this.#replies.shift();
    if (this.#latencyMs > 0) await sleep(this.#latencyMs, undefined, signalOf(options));
    if (entry === undefined) {
      const asked = messages.at(-1)?.text.slice(0, 200) ?? "";
      throw new Error(
        `Scripted model "${this.label}": call ${call + 1} has no scripted reply. Asked: ${asked}`,
      );
    }
    const asking = { ...from, call, options: options as Record<string, unknown> };
    const reply = typeof entry === "function" ? await entry(messages, asking) : entry;
    if (reply instanceof Error) throw reply;
    return typeof reply === "string" ? new AIMessage(reply) : asMessage(reply);
  }

  #begin(
    messages: BaseMessage[],
    options: this["ParsedCallOptions"],
    runManager: CallbackManagerForLLMRun | undefined,
  ): ScriptedCall {
    const call: ScriptedCall = {
      ...agentActOf(runManager),
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
