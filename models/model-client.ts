import { CallbackManagerForLLMRun } from "@langchain/core/callbacks/manager";
import type { BaseLanguageModelInput } from "@langchain/core/language_models/base";
import {
  BaseChatModel,
  type BaseChatModelCallOptions,
  type BindToolsInput,
  type LangSmithParams,
} from "@langchain/core/language_models/chat_models";
import { AIMessage, type AIMessageChunk, type BaseMessage } from "@langchain/core/messages";
import { ChatGenerationChunk, type ChatResult } from "@langchain/core/outputs";
import { type Runnable, RunnableBinding } from "@langchain/core/runnables";
import { SimulacraError } from "../data/errors.js";
import { type ClientOptions, clientSettings } from "./client-options.js";
import { endReasonOf } from "./end-reason.js";
import { asChunk, asMessage, reportedUsage } from "./message-copy.js";
import { contentText } from "./message-text.js";
import { type FilterOptions, ModelCalls } from "./model-calls.js";
import { joinChunks } from "./read-reply.js";
import { withoutReasoning } from "./reasoning.js";
import type { Sampling } from "./sampling.js";
import { redactInside, secretsOf } from "./secrets.js";

/** Options of one call, beside LangChain's own. */
export interface ClientCallOptions extends BaseChatModelCallOptions, FilterOptions {
  /** How the reply is drawn, where the model has no setting of its own. */
  sampling?: Sampling;
  /** Holds the reply back until `release` has said what may be shown of it. */
  held?: {
    /** Unlike in every call, so that a cache of LangChain's neither gives nor keeps the reply of another one. */
    by: string;
    release(text: string): Promise<string>;
  };
}

/**
 * The model client: any LangChain chat model, called through `ModelCalls` (a limiter, time limits, retries, no reasoning
 * text, errors of this package). It streams wherever a caller streams. Made by `clientOf`; the model stays as it is.
 */
export class ModelClient extends BaseChatModel<ClientCallOptions> {
  readonly inner: BaseChatModel;
  readonly label: string;
  readonly #enforces: boolean;
  #ignores = false;
  readonly #calls: ModelCalls;

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
    this.#enforces = options.enforcesJsonSchema ?? speaksOpenAI(inner);
    this.#calls = new ModelCalls(inner, this.label, settings);
    this.lc_namespace = [...inner.lc_namespace];
  }

  /** Whether `response_format: json_schema` is sent: no longer once the server has refused it. */
  get enforcesJsonSchema(): boolean {
    return this.#enforces && !this.#calls.refuses("response_format");
  }

  /** Whether a reply came that the schema should have kept from coming: the server takes `response_format` and heeds it not. */
  get ignoresJsonSchema(): boolean {
    return this.#ignores;
  }

  /** Notes a reply that does not fit the schema that was sent: from now on the model is told the schema in words too. */
  noteUnfit(): void {
    this.#ignores = true;
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
    const model = this.#calls.modelFor(options?.sampling);
    return redactInside(model.invocationParams(options), secretsOf(this.inner));
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
    const chunks = options.held
      ? this.#heldAsChunk(messages, options, runManager)
      : this.#calls.reply({ messages, live: true, ...apart(options), ...unheard(runManager) });
    for await (const chunk of chunks) {
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

  async *#heldAsChunk(
    messages: BaseMessage[],
    options: this["ParsedCallOptions"],
    runManager?: CallbackManagerForLLMRun,
  ): AsyncGenerator<ChatGenerationChunk> {
    const { generations } = await this._generate(messages, options, runManager);
    for (const { text, message } of generations)
      yield new ChatGenerationChunk({ text, message: asChunk(message) });
  }

  override async _generate(
    messages: BaseMessage[],
    options: this["ParsedCallOptions"],
    runManager?: CallbackManagerForLLMRun,
  ): Promise<ChatResult> {
    const { held } = options;
    const chunks: ChatGenerationChunk[] = [];
    for await (const chunk of this.#calls.reply({
      messages,
      live: false,
      ...apart(options),
      ...unheard(runManager),
    }))
      chunks.push(chunk);
    const { message: whole, generationInfo } = joinChunks(chunks);
    const { content } = whole;
    const reply = asMessage(whole, typeof content === "string" ? withoutReasoning(content) : content);
    const message = held ? await released(held, reply) : reply;
    return {
      generations: [{ text: message.text, message, ...(!held && generationInfo && { generationInfo }) }],
    };
  }
}

/** Our own options of a call, and those of the wrapped model. */
function apart({ sampling, held: _held, ...options }: ModelClient["ParsedCallOptions"]) {
  return { sampling, options };
}

/** The run as the wrapped model is told of it: its metadata, and nobody who listens. The client tells the callbacks. */
function unheard(run: CallbackManagerForLLMRun | undefined): { runManager?: CallbackManagerForLLMRun } {
  if (run === undefined) return {};
  const told: unknown = Reflect.get(run, "metadata");
  return {
    runManager: new CallbackManagerForLLMRun(
      run.runId,
      [],
      [],
      [],
      [],
      Object(told) as Record<string, unknown>,
      {},
    ),
  };
}

/**
 * The message that takes a held reply's place: the released text, the same id, tokens and end reason, and nothing else of
 * it. An empty reply stays empty.
 */
async function released(
  { release }: NonNullable<ClientCallOptions["held"]>,
  reply: AIMessage,
): Promise<AIMessage> {
  const text = withoutReasoning(contentText(reply.content));
  const usage = reportedUsage(reply);
  return new AIMessage({
    content: text === "" ? "" : await release(text),
    response_metadata: { finish_reason: endReasonOf(reply) },
    ...(reply.id !== undefined && { id: reply.id }),
    ...(usage && { usage_metadata: usage }),
  } as object);
}

/** ChatOpenAI and its kin, whatever server they ask. */
const speaksOpenAI = (model: BaseChatModel): boolean => "completions" in model;

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
