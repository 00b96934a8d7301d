import { setTimeout as sleep } from "node:timers/promises";
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
import PQueue from "p-queue";
import { SimulacraError } from "../data/errors.js";
import { joinChunks } from "./join-chunks.js";
import { asChunk, asMessage } from "./message-copy.js";
import { cancelledError, modelError, readFailure, retryDelay } from "./model-errors.js";
import { withoutReasoning } from "./reasoning.js";
import { optionsWithout, refusedParameter, withoutParameter } from "./refused-parameters.js";
import { ReplyCleaner } from "./reply-cleaner.js";
import { withTimeLimits } from "./time-limits.js";

/** Settings of a model client. */
export interface ClientOptions {
  /** The name that `modelName` gives and errors show. @default read from the model */
  name?: string;
  /** Calls at the same time; more wait their turn. @default 8 */
  concurrency?: number;
  /** Further tries after 429, 5xx or a lost connection. @default 2 */
  maxRetries?: number;
  /** First wait between tries in milliseconds, doubled each time; `retry-after` goes before it. @default 500 */
  backoffMs?: number;
  /** Limit to the first token in milliseconds. @default 120_000 */
  firstTokenTimeoutMs?: number;
  /** Limit between two tokens in milliseconds. @default 60_000 */
  idleTimeoutMs?: number;
  /** The server enforces `response_format: json_schema`. @default false */
  enforcesJsonSchema?: boolean;
}

const defaults = {
  concurrency: 8,
  maxRetries: 2,
  backoffMs: 500,
  firstTokenTimeoutMs: 120_000,
  idleTimeoutMs: 60_000,
  enforcesJsonSchema: false,
} as const;

function checked(options: ClientOptions): Required<Omit<ClientOptions, "name">> {
  const merged = {
    ...defaults,
    ...Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)),
  };
  for (const name of [
    "concurrency",
    "maxRetries",
    "backoffMs",
    "firstTokenTimeoutMs",
    "idleTimeoutMs",
  ] as const) {
    const least = name === "maxRetries" || name === "backoffMs" ? 0 : 1;
    if (!Number.isFinite(merged[name]) || merged[name] < least) {
      throw new SimulacraError(
        "invalid_option",
        `Option ${name} must be a number of at least ${least}, but is ${merged[name]}.`,
        "user",
        { option: name },
      );
    }
  }
  return merged;
}

/**
 * The model client: wraps any LangChain chat model and is the one place with a limiter, retries, time limits, removal of
 * reasoning text, parameters that the model refuses, and errors of this package. It streams wherever a caller streams.
 * Made by `clientOf`. The wrapped model's own retries are turned off, so that retries live once.
 */
export class ModelClient extends BaseChatModel {
  readonly inner: BaseChatModel;
  readonly label: string;
  /** Whether structured output may rely on `response_format: json_schema`. */
  enforcesJsonSchema: boolean;
  readonly #queue: PQueue;
  readonly #settings: ReturnType<typeof checked>;
  readonly #refused = new Set<string>();
  /** The model's template opens its reasoning inside the prompt, seen in an earlier reply. */
  #startsInReasoning = false;

