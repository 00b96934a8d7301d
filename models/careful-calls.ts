import { setTimeout as sleep } from "node:timers/promises";
import { BaseChatModel } from "@langchain/core/language_models/chat_models";
import type { BaseMessage } from "@langchain/core/messages";
import { ChatGenerationChunk } from "@langchain/core/outputs";
import PQueue from "p-queue";
import type { ClientSettings } from "./client-options.js";
import { asChunk } from "./message-copy.js";
import { cancelledError, modelError, readFailure, retryDelay } from "./model-errors.js";
import { decidesAnswers, optionsWithout, refusedParameter, withoutParameter } from "./refused-parameters.js";
import { ReplyCleaner } from "./reply-cleaner.js";
import { secretsOf } from "./secrets.js";
import { withTimeLimits } from "./time-limits.js";

type CallOptions = BaseChatModel["ParsedCallOptions"];

/** Calls of one model under one limiter: tried again, limited in time, cleaned of reasoning, with our errors. */
export class CarefulCalls {
  readonly #model: BaseChatModel;
  readonly #label: string;
  readonly #settings: ClientSettings;
  readonly #queue: PQueue;
  readonly #refused = new Set<string>();
  /** The model's template opens its reasoning inside the prompt, seen in an earlier reply. */
  #startsInReasoning = false;

  constructor(model: BaseChatModel, label: string, settings: ClientSettings) {
    this.#model = model;
    this.#label = label;
    this.#settings = settings;
    this.#queue = new PQueue({ concurrency: settings.concurrency });
  }

  /** Whether the model has refused a parameter before. */
  refuses(parameter: string): boolean {
    return this.#refused.has(parameter);
  }

  /** Tries until a reply comes. With `live`, chunks are passed on as they come, and a cut in their midst is final. */
  async *reply(
    messages: BaseMessage[],
    options: CallOptions,
    live: boolean,
  ): AsyncGenerator<ChatGenerationChunk> {
    const { signal } = options;
    if (signal?.aborted) throw cancelledError(this.#label, signal.reason);
    const release = await this.#slot(signal);
    try {
      for (let attempt = 0, refusals = 0; ; ) {
        let shown = false;
        const refusedBefore = this.#refused.size;
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
            if (live) {
              shown ||= chunk.text !== "";
              yield chunk;
            } else held.push(chunk);
          }
          if (cleaner.closedUnopened) this.#startsInReasoning = true;
          yield* held;
          return;
        } catch (error) {
          if (signal?.aborted) throw cancelledError(this.#label, signal.reason);
          const failed = {
            model: this.#label,
            attempts: attempt + 1,
            midStream: shown,
            secrets: secretsOf(this.#model),
          };
          if (shown) throw modelError(error, failed);
          if (refusals < 4 && this.#leaveOut(error, refusedBefore)) {
            refusals++;
            continue;
          }
          const wait = retryDelay(readFailure(error), attempt, this.#settings.backoffMs);
          if (wait === undefined || attempt >= this.#settings.maxRetries) throw modelError(error, failed);
          attempt++;
          try {
            await sleep(wait, undefined, signal ? { signal } : {});
          } catch {
            throw cancelledError(this.#label, signal?.reason);
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
    options: CallOptions,
    live: boolean,
  ): AsyncGenerator<ChatGenerationChunk> {
    const canStream =
      this.#model._streamResponseChunks !== BaseChatModel.prototype._streamResponseChunks &&
      !this.#model.disableStreaming &&
      !this.#refused.has("stream") &&
      !Reflect.get(this.#model, "logprobs");
    if (canStream && (live || !Reflect.get(this.#model, "inProcess"))) {
      yield* this.#model._streamResponseChunks(messages, options);
      return;
    }
    const { generations } = await this.#model._generate(messages, options);
    const generation = generations[0];
    if (!generation) return;
    const message = asChunk(generation.message);
    // What a server says beside the reply (log-probabilities); LangChain drops it where somebody listens to tokens.
    message.response_metadata = { ...generation.generationInfo, ...message.response_metadata };
    yield new ChatGenerationChunk({
      text: generation.text,
      message,
      ...(generation.generationInfo && { generationInfo: generation.generationInfo }),
    });
  }

  /** Waits for a free place; gives back the function that frees it. */
  async #slot(signal: AbortSignal | undefined): Promise<() => void> {
    return new Promise((resolve, reject) => {
      this.#queue
        .add(() => new Promise<void>((release) => resolve(release)), signal ? { signal } : {})
        .catch(() => reject(cancelledError(this.#label, signal?.reason)));
    });
  }

  /** Whether the error names a parameter that is left out from now on, by this call or by one at the same time. */
  #leaveOut(error: unknown, refusedBefore: number): boolean {
    const name = refusedParameter(error);
    if (name === undefined) return false;
    if (this.#refused.has(name)) return this.#refused.size > refusedBefore;
    this.#refused.add(name);
    withoutParameter(this.#model, name);
    if (decidesAnswers(name))
      process.emitWarning(
        `Model "${this.#label}" does not take ${name}: its calls go without it from now on.`,
      );
    return true;
  }
}
