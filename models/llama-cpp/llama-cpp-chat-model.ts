import type { CallbackManagerForLLMRun } from "@langchain/core/callbacks/manager";
import { BaseChatModel, type BaseChatModelCallOptions } from "@langchain/core/language_models/chat_models";
import { AIMessageChunk, type BaseMessage } from "@langchain/core/messages";
import { ChatGenerationChunk, type ChatResult } from "@langchain/core/outputs";
import { asMessage } from "../message-copy.js";
import { joinChunks } from "../read-reply.js";
import { LlamaSequences } from "./llama-sequences.js";
import {
  type Llama,
  type LlamaChat,
  type LlamaLibrary,
  type LlamaModel,
  type LlamaReplySettings,
  type LlamaSequence,
  llamaHistory,
} from "./node-llama-cpp.js";

/** Settings of a model file. */
export interface LlamaCppOptions {
  /** The GGUF file. */
  path: string;
  /** Tokens that one prompt and its reply may hold. @default what the model was trained for, at most 8192 */
  contextSize?: number;
  /** Prompts whose beginnings are kept; as many are answered at once. @default 4, one for each agent */
  sequences?: number;
  /** Threads of the processor. @default the library's choice */
  threads?: number;
  /** @default 0.8, as llama.cpp's own server */
  temperature?: number;
  /** Most tokens of a reply. @default 1024 */
  maxTokens?: number;
}

/** What one call may set, in LangChain's words or OpenAI's. */
export interface LlamaCppCallOptions extends BaseChatModelCallOptions {
  temperature?: number;
  maxTokens?: number;
  max_tokens?: number;
  frequencyPenalty?: number;
  frequency_penalty?: number;
  seed?: number;
  response_format?: { type: string; json_schema?: { schema?: unknown } };
}

const LARGEST_CONTEXT = 8192;
/** llama.cpp's server sets no limit: a small model that runs in circles would go on until its context is full. */
const LONGEST_REPLY = 1024;
/** As llama.cpp's own server samples. */
const sampling = { temperature: 0.8, topK: 40, topP: 0.95, minP: 0.05 } as const;
/** Tokens of the reply that a frequency penalty looks back on. */
const PENALTY_TOKENS = 256;

/** A GGUF file in this process, by node-llama-cpp: the model's own chat markup, replies by grammar, streaming. */
export class LlamaCppChatModel extends BaseChatModel<LlamaCppCallOptions> {
  readonly label: string;
  private readonly grammars = new Map<string, Promise<object>>();

  private constructor(
    private readonly llama: Llama,
    private readonly model: LlamaModel,
    private readonly chats: LlamaSequences<{ chat: LlamaChat; sequence: LlamaSequence }>,
    private readonly contextSize: number,
    private readonly options: LlamaCppOptions,
  ) {
    super({});
    this.label = `llamacpp:${options.path}`;
  }

  /** Loads the file. `library` is the module node-llama-cpp. */
  static async open(library: LlamaLibrary, options: LlamaCppOptions): Promise<LlamaCppChatModel> {
    const llama = await library.getLlama({ build: "never", logLevel: "error" });
    const model = await llama.loadModel({ modelPath: options.path });
    const sequences = options.sequences ?? 4;
    const context = await model.createContext({
      contextSize: options.contextSize ?? { max: Math.min(model.trainContextSize, LARGEST_CONTEXT) },
      sequences,
      ...(options.threads !== undefined && { threads: options.threads }),
    });
    const slot = () => {
      const sequence = context.getSequence();
      const chat = new library.LlamaChat({ contextSequence: sequence });
      return { held: { chat, sequence }, tokens: () => sequence.contextTokens, busy: false, used: 0 };
    };
    const chats = new LlamaSequences([slot(), ...Array.from({ length: sequences - 1 }, slot)]);
    return new LlamaCppChatModel(llama, model, chats, context.contextSize, options);
  }

  override _llmType(): string {
    return "llamacpp";
  }

  override getLsParams(options: this["ParsedCallOptions"]) {
    return { ...super.getLsParams(options), ls_provider: "llamacpp", ls_model_name: this.options.path };
  }

  override async _generate(messages: BaseMessage[], options: this["ParsedCallOptions"]): Promise<ChatResult> {
    const chunks: ChatGenerationChunk[] = [];
    for await (const chunk of this._streamResponseChunks(messages, options)) chunks.push(chunk);
    const { text, message } = joinChunks(chunks);
    return { generations: [{ text, message: asMessage(message) }] };
  }

