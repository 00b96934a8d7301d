import type { BaseMessage } from "@langchain/core/messages";
import { messageText } from "../message-text.js";

// The part of node-llama-cpp (version 3) that is used, in types of our own: the package is optional, and its types are not
// there where it is not installed.

/** One entry of the library's chat history; its chat wrapper of the model's family writes the markup. */
export type LlamaHistoryItem =
  | { type: "system" | "user"; text: string }
  | { type: "model"; response: string[] };

/** Text in the library's own form, with the control tokens of the model kept apart. */
interface LlamaText {
  tokenize(tokenizer: unknown): number[];
}

/** Settings of one reply, as `LlamaChat.generateResponse` takes them. */
export interface LlamaReplySettings {
  temperature: number;
  topK: number;
  topP: number;
  minP: number;
  maxTokens: number;
  repeatPenalty: false | { lastTokens: number; penalty: number; frequencyPenalty: number };
  signal?: AbortSignal;
  seed?: number;
  grammar?: object;
  customStopTriggers?: readonly string[];
  onTextChunk?: (text: string) => void;
}

/** One sequence of a context: the tokens that it holds are not read again. */
export interface LlamaSequence {
  readonly contextTokens: readonly number[];
  /** Counts the tokens that were really evaluated. */
  readonly tokenMeter: { readonly usedInputTokens: number };
}

/** A chat on one sequence. */
export interface LlamaChat {
  readonly chatWrapper: {
    generateContextState(asked: { chatHistory: LlamaHistoryItem[] }): { contextText: LlamaText };
  };
  generateResponse(
    history: LlamaHistoryItem[],
    settings: LlamaReplySettings,
  ): Promise<{ response: string; metadata: { stopReason: string } }>;
}

interface LlamaContext {
  getSequence(): LlamaSequence;
}

/** A loaded model file. */
export interface LlamaModel {
  readonly trainContextSize: number;
  readonly tokenizer: unknown;
  tokenize(text: string): number[];
  createContext(settings: {
    contextSize: number | { max: number };
    sequences: number;
    threads?: number;
  }): Promise<LlamaContext & { readonly contextSize: number }>;
}

/** The program that runs models. */
export interface Llama {
  loadModel(settings: { modelPath: string }): Promise<LlamaModel>;
  createGrammarForJsonSchema(schema: object): Promise<object>;
}

/** The module. */
export interface LlamaLibrary {
  getLlama(settings: { build: "never"; gpu?: false; logLevel?: string }): Promise<Llama>;
  LlamaChat: new (settings: { contextSequence: LlamaSequence }) => LlamaChat;
}

/** Messages as the library's history; the reply that is asked for stands as an empty one at its end. */
export function llamaHistory(messages: readonly BaseMessage[]): LlamaHistoryItem[] {
  const items = messages.map((message): LlamaHistoryItem => {
    const text = messageText(message);
    const type = message.getType();
    if (type === "ai") return { type: "model", response: [text] };
    return { type: type === "system" ? "system" : "user", text };
  });
  return [...items, { type: "model", response: [] }];
}
