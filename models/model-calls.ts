import { setTimeout as sleep } from "node:timers/promises";
import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { type AIMessage, AIMessageChunk } from "@langchain/core/messages";
import { ChatGenerationChunk } from "@langchain/core/outputs";
import PQueue from "p-queue";
import { isSimulacraError, SimulacraError } from "../data/errors.js";
import { cleaned } from "./clean-reply.js";
import type { ClientSettings } from "./client-options.js";
import { endReasonOf } from "./end-reason.js";
import { isInProcess } from "./in-process-chat-model.js";
import { LongestReplyFilter, longestReply } from "./longest-reply.js";
import { withNotesInTurn, withoutSystemRole } from "./message-roles.js";
import { copyOf, withoutRetries } from "./model-copy.js";
import { cancelledError, declinedBy, type Failure, modelError, readFailure } from "./model-errors.js";
import { asksThroughOpenAI, type CallWatch, watched, withTolerantConnection } from "./openai-transport.js";
import { type Asking as AskedOnce, readReply } from "./read-reply.js";
import { ReasoningFilter } from "./reasoning.js";
import {
  decidesAnswers,
  modelWithout,
  optionsWithout,
  refusedParameter,
  refusesLength,
} from "./refused-parameters.js";
import { chained, type ReplyFilter } from "./reply-filter.js";
import { isStated, ownLongest, type Sampling, withSampling } from "./sampling.js";
import { secretsOf } from "./secrets.js";
import { withTimeLimits } from "./time-limits.js";

/** Waits longer than this are not worth it inside a call. */
const longestWaitMs = 60_000;
/** Refused parameters that one call leaves out at most. */
const mostRefusals = 6;
/** Tokens that a model which reasons may take beside its reply. */
const REASONING_ROOM = 4096;

/** How a reply is asked for, with the sampling that is stated for it. */
export interface Asking extends AskedOnce {
  sampling?: Sampling | undefined;
}

