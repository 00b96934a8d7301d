import {
  AIMessage,
  type AIMessageChunk,
  type BaseMessage,
  HumanMessage,
  SystemMessage,
  type UsageMetadata,
} from "@langchain/core/messages";
import { describe, expect, it } from "vitest";
import { LlamaCppChatModel, type LlamaCppOptions } from "./llama-cpp-chat-model.js";
import type { LlamaChat, LlamaHistoryItem, LlamaLibrary, LlamaReplySettings } from "./node-llama-cpp.js";

// The library is played: it answers with the words of `replies`, one token a word, and reads only what it has not read.

const tokensOf = (text: string): number[] =>
  (text.match(/\S+/gu) ?? []).map((word) =>
    [...word].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 65_521, 7),
  );
const textOf = (history: LlamaHistoryItem[]): string =>
  history.map((item) => (item.type === "model" ? item.response.join(" ") : item.text)).join(" ");

interface Played {
  replies: string[];
  asked: { history: LlamaHistoryItem[]; settings: LlamaReplySettings; sequence: number }[];
  grammars: object[];
}

function library(played: Played): LlamaLibrary {
  let made = 0;
  class Chat implements LlamaChat {
    readonly sequence: { contextTokens: number[]; tokenMeter: { usedInputTokens: number }; place: number };
    readonly chatWrapper = {
      generateContextState: ({ chatHistory }: { chatHistory: LlamaHistoryItem[] }) => ({
        contextText: { tokenize: () => tokensOf(textOf(chatHistory)) },
      }),
    };
    constructor({ contextSequence }: { contextSequence: unknown }) {
      this.sequence = contextSequence as Chat["sequence"];
    }
    async generateResponse(history: LlamaHistoryItem[], settings: LlamaReplySettings) {
      played.asked.push({ history, settings, sequence: this.sequence.place });
      const prompt = tokensOf(textOf(history));
      const held = this.sequence.contextTokens;
      const kept = prompt.findIndex((token, at) => token !== held[at]);
      this.sequence.tokenMeter.usedInputTokens += kept < 0 ? 0 : prompt.length - kept;
      this.sequence.contextTokens = prompt;
      const words = (played.replies.shift() ?? "").match(/\S+\s*/gu) ?? [];
      const said = words.slice(0, settings.maxTokens);
      for (const word of said) {
        await new Promise((next) => setTimeout(next, 1));
        settings.signal?.throwIfAborted();
        settings.onTextChunk?.(word);
      }
      return {
        response: said.join(""),
        metadata: { stopReason: said.length < words.length ? "maxTokens" : "eogToken" },
      };
    }
  }
  return {
    getLlama: async () => ({
      loadModel: async () => ({
        trainContextSize: 2048,
        tokenizer: {},
        tokenize: tokensOf,
        createContext: async ({ contextSize }) => ({
          contextSize: typeof contextSize === "number" ? contextSize : contextSize.max,
          getSequence: () => ({ contextTokens: [], tokenMeter: { usedInputTokens: 0 }, place: made++ }),
        }),
      }),
      createGrammarForJsonSchema: async (schema) => {
        played.grammars.push(schema);
        return { schema };
      },
    }),
    LlamaChat: Chat,
  };
}

const readBefore = (reply: AIMessageChunk): number | undefined =>
  (reply.usage_metadata as UsageMetadata | undefined)?.input_token_details?.cache_read;

async function opened(replies: string[], options: Partial<LlamaCppOptions> = {}) {
  const played: Played = { replies, asked: [], grammars: [] };
  const model = await LlamaCppChatModel.open(library(played), { path: "/m.gguf", ...options });
  return { model, played };
}

const persona = new SystemMessage(`You are Ida. ${"She mends nets by the harbour. ".repeat(20)}`);