  constructor(inner: BaseChatModel, options: ClientOptions = {}) {
    super({
      ...(inner.callbacks !== undefined && { callbacks: inner.callbacks }),
      ...(inner.tags !== undefined && { tags: inner.tags }),
      ...(inner.metadata !== undefined && { metadata: inner.metadata }),
      ...(inner.cache !== undefined && { cache: inner.cache }),
      verbose: inner.verbose,
    });
    this.inner = inner;
    this.#settings = checked(options);
    this.enforcesJsonSchema = this.#settings.enforcesJsonSchema;
    this.label = options.name ?? nameFromModel(inner);
    this.#queue = new PQueue({ concurrency: this.#settings.concurrency });
    this.lc_namespace = [...inner.lc_namespace];
    turnOffRetries(inner);
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
    return this.inner.invocationParams(options);
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
    for await (const chunk of this.#reply(messages, options, true)) {
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

  override async _generate(messages: BaseMessage[], options: this["ParsedCallOptions"]): Promise<ChatResult> {
    const chunks: ChatGenerationChunk[] = [];
    for await (const chunk of this.#reply(messages, options, false)) chunks.push(chunk);
    const whole = joinChunks(chunks);
    const { content } = whole.message;
    const message = asMessage(
      whole.message,
      typeof content === "string" ? withoutReasoning(content) : content,
    );
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

  /** Tries until a reply comes. With `live`, chunks are passed on as they come, and a cut in their midst is final. */
  async *#reply(
    messages: BaseMessage[],
    options: this["ParsedCallOptions"],
    live: boolean,
  ): AsyncGenerator<ChatGenerationChunk> {
    const { signal } = options;
    if (signal?.aborted) throw cancelledError(this.label, signal.reason);
    const release = await this.#slot(signal);
    try {
      for (let attempt = 0, refusals = 0; ; ) {
        let shown = false;
        let begun = false;
        try {
          const cleaner = new ReplyCleaner(this.#startsInReasoning);
          const held: ChatGenerationChunk[] = [];
          const raw = withTimeLimits(
            (inner) =>
              this.#once(messages, { ...optionsWithout(options, this.#refused), signal: inner }, live),
            { firstTokenMs: this.#settings.firstTokenTimeoutMs, idleMs: this.#settings.idleTimeoutMs },
            signal,
          );
          for await (const chunk of cleaner.clean(raw)) {
            begun = true;
            if (live) {
              shown ||= chunk.text !== "";
              yield chunk;
            } else held.push(chunk);
          }
          if (cleaner.closedUnopened) this.#startsInReasoning = true;
          yield* held;
          return;
        } catch (error) {
          if (signal?.aborted) throw cancelledError(this.label, signal.reason);
          const failed = {
            model: this.label,
            attempts: attempt + 1,
            midStream: begun && shown,
            secrets: this.#secrets(),
          };
          if (shown) throw modelError(error, failed);
          if (refusals < 4 && this.#leaveOut(error)) {
            refusals++;
            continue;
          }
          const wait = retryDelay(readFailure(error), attempt, this.#settings.backoffMs);
          if (wait === undefined || attempt >= this.#settings.maxRetries) throw modelError(error, failed);
          attempt++;
          try {
            await sleep(wait, undefined, signal ? { signal } : {});
          } catch {
            throw cancelledError(this.label, signal?.reason);
          }
        }
      }
    } finally {
      release();
    }
  }

  /** One try: the wrapped model's stream where it has one, else its whole reply as one chunk. No callbacks of its own. */
  async *#once(
    messages: BaseMessage[],
    options: this["ParsedCallOptions"],
    live: boolean,
  ): AsyncGenerator<ChatGenerationChunk> {
    const canStream =
      this.inner._streamResponseChunks !== BaseChatModel.prototype._streamResponseChunks &&
      !this.inner.disableStreaming &&
      !this.#refused.has("stream") &&
      !Reflect.get(this.inner, "logprobs");
    if (canStream && (live || !Reflect.get(this.inner, "inProcess"))) {
      yield* this.inner._streamResponseChunks(messages, options);
      return;
    }
    const { generations } = await this.inner._generate(messages, options);
    const generation = generations[0];
    if (!generation) return;
    yield new ChatGenerationChunk({
      text: generation.text,
      message: asChunk(generation.message),
      ...(generation.generationInfo && { generationInfo: generation.generationInfo }),
    });
  }

  /** Waits for a free place; gives back the function that frees it. */
  async #slot(signal: AbortSignal | undefined): Promise<() => void> {
    return new Promise((resolve, reject) => {
      this.#queue
        .add(() => new Promise<void>((release) => resolve(release)), signal ? { signal } : {})
        .catch(() => reject(cancelledError(this.label, signal?.reason)));
    });
  }

  #leaveOut(error: unknown): boolean {
    const name = refusedParameter(error);
    if (name === undefined || this.#refused.has(name)) return false;
    this.#refused.add(name);
    if (name === "response_format") this.enforcesJsonSchema = false;
    withoutParameter(this.inner, name);
    return true;
  }

  #secrets(): string[] {
    return ["apiKey", "openAIApiKey", "anthropicApiKey", "accessToken"]
      .map((name) => Reflect.get(this.inner, name))
      .filter((value): value is string => typeof value === "string" && value !== "");
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
 * so that all who use one model share one limiter.
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
