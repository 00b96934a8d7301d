import type { CallbackManagerForLLMRun } from "@langchain/core/callbacks/manager";
import type { BaseLanguageModelInput } from "@langchain/core/language_models/base";
import {
  BaseChatModel,
  type BaseChatModelCallOptions,
  type BindToolsInput,
  type LangSmithParams,
} from "@langchain/core/language_models/chat_models";
import type { AIMessageChunk, BaseMessage } from "@langchain/core/messages";
import { ChatGenerationChunk, type ChatResult } from "@langchain/core/outputs";
import { type Runnable, RunnableBinding } from "@langchain/core/runnables";
import { SimulacraError } from "../data/errors.js";
import { CarefulCalls } from "./careful-calls.js";
import { type ClientOptions, clientSettings } from "./client-options.js";
import { type HeldReply, released } from "./held-reply.js";
import { joinChunks } from "./join-chunks.js";
import { asChunk, asMessage } from "./message-copy.js";
import { withoutReasoning } from "./reasoning.js";
import { redactInside, secretsOf } from "./secrets.js";

/** Options of one call, beside LangChain's own. */
export interface ClientCallOptions extends BaseChatModelCallOptions {
  /** Holds the reply back until it is released. */
  held?: HeldReply;
}

/**
 * The model client: wraps any LangChain chat model and is the one place with a limiter, retries, time limits, removal of
 * reasoning text, parameters that the model refuses, and errors of this package. It streams wherever a caller streams.
 * Made by `clientOf`. The wrapped model's own retries are turned off, so that retries live once.
 */
export class ModelClient extends BaseChatModel<ClientCallOptions> {
  readonly inner: BaseChatModel;
  readonly label: string;
  readonly #enforces: boolean;
  readonly #calls: CarefulCalls;

  constructor(inner: BaseChatModel, options: ClientOptions = {}) {
    super({
      ...(inner.callbacks !== undefined && { callbacks: inner.callbacks }),
      ...(inner.tags !== undefined && { tags: inner.tags }),
      ...(inner.metadata !== undefined && { metadata: inner.metadata }),
      ...(inner.cache !== undefined && { cache: inner.cache }),
      verbose: inner.verbose,
    });
    this.inner = inner;
    const settings = clientSettings(options);
    this.label = options.name ?? nameFromModel(inner);
    this.#enforces = settings.enforcesJsonSchema;
    this.#calls = new CarefulCalls(inner, this.label, settings);
    this.lc_namespace = [...inner.lc_namespace];
    turnOffRetries(inner);
  }

  /** Whether structured output may rely on `response_format: json_schema`. */
  get enforcesJsonSchema(): boolean {
    return this.#enforces && !this.#calls.refuses("response_format");
  }

  override _llmType(): string {
    // The base class asks before `inner` is set.
    return (this.inner as BaseChatModel | undefined)?._llmType() ?? "model-client";
  }

  override getName(suffix?: string): string {
    return this.inner.getName(suffix);
  }

  override get profile() {
    return this.inner.profile;
  }

  override getLsParams(options: this["ParsedCallOptions"]): LangSmithParams {
    return { ls_model_name: this.label, ...this.inner.getLsParams(options) };
  }

  override invocationParams(options?: this["ParsedCallOptions"]): Record<string, unknown> {
    return redactInside(this.inner.invocationParams(options), secretsOf(this.inner));
  }

  override _identifyingParams(): Record<string, unknown> {
    return this.inner._identifyingParams();
  }

  override toJSON() {
    return { lc: 1 as const, type: "not_implemented" as const, id: [...this.lc_namespace, this.getName()] };
  }

  override bindTools(
    tools: BindToolsInput[],
    kwargs?: Partial<BaseChatModelCallOptions>,
  ): Runnable<BaseLanguageModelInput, AIMessageChunk, BaseChatModelCallOptions> {
    if (!this.inner.bindTools) {
      throw new SimulacraError("invalid_option", `Model "${this.label}" cannot use tools.`, "user", {
        model: this.label,
      });
    }
    const bound: unknown = this.inner.bindTools(tools, kwargs);
    // Either a binding around the model, or (ChatOpenAI) a copy of the model with default options.
    const config =
      bound instanceof RunnableBinding
        ? { ...bound.config, ...bound.kwargs }
        : Reflect.get(Object(bound), "defaultOptions");
    return this.withConfig(config as Partial<BaseChatModelCallOptions>);
  }

  override async *_streamResponseChunks(
    messages: BaseMessage[],
    options: this["ParsedCallOptions"],
    runManager?: CallbackManagerForLLMRun,
  ): AsyncGenerator<ChatGenerationChunk> {
    for await (const chunk of options.held
      ? this.#releasedWhole(messages, options)
      : this.#calls.reply(messages, options, true)) {
      yield chunk;
      await runManager?.handleLLMNewToken(
        chunk.text,
        { prompt: 0, completion: 0 },
        undefined,
        undefined,
        undefined,
        { chunk },
      );
    }
  }

  /** A held reply as one chunk. */
  async *#releasedWhole(
    messages: BaseMessage[],
    options: this["ParsedCallOptions"],
  ): AsyncGenerator<ChatGenerationChunk> {
    for (const { text, message } of (await this._generate(messages, options)).generations)
      yield new ChatGenerationChunk({ text, message: asChunk(message) });
  }

  override async _generate(messages: BaseMessage[], options: this["ParsedCallOptions"]): Promise<ChatResult> {
    const { held } = options;
    const calling = { ...options };
    delete calling.held;
    const chunks: ChatGenerationChunk[] = [];
    for await (const chunk of this.#calls.reply(messages, calling, false)) chunks.push(chunk);
    const whole = joinChunks(chunks);
    const { content } = whole.message;
    const message = asMessage(
      whole.message,
      typeof content === "string" ? withoutReasoning(content) : content,
    );
    if (held) {
      const shown = await released(held, message);
      return { generations: [{ text: shown.text, message: shown }] };
    }
    return {
      generations: [
        {
          text: message.text,
          message,
          ...(whole.generationInfo && { generationInfo: whole.generationInfo }),
        },
      ],
    };
  }
}

function turnOffRetries(model: object): void {
  for (const part of [model, Reflect.get(model, "completions"), Reflect.get(model, "responses")]) {
    const caller = typeof part === "object" && part !== null ? Reflect.get(part, "caller") : undefined;
    if (typeof caller === "object" && caller !== null) Reflect.set(caller, "maxRetries", 0);
  }
}

function nameFromModel(model: BaseChatModel): string {
  const own: unknown = Reflect.get(model, "label");
  if (typeof own === "string") return own;
  const { ls_provider: provider, ls_model_name: name } = model.getLsParams(
    {} as BaseChatModel["ParsedCallOptions"],
  );
  return name ? `${provider ?? model._llmType()}:${name}` : model._llmType();
}

const clients = new WeakMap<BaseChatModel, ModelClient>();

/**
 * The client of a model: a client is given back as it is, a model asked for again without options gets the client it has,
 * so that all who use one model share one limiter. Options of a client that exists already are not changed.
 */
export function clientOf(model: BaseChatModel, options?: ClientOptions): ModelClient {
  if (model instanceof ModelClient) return model;
  const known = options ? undefined : clients.get(model);
  if (known) return known;
  const client = new ModelClient(model, options);
  clients.set(model, client);
  return client;
}

/** The name of a model as the resolver takes it: "openai:gpt-4.1-mini", "offline". */
export function modelName(model: BaseChatModel): string {
  return model instanceof ModelClient ? model.label : nameFromModel(model);
}