  override async *_streamResponseChunks(
    messages: BaseMessage[],
    options: this["ParsedCallOptions"],
    runManager?: CallbackManagerForLLMRun,
  ): AsyncGenerator<ChatGenerationChunk> {
    const texts = new TextQueue();
    const stop = new AbortController();
    const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
    const ended = this.reply(messages, options, signal, (text) => texts.put(text)).finally(() => texts.end());
    // Awaited below; here only so that a failure before is not taken for one that nobody handles.
    ended.catch(() => undefined);
    try {
      for await (const text of texts.all()) {
        const chunk = new ChatGenerationChunk({ text, message: new AIMessageChunk(text) });
        yield chunk;
        await runManager?.handleLLMNewToken(text, undefined, undefined, undefined, undefined, { chunk });
      }
      const { finish_reason, usage_metadata } = await ended;
      const message = new AIMessageChunk({
        content: "",
        usage_metadata,
        response_metadata: { finish_reason },
      } as object);
      yield new ChatGenerationChunk({ text: "", message, generationInfo: { finish_reason } });
    } finally {
      // Whoever stops listening has stopped the reply.
      stop.abort();
    }
  }

  private async reply(
    messages: BaseMessage[],
    options: this["ParsedCallOptions"],
    signal: AbortSignal,
    onTextChunk: (text: string) => void,
  ) {
    const history = llamaHistory(messages);
    const grammar = await this.grammarOf(options.response_format);
    const penalty = options.frequencyPenalty ?? options.frequency_penalty ?? 0;
    const longest = options.maxTokens ?? options.max_tokens ?? this.options.maxTokens ?? LONGEST_REPLY;
    const prompt = this.tokensOf(history);
    const room = this.contextSize - prompt.length;
    // The library would drop the beginning of the prompt instead: who the person is.
    if (room <= 0) throw new Error(overflow(prompt.length, this.contextSize));
    const settings: LlamaReplySettings = {
      ...sampling,
      temperature: options.temperature ?? this.options.temperature ?? sampling.temperature,
      maxTokens: Math.max(1, Math.min(longest, room)),
      repeatPenalty:
        penalty === 0 ? false : { lastTokens: PENALTY_TOKENS, penalty: 1, frequencyPenalty: penalty },
      signal,
      onTextChunk,
      ...(grammar && { grammar }),
      ...(options.seed !== undefined && { seed: options.seed }),
      ...(options.stop && { customStopTriggers: options.stop }),
    };
    return this.chats.use(prompt, async ({ chat, sequence }) => {
      signal.throwIfAborted();
      const before = sequence.tokenMeter.usedInputTokens;
      const { response, metadata } = await chat.generateResponse(history, settings);
      const read = sequence.tokenMeter.usedInputTokens - before;
      const output_tokens = this.model.tokenize(response).length;
      return {
        finish_reason: metadata.stopReason === "maxTokens" ? "length" : "stop",
        usage_metadata: {
          input_tokens: prompt.length,
          output_tokens,
          total_tokens: prompt.length + output_tokens,
          input_token_details: { cache_read: Math.max(0, prompt.length - read) },
        },
      };
    });
  }

  private tokensOf(chatHistory: Parameters<LlamaChat["generateResponse"]>[0]): number[] {
    return this.chats.any.chat.chatWrapper
      .generateContextState({ chatHistory })
      .contextText.tokenize(this.model.tokenizer);
  }

  private async grammarOf(format: LlamaCppCallOptions["response_format"]): Promise<object | undefined> {
    const schema = format?.json_schema?.schema;
    if (typeof schema !== "object" || schema === null) return undefined;
    const key = JSON.stringify(schema);
    const known = this.grammars.get(key) ?? this.llama.createGrammarForJsonSchema(schema);
    this.grammars.set(key, known);
    return known;
  }
}

/** Said as llama.cpp's own server says it. */
const overflow = (tokens: number, size: number) =>
  `request (${tokens} tokens) exceeds the available context size (${size} tokens), try increasing it`;

/** Pieces of text on their way from who writes to who reads. */
class TextQueue {
  private readonly texts: string[] = [];
  private ended = false;
  private wake: () => void = () => undefined;

  put(text: string): void {
    if (text !== "") this.texts.push(text);
    this.wake();
  }

  end(): void {
    this.ended = true;
    this.wake();
  }

  async *all(): AsyncGenerator<string> {
    for (;;) {
      const text = this.texts.shift();
      if (text !== undefined) yield text;
      else if (this.ended) return;
      else await new Promise<void>((wake) => (this.wake = wake));
    }
  }
}