/** Options of a call that are ours, beside those of the model. */
export interface FilterOptions {
  /** Made anew for each try: takes out of the reply, without its reasoning, what nobody is to hear. */
  filter?: () => ReplyFilter;
  /** How strongly words already said are avoided, from 0 to 2, where the model has such a setting. */
  frequencyPenalty?: number;
}
type FilteredOptions = AskedOnce["options"] & FilterOptions;

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
  /** The model spends tokens on reasoning, seen in an earlier reply. */
  #reasons = false;
  readonly #sampled = new Map<string, BaseChatModel>();

  constructor(model: BaseChatModel, label: string, settings: ClientSettings) {
    const { model: called, options } = withoutRetries(model);
    this.#model = withTolerantConnection(called);
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
      let limited = true;
      for (let attempt = 0, refusals = 0; ; ) {
        let shown = false;
        const refusedBefore = this.#refused.size;
        const hadRoom = this.#reasons || !limited;
        try {
          // What shows nothing waits for what does: of a reply that comes to nothing, nothing is passed on.
          const held: ChatGenerationChunk[] = [];
          for await (const chunk of this.#once(asking, limited)) {
            held.push(chunk);
            if (!asking.live) continue;
            shown ||= showsSomething(chunk);
            if (shown) yield* held.splice(0);
          }
          if (!shown && !hadRoom && asking.sampling?.maxTokens !== undefined && endedInReasoning(held)) {
            this.#reasons = true;
            continue;
          }
          yield* held;
          if (held.length === 0 && !shown) yield nothing();
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
          if (!shown && limited && asking.sampling?.maxTokens !== undefined && refusesLength(error)) {
            limited = false;
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
  async *#once(asking: Asking, limited: boolean): AsyncGenerator<ChatGenerationChunk> {
    const { filter: makeFilter, frequencyPenalty, ...asked } = asking.options as FilteredOptions;
    const reasoning = new ReasoningFilter({
      startsInside: this.#startsInReasoning,
      whole: !asking.live && makeFilter === undefined,
    });
    const filter = this.#limited(reasoning, makeFilter?.(), asking.sampling?.maxTokens);
    const options = { ...optionsWithout(asked, this.#refused), ...this.#ownOptions };
    const told = isInProcess(this.#model) ? asking.messages : withNotesInTurn(asking.messages);
    const messages = this.#refused.has("system") ? withoutSystemRole(told) : told;
    const watch: CallWatch = { alive: () => {}, refusal: "" };
    const limits = {
      firstTokenMs: this.#settings.firstTokenTimeoutMs,
      idleMs: this.#settings.idleTimeoutMs,
      totalMs: this.#settings.replyTimeoutMs,
    };
    const model = this.#penalizing(this.modelFor(asking.sampling, limited), frequencyPenalty);
    const chunks = withTimeLimits(
      ({ signal, alive }) => {
        watch.alive = alive;
        const given = { ...options, signal };
        const told = asksThroughOpenAI(model) ? watched(given, watch) : given;
        return readReply(model, { ...asking, messages, options: told }, !this.#refused.has("stream"));
      },
      limits,
      asking.options.signal,
      isToken,
    );
    for await (const chunk of cleaned(this.#noting(chunks), filter)) {
      if (makeFilter && reasoning.closedUnopened) break;
      yield chunk;
    }
    if (watch.refusal.trim() !== "") yield nothing({ refusal: watch.refusal.trim() });
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

  /** The filters of one reply, with the most characters that it may have, reasoning and all, and without. */
  #limited(
    reasoning: ReplyFilter,
    filter: ReplyFilter | undefined,
    maxTokens: number | undefined,
  ): ReplyFilter {
    const filters = [reasoning, ...(filter ? [filter] : [])];
    const tokens = maxTokens === undefined ? undefined : (ownLongest(this.#model) ?? maxTokens);
    if (tokens !== undefined) {
      filters.unshift(new LongestReplyFilter(longestReply(tokens + REASONING_ROOM)));
      filters.push(new LongestReplyFilter(longestReply(tokens)));
    }
    return chained(...filters);
  }

  /** The model as it is called where it is to repeat itself less; the same where it has no such setting. */
  #penalizing(model: BaseChatModel, frequencyPenalty: number | undefined): BaseChatModel {
    if (frequencyPenalty === undefined || this.#refused.has("frequency_penalty")) return model;
    return copyOf(model, (part) =>
      "frequencyPenalty" in part ? [["frequencyPenalty", frequencyPenalty]] : [],
    );
  }

  /** The model with the sampling that is stated for a call, and room for its reasoning. */
  modelFor(sampling: Sampling = {}, limited = true): BaseChatModel {
    const { temperature, maxTokens } = sampling;
    const room = this.#reasons ? REASONING_ROOM : 0;
    const longest = maxTokens === undefined || !limited ? undefined : maxTokens + room;
    const key = `${longest}/${temperature}/${[...this.#refused]}`;
    const known = this.#sampled.get(key);
    if (known) return known;
    const made = withSampling(this.#model, { maxTokens: longest, temperature }, this.#refused);
    this.#sampled.set(key, made);
    return made;
  }

  async *#noting(chunks: AsyncIterable<ChatGenerationChunk>): AsyncGenerator<ChatGenerationChunk> {
    for await (const chunk of chunks) {
      this.#reasons ||= holdsReasoning(chunk);
      yield chunk;
    }
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
    const own = modelWithout(this.#model, name);
    // What was only stated by a call is no setting that somebody would miss.
    const isMissed = decidesAnswers(name) && (own !== this.#model || !isStated(name));
    this.#refused.add(name);
    this.#model = own;
    this.#sampled.clear();
    if (isMissed)
      process.emitWarning(
        `Model "${this.#label}" does not take ${name}: its calls go without it from now on.`,
      );
    return true;
  }
}

/** Whether a chunk is a token, of reasoning or text; an empty one only shows that the server lives. */
const isToken = (chunk: ChatGenerationChunk): boolean => showsSomething(chunk) || holdsReasoning(chunk);

function showsSomething({ text, message }: ChatGenerationChunk): boolean {
  const { content, tool_calls, tool_call_chunks } = message as AIMessage & AIMessageChunk;
  const blocks = typeof content === "string" ? 0 : content.length;
  return text !== "" || blocks > 0 || !!tool_calls?.length || !!tool_call_chunks?.length;
}

function holdsReasoning({ message: { additional_kwargs: beside } }: ChatGenerationChunk): boolean {
  return ["reasoning_content", "reasoning", "thinking", "reasoning_details"].some((name) => {
    const value: unknown = beside[name];
    return (typeof value === "string" || Array.isArray(value)) && value.length > 0;
  });
}

/** Whether a reply was cut before it said anything: all its tokens went into reasoning, shown or not. */
const endedInReasoning = (chunks: readonly ChatGenerationChunk[]): boolean =>
  !chunks.some(showsSomething) && chunks.some(({ message }) => endReasonOf(message) === "length");

const nothing = (additional_kwargs: Record<string, unknown> = {}): ChatGenerationChunk =>
  new ChatGenerationChunk({ text: "", message: new AIMessageChunk({ content: "", additional_kwargs }) });

/** Milliseconds to wait before the next try, or undefined where another try would not help. */
export function retryDelay(
  { status, code, message, retryAfterMs, connection }: Failure,
  attempt: number,
  backoffMs: number,
): number | undefined {
  if (code === "insufficient_quota" || declinedBy({ status, code, message })) return undefined;
  const worthIt = connection || status === 408 || status === 425 || status === 429 || (status ?? 0) >= 500;
  if (!worthIt) return undefined;
  if (retryAfterMs !== undefined) return retryAfterMs <= longestWaitMs ? retryAfterMs : undefined;
  return backoffMs * 2 ** attempt * (0.75 + Math.random() / 2);
}
