import { setTimeout as sleep } from "node:timers/promises";
import { AIMessage, type BaseMessage } from "@langchain/core/messages";
import type { AgentAct } from "./agent-act.js";
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

  protected override answer(messages: BaseMessage[], options: this["ParsedCallOptions"], from: AgentAct) {
    const given = { ...options } as Record<string, unknown>;
    const call: ScriptedCall = {
      ...from,
      messages,
      options: given,
      start: performance.now(),
      end: undefined,
    };
    this.calls.push(call);
    this.#running++;
    this.peakConcurrency = Math.max(this.peakConcurrency, this.#running);
    return {
      reply: this.#reply(
        messages,
        { ...from, call: this.calls.length - 1, options: given },
        signalOf(options),
      ),
      over: () => {
        this.#running--;
        call.end = performance.now();
      },
    };
  }

  async #reply(
    messages: BaseMessage[],
    asking: ScriptedAsking,
    signal: { signal?: AbortSignal },
  ): Promise<AIMessage> {
    const entry = typeof this.#replies === "function" ? this.#replies : this.#replies.shift();
    if (this.#latencyMs > 0) await sleep(this.#latencyMs, undefined, signal);
    if (entry === undefined) {
      const asked = messages.at(-1)?.text.slice(0, 200) ?? "";
      throw new Error(
        `Scripted model "${this.label}": call ${asking.call + 1} has no scripted reply. Asked: ${asked}`,
      );
    }
    const reply = typeof entry === "function" ? await entry(messages, asking) : entry;
    if (reply instanceof Error) throw reply;
    return typeof reply === "string" ? new AIMessage(reply) : asMessage(reply);
  }
}
