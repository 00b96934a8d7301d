import { setTimeout as sleep } from "node:timers/promises";
import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import type { ChatGenerationChunk } from "@langchain/core/outputs";
import PQueue from "p-queue";
import { isSimulacraError, SimulacraError } from "../data/errors.js";
import { cleaned } from "./clean-reply.js";
import type { ClientSettings } from "./client-options.js";
import { copyOf, withoutRetries } from "./model-copy.js";
import { cancelledError, type Failure, modelError, readFailure } from "./model-errors.js";
import { type Asking, readReply } from "./read-reply.js";
import { ReasoningFilter } from "./reasoning.js";
import { decidesAnswers, modelWithout, optionsWithout, refusedParameter } from "./refused-parameters.js";
import { chained, type ReplyFilter } from "./reply-filter.js";
import { secretsOf } from "./secrets.js";
import { withTimeLimits } from "./time-limits.js";

/** Waits longer than this are not worth it inside a call. */
const longestWaitMs = 60_000;
/** Refused parameters that one call leaves out at most. */
const mostRefusals = 4;

/** Options of a call that are ours, beside those of the model. */
export interface FilterOptions {
  /** Made anew for each try: takes out of the reply, without its reasoning, what nobody is to hear. */
  filter?: () => ReplyFilter;
  /** How strongly words already said are avoided, from 0 to 2, where the model has such a setting. */
  frequencyPenalty?: number;
}
type FilteredOptions = Asking["options"] & FilterOptions;

/**
 * All calls of one model: at most so many at a time, limited in time, tried again, without parameters that its server
 * refuses, and with our errors. The model itself is never changed; what has to be set otherwise is set in a copy.
 */
export class ModelCalls {
  #model: BaseChatModel;
  readonly #ownOptions: object;
  readonly #label: string;
  readonly #settings: ClientSettings;
  readonly #queue: PQueue;
  readonly #refused = new Set<string>();
  /** The model's template opens its reasoning inside the prompt, seen in an earlier reply. */
  #startsInReasoning = false;

  constructor(model: BaseChatModel, label: string, settings: ClientSettings) {
    const { model: called, options } = withoutRetries(model);
    this.#model = called;
    this.#ownOptions = options;
    this.#label = label;
    this.#settings = settings;
    this.#queue = new PQueue({ concurrency: settings.concurrency });
  }

  /** Whether the model has refused a parameter before. */
  refuses(parameter: string): boolean {
    return this.#refused.has(parameter);
  }

  /** Tries until a reply comes. Of a live one, chunks are passed on as they come, and a cut in their midst is final. */
  async *reply(asking: Asking): AsyncGenerator<ChatGenerationChunk> {
    const { signal } = asking.options;
    if (signal?.aborted) throw cancelledError(this.#label, signal.reason);
    const release = await this.#slot(signal);
    try {
      for (let attempt = 0, refusals = 0; ; ) {
        let shown = false;
        const refusedBefore = this.#refused.size;
        try {
          const whole: ChatGenerationChunk[] = [];
          for await (const chunk of this.#once(asking)) {
            if (asking.live) {
              shown ||= chunk.text !== "";
              yield chunk;
            } else whole.push(chunk);
          }
          yield* whole;
          return;
        } catch (error) {
          if (signal?.aborted) throw cancelledError(this.#label, signal.reason);
          if (isSimulacraError(error) && error.details.unmarkedReasoning === true) {
            if (shown) throw error;
            continue;
          }
          if (!shown && refusals < mostRefusals && this.#leaveOut(error, refusedBefore)) {
            refusals++;
            continue;
          }
          const wait = shown ? undefined : retryDelay(readFailure(error), attempt, this.#settings.backoffMs);
          if (wait === undefined || attempt >= this.#settings.maxRetries) {
            const secrets = secretsOf(this.#model);
            throw modelError(error, { model: this.#label, attempts: attempt + 1, midStream: shown, secrets });
          }
          attempt++;
          await sleep(wait, undefined, signal && { signal }).catch(() => {
            throw cancelledError(this.#label, signal?.reason);
          });
        }
      }
    } finally {
      release();
    }
  }

  /**
   * One try, within its time limits and without its reasoning.
   * @throws SimulacraError model_failed (`midStream`, `unmarkedReasoning`) where a filtered reply turns out to have begun
   * with reasoning that nothing opened: known from now on, so that the next try is clean
   */
  async *#once(asking: Asking): AsyncGenerator<ChatGenerationChunk> {
    const { filter: makeFilter, frequencyPenalty, ...asked } = asking.options as FilteredOptions;
    const reasoning = new ReasoningFilter({
      startsInside: this.#startsInReasoning,
      whole: !asking.live && makeFilter === undefined,
    });
    const filter = makeFilter ? chained(reasoning, makeFilter()) : reasoning;
    const options = { ...optionsWithout(asked, this.#refused), ...this.#ownOptions };
    const limits = {
      firstTokenMs: this.#settings.firstTokenTimeoutMs,
      idleMs: this.#settings.idleTimeoutMs,
    };
    const model = this.#penalizing(frequencyPenalty);
    const chunks = withTimeLimits(
      (signal) =>
        readReply(model, { ...asking, options: { ...options, signal } }, !this.#refused.has("stream")),
      limits,
      asking.options.signal,
    );
    for await (const chunk of cleaned(chunks, filter)) {
      if (makeFilter && reasoning.closedUnopened) break;
      yield chunk;
    }
    if (!reasoning.closedUnopened) return;
    this.#startsInReasoning = true;
    if (makeFilter)
      throw new SimulacraError(
        "model_failed",
        `Model "${this.#label}" thought aloud, and only then marked it as thought. Ask again.`,
        "model",
        { model: this.#label, midStream: true, unmarkedReasoning: true },
      );
  }

  /** The model as it is called where it is to repeat itself less; the same where it has no such setting. */
  #penalizing(frequencyPenalty: number | undefined): BaseChatModel {
    if (frequencyPenalty === undefined || this.#refused.has("frequency_penalty")) return this.#model;
    return copyOf(this.#model, (part) =>
      "frequencyPenalty" in part ? [["frequencyPenalty", frequencyPenalty]] : [],
    );
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
    this.#model = modelWithout(this.#model, name);
    if (decidesAnswers(name))
      process.emitWarning(
        `Model "${this.#label}" does not take ${name}: its calls go without it from now on.`,
      );
    return true;
  }
}

/** Milliseconds to wait before the next try, or undefined where another try would not help. */
export function retryDelay(
  { status, code, retryAfterMs, connection }: Failure,
  attempt: number,
  backoffMs: number,
): number | undefined {
  if (code === "insufficient_quota") return undefined;
  const worthIt = connection || status === 408 || status === 425 || status === 429 || (status ?? 0) >= 500;
  if (!worthIt) return undefined;
  if (retryAfterMs !== undefined) return retryAfterMs <= longestWaitMs ? retryAfterMs : undefined;
  return backoffMs * 2 ** attempt * (0.75 + Math.random() / 2);
}