describe("a model file in the process", () => {
  it("streams word by word, with the tokens and the end reason last", async () => {
    const { model } = await opened(["I mend nets."]);
    const chunks = [];
    for await (const chunk of await model.stream([persona, new HumanMessage("What do you do?")]))
      chunks.push(chunk);
    expect(chunks.map(({ text }) => text)).toEqual([
      "I ",
      "mend ",
      "nets.",
      "",
      ...chunks.slice(4).map(({ text }) => text),
    ]);
    const whole = chunks.reduce((all, chunk) => all.concat(chunk));
    expect(whole.usage_metadata).toMatchObject({ output_tokens: 3, input_tokens: 127 });
    expect(whole.response_metadata).toMatchObject({ finish_reason: "stop" });
  });

  it("answers ten times and more, and reads again only what is new", async () => {
    const { model, played } = await opened(Array.from({ length: 12 }, (_, turn) => `Reply ${turn}.`));
    const messages: BaseMessage[] = [persona];
    for (let turn = 0; turn < 12; turn++) {
      messages.push(new HumanMessage(`Question ${turn}?`));
      const reply = await model.invoke(messages);
      expect(reply.text).toBe(`Reply ${turn}.`);
      if (turn > 0) expect(readBefore(reply)).toBeGreaterThan(120);
      messages.push(new AIMessage(reply.text));
    }
    expect(new Set(played.asked.map(({ sequence }) => sequence)).size).toBe(1);
    expect(played.asked[1]?.history.map(({ type }) => type)).toEqual([
      "system",
      "user",
      "model",
      "user",
      "model",
    ]);
  });

  it("gives every agent a sequence of its own, so that none loses its beginning", async () => {
    const { model, played } = await opened(
      Array.from({ length: 9 }, () => "Yes."),
      { sequences: 3 },
    );
    const roles = ["Notice ", "Think ", "Feel "].map((act) => new SystemMessage(act.repeat(60)));
    for (let turn = 0; turn < 3; turn++)
      for (const role of roles) await model.invoke([role, new HumanMessage(`Question ${turn}?`)]);
    expect(played.asked.map(({ sequence }) => sequence)).toEqual([0, 1, 2, 0, 1, 2, 0, 1, 2]);
  });

  it("waits for a free sequence where more is asked at once", async () => {
    const { model } = await opened(["One.", "Two.", "Three."], { sequences: 1 });
    const replies = await Promise.all([1, 2, 3].map(() => model.invoke([new HumanMessage("Say a number.")])));
    expect(replies.map(({ text }) => text).sort()).toEqual(["One.", "Three.", "Two."]);
  });

  it("holds a structured reply to its schema, and makes the grammar once", async () => {
    const { model, played } = await opened(['{"a":1}', '{"a":2}']);
    const schema = { type: "object", properties: { a: { type: "integer" } } };
    const options = { response_format: { type: "json_schema", json_schema: { name: "x", schema } } };
    await model.invoke([new HumanMessage("A number.")], options);
    await model.invoke([new HumanMessage("Another.")], options);
    expect(played.grammars).toEqual([schema]);
    expect(played.asked[1]?.settings.grammar).toEqual({ schema });
  });

  it("passes on the longest reply, temperature, penalty and stop words, and says when a reply was cut", async () => {
    const { model, played } = await opened(["one two three four", "one two three four"], { maxTokens: 3 });
    const cut = await model.invoke([new HumanMessage("Count.")]);
    expect([cut.text, cut.response_metadata.finish_reason]).toEqual(["one two three ", "length"]);
    await model.invoke([new HumanMessage("Count.")], {
      max_tokens: 2,
      temperature: 0,
      frequency_penalty: 0.5,
      stop: ["three"],
    });
    expect(played.asked.map(({ settings }) => settings)).toMatchObject([
      { maxTokens: 3, temperature: 0.8, repeatPenalty: false },
      {
        maxTokens: 2,
        temperature: 0,
        repeatPenalty: { frequencyPenalty: 0.5 },
        customStopTriggers: ["three"],
      },
    ]);
  });

  it("refuses a prompt that does not fit, with the words of llama.cpp's server", async () => {
    const { model, played } = await opened(["Yes."], { contextSize: 50 });
    await expect(model.invoke([persona, new HumanMessage("Hello")])).rejects.toThrow(
      "exceeds the available context size (50 tokens)",
    );
    expect(played.asked).toEqual([]);
    expect((await model.invoke([new HumanMessage("Hello")])).text).toBe("Yes.");
  });

  it("stops when its caller does, and answers the next one", async () => {
    const { model } = await opened(["word ".repeat(500), "Here."]);
    const stop = new AbortController();
    await expect(async () => {
      for await (const _ of await model.stream([new HumanMessage("Go on.")], { signal: stop.signal }))
        stop.abort();
    }).rejects.toThrow();
    expect((await model.invoke([new HumanMessage("Are you there?")])).text).toBe("Here.");
  });
});
