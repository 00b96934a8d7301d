import { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { AIMessageChunk, HumanMessage } from "@langchain/core/messages";
import { tool } from "@langchain/core/tools";
import { ChatOpenAI } from "@langchain/openai";
import { afterEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { type ErrorCode, isSimulacraError, SimulacraError } from "../data/errors.js";
import { type Behaviour, FaultyModelServer } from "../dev/doubles/models/faulty-model-server.js";
import type { ClientOptions } from "./client-options.js";
import { clientOf, type ModelClient, modelName } from "./model-client.js";
import { ScriptedChatModel } from "./scripted-chat-model.js";

const secret = "sk-proj-averysecretkey1234567890";
const question = [new HumanMessage("How are you?")];
let server: FaultyModelServer | undefined;

afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function clientFor(behaviours: Behaviour[], options: ClientOptions = {}): Promise<ModelClient> {
  server = await FaultyModelServer.start(...behaviours);
  const configuration = { baseURL: server.baseURL };
  const model = new ChatOpenAI({ model: "stub", apiKey: secret, configuration, temperature: 0.3 });
  return clientOf(model, { backoffMs: 10, firstTokenTimeoutMs: 3_000, idleTimeoutMs: 3_000, ...options });
}

async function streamed(client: ModelClient, options: object = {}): Promise<string> {
  let text = "";
  for await (const chunk of await client.stream(question, options)) text += chunk.text;
  return text;
}

async function failure(promise: Promise<unknown>): Promise<SimulacraError> {
  const error = await promise.then(
    () => new Error("did not fail"),
    (reason: unknown) => reason,
  );
  if (!(error instanceof SimulacraError)) throw error;
  const shown = `${error.message} ${error.stack} ${JSON.stringify(error.details)} ${String(error.cause)} ${JSON.stringify(error.cause)} ${(error.cause as Error | undefined)?.stack}`;
  expect(shown).not.toContain(secret);
  expect(shown).not.toContain("secretkey");
  return error;
}

describe("a reply", () => {
  it("comes whole and as a stream, with the usage reported", async () => {
    const client = await clientFor([{ reply: ["I am ", "well", "."] }]);
    const whole = await client.invoke(question);
    expect(whole.text).toBe("I am well.");
    expect(whole.usage_metadata).toMatchObject({ input_tokens: 11, output_tokens: 7 });
    expect(await streamed(client)).toBe("I am well.");
  });

  it("holds no reasoning, in text or in additional_kwargs", async () => {
    const client = await clientFor([
      { reasoning: "secretly", reply: ["<th", "ink>so</thi", "nk>\n\nWell", " then."] },
    ]);
    expect(await streamed(client)).toBe("Well then.");
    const whole = await client.invoke(question);
    expect(whole.text).toBe("Well then.");
    expect(JSON.stringify(whole)).not.toContain("secretly");
  });

  it("is cut whole where the model's template opens the reasoning, and streams without it from then on", async () => {
    const client = await clientFor([{ reply: ["Let me see", ".</think>", "Well."] }]);
    expect((await client.invoke(question)).text).toBe("Well.");
    expect(await streamed(client)).toBe("Well.");
  });
});

describe("a failing server is asked again", () => {
  it("after 500, and once for all: the wrapped model's own retries are off", async () => {
    const client = await clientFor([{ status: 500 }, { status: 503 }, {}]);
    expect(await streamed(client)).toBe("Good.");
    expect(server?.requests).toHaveLength(3);
  });

  it("not more often than maxRetries", async () => {
    const client = await clientFor([{ status: 500 }], { maxRetries: 1 });
    const error = await failure(client.invoke(question));
    expect(error).toMatchObject({ code: "model_failed", details: { status: 500, attempts: 2 } });
    expect(server?.requests).toHaveLength(2);
  });

  it("after 429, when the server's retry-after is over", async () => {
    const client = await clientFor([{ status: 429, headers: { "retry-after": "1" } }, {}]);
    expect((await client.invoke(question)).text).toBe("Good.");
    const [first, second] = server?.requests ?? [];
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThan(950);
  });

  it("after a lost connection, and after a cut that nobody has seen", async () => {
    const client = await clientFor([{ fault: "reset" }, { fault: "drop", reply: ["a", "b", "c"] }, {}]);
    expect((await client.invoke(question)).text).toBe("Good.");
  });

  it("but not in the midst of a stream that was already shown", async () => {
    const client = await clientFor([{ fault: "drop", reply: ["One ", "two ", "three"] }, {}]);
    const error = await failure(streamed(client));
    expect(error).toMatchObject({ code: "model_failed", details: { midStream: true } });
    expect(server?.requests).toHaveLength(1);
  });

  it("never with a wrong key or a wrong name", async () => {
    const cases: [number, ErrorCode][] = [
      [401, "missing_key"],
      [404, "unknown_model"],
      [400, "model_failed"],
    ];
    for (const [status, code] of cases) {
      const client = await clientFor([{ status, message: `Incorrect API key provided: ${secret}.` }]);
      const error = await failure(client.invoke(question));
      expect(error.code).toBe(code);
      expect(server?.requests).toHaveLength(1);
      await server?.close();
    }
  });

  it("and an unreachable one is named as such", async () => {
    const configuration = { baseURL: "http://127.0.0.1:9/v1" };
    const client = clientOf(new ChatOpenAI({ model: "stub", apiKey: secret, configuration }), {
      backoffMs: 5,
    });
    const error = await failure(client.invoke(question));
    expect(error.code).toBe("model_failed");
    expect(error.message).toMatch(/cannot be reached after 3 tries/);
  });
});

describe("the wrapped model's own retries", () => {
  class Failing extends BaseChatModel {
    static tries = 0;
    override _llmType(): string {
      return "failing";
    }
    override async _generate(): Promise<never> {
      return this.caller.call(async () => {
        Failing.tries++;
        throw Object.assign(new Error("overloaded"), { status: 529 });
      });
    }
  }

  it("are off in a copy of a model of LangChain's", async () => {
    class OfLangChain extends Failing {
      override lc_serializable = true;
    }
    const model = new OfLangChain({ maxRetries: 2 });
    await failure(clientOf(model, { backoffMs: 5, maxRetries: 1 }).invoke(question));
    expect(Failing.tries).toBe(2);
    expect(Reflect.get(model.caller, "maxRetries")).toBe(2);
  });
});

describe("limits of time", () => {
  it("end a server that never answers", async () => {
    const client = await clientFor([{ fault: "hang" }], { firstTokenTimeoutMs: 120 });
    for (const call of [() => client.invoke(question), () => streamed(client)]) {
      const start = performance.now();
      expect(await failure(call())).toMatchObject({ code: "model_timeout", details: { phase: "first" } });
      expect(performance.now() - start).toBeLessThan(2_500);
    }
  });

  it("end a stream that stalls", async () => {
    const client = await clientFor([{ fault: "hang-midway", reply: ["a ", "b ", "c"] }], {
      idleTimeoutMs: 120,
    });
    expect(await failure(streamed(client))).toMatchObject({
      code: "model_timeout",
      details: { phase: "idle" },
    });
  });

  it("do not count the time that the reader takes", async () => {
    const client = await clientFor([{ reply: ["a ", "b ", "c"] }], { idleTimeoutMs: 300 });
    let text = "";
    for await (const chunk of await client.stream(question)) {
      await new Promise((resolve) => setTimeout(resolve, 400));
      text += chunk.text;
    }
    expect(text).toBe("a b c");
  });
});

describe("an abort", () => {
  it("ends a waiting call at once and frees its place", async () => {
    const client = await clientFor([{ fault: "hang" }, {}], { concurrency: 1 });
    const start = performance.now();
    const error = await failure(client.invoke(question, { signal: AbortSignal.timeout(60) }));
    expect(error.code).toBe("cancelled");
    expect(performance.now() - start).toBeLessThan(2_500);
    expect((await client.invoke(question)).text).toBe("Good.");
  });

  it("ends a call that waits for its turn", async () => {
    const client = await clientFor([{ latencyMs: 300 }], { concurrency: 1 });
    const first = client.invoke(question);
    expect((await failure(client.invoke(question, { signal: AbortSignal.timeout(30) }))).code).toBe(
      "cancelled",
    );
    expect((await first).text).toBe("Good.");
    expect(server?.requests).toHaveLength(1);
  });

  it("ends the wait between two tries", async () => {
    const client = await clientFor([{ status: 429, headers: { "retry-after": "30" } }]);
    expect((await failure(client.invoke(question, { signal: AbortSignal.timeout(60) }))).code).toBe(
      "cancelled",
    );
  });

  it("ends a stream that its reader leaves, and frees its place", async () => {
    const client = await clientFor([{ reply: ["a ", "b ", "c"], gapMs: 50 }], { concurrency: 1 });
    for await (const chunk of await client.stream(question)) if (chunk.text) break;
    expect((await client.invoke(question)).text).toBe("a b c");
  });
});

describe("the limiter", () => {
  it("never lets more calls through than it should", async () => {
    const client = await clientFor([{ latencyMs: 30 }], { concurrency: 3 });
    await Promise.all(Array.from({ length: 9 }, () => client.invoke(question)));
    expect(server?.peak).toBe(3);
  });
});

describe("a refused parameter", () => {
  it("is left out, and stays out", async () => {
    const message = "Unsupported value: 'temperature' does not support 0.3 with this model.";
    const client = await clientFor([{ status: 400, message }, {}]);
    expect((await client.invoke(question)).text).toBe("Good.");
    expect((await client.invoke(question)).text).toBe("Good.");
    expect(server?.requests.map(({ body }) => body.temperature)).toEqual([0.3, undefined, undefined]);
  });

  it("leaves the model that was passed in as it is", async () => {
    const message = "Unsupported value: 'temperature' does not support 0.3 with this model.";
    server = await FaultyModelServer.start({ status: 400, message }, { status: 500 }, {});
    const configuration = { baseURL: server.baseURL };
    const model = new ChatOpenAI({
      model: "stub",
      apiKey: secret,
      configuration,
      temperature: 0.3,
      maxRetries: 5,
    });
    const settings = () => [
      model.temperature,
      Reflect.get(model.caller, "maxRetries"),
      model.invocationParams({}).temperature,
    ];
    const before = settings();
    expect((await clientOf(model, { backoffMs: 10 }).invoke(question)).text).toBe("Good.");
    expect(server.requests.map(({ body }) => body.temperature)).toEqual([0.3, undefined, undefined]);
    expect(settings()).toEqual(before);
    expect(before).toEqual([0.3, 5, 0.3]);
    await model.invoke(question);
    expect(server.requests.at(-1)?.body.temperature).toBe(0.3);
  });

  it("costs calls at the same time nothing but a second try", async () => {
    const refusal = { status: 400, message: "'temperature' is not supported.", latencyMs: 20 };
    const client = await clientFor([refusal, refusal, refusal, {}]);
    const replies = await Promise.all([1, 2, 3].map(() => client.invoke(question)));
    expect(replies.map((reply) => reply.text)).toEqual(["Good.", "Good.", "Good."]);
  });

  it("is told of once", async () => {
    const warned = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    const message = "Unsupported value: 'temperature' does not support 0.3 with this model.";
    const client = await clientFor([{ status: 400, message }, {}]);
    for (const _time of [1, 2]) await client.invoke(question);
    expect(warned.mock.calls).toEqual([[expect.stringMatching(/does not take temperature/u)]]);
    warned.mockRestore();
  });

  it("may be streaming itself", async () => {
    const message = "Your organization must be verified to stream this model.";
    const client = await clientFor([{ status: 400, message }, {}]);
    expect(await streamed(client)).toBe("Good.");
    expect(server?.requests.map(({ body }) => body.stream)).toEqual([true, false]);
  });
});

describe("the client as a LangChain model", () => {
  it("is given back as it is, one for each model, under its name", () => {
    const model = new ScriptedChatModel([]);
    const client = clientOf(model);
    expect(clientOf(client)).toBe(client);
    expect(clientOf(model)).toBe(client);
    expect(modelName(client)).toBe("scripted");
    expect(modelName(new ChatOpenAI({ model: "m:1/x", apiKey: secret }))).toBe("openai:m:1/x");
    expect(client._llmType()).toBe("scripted");
  });

  it("binds tools, tags and call options", async () => {
    const client = await clientFor([{}]);
    const recall = tool(() => "", {
      name: "recall",
      description: "recalls",
      schema: z.object({ query: z.string() }),
    });
    await client.bindTools([recall]).invoke(question);
    await client.withConfig({ tags: ["x"], stop: ["\n"] } as object).invoke(question);
    const [first, second] = server?.requests ?? [];
    expect(first?.body.tools).toMatchObject([{ type: "function", function: { name: "recall" } }]);
    expect(second?.body).toMatchObject({ stop: ["\n"] });
  });

  it("is one run in a trace, with the model's name", async () => {
    const client = await clientFor([{ reply: ["a ", "b"] }]);
    const starts: unknown[] = [];
    const tokens: string[] = [];
    const callbacks = [
      {
        handleChatModelStart: (
          llm: { id: string[] },
          _m: unknown,
          _id: string,
          _p: unknown,
          _e: unknown,
          _t: unknown,
          metadata: object,
        ) => void starts.push([llm.id.at(-1), metadata]),
        handleLLMNewToken: (token: string) => void tokens.push(token),
      },
    ];
    expect(await streamed(client, { callbacks })).toBe("a b");
    expect(starts).toHaveLength(1);
    expect(starts[0]).toMatchObject(["ChatOpenAI", { ls_model_name: "stub", ls_provider: "openai" }]);
    expect(tokens.join("")).toBe("a b");
    expect(JSON.stringify(client)).not.toContain("secretkey");
  });

  it("rejects a bad option by name", () => {
    const make = () => clientOf(new ScriptedChatModel([]), { concurrency: 0 });
    expect(make).toThrowError(/concurrency must be a number of at least 1, but is 0/);
  });

  it("passes on errors of this package and gives others a code", async () => {
    const own = new SimulacraError("invalid_option", "too much", "user");
    const client = clientOf(new ScriptedChatModel([own, new Error("boom"), "fine"]));
    expect(await failure(client.invoke(question))).toBe(own);
    const error = await failure(client.invoke(question));
    expect(isSimulacraError(error, "model_failed") && error.message).toMatch(/boom/);
    expect(await client.invoke(question)).not.toBeInstanceOf(AIMessageChunk);
  });

  it("costs less than a millisecond a call", async () => {
    const bare = new ScriptedChatModel(() => "I was born by the sea and lived there until I was ten.");
    const client = clientOf(
      new ScriptedChatModel(() => "I was born by the sea and lived there until I was ten."),
    );
    // Processor time, the best of several rounds: others may be at work on the machine.
    const time = async (model: typeof bare | ModelClient): Promise<number> => {
      let best = Number.POSITIVE_INFINITY;
      for (let round = 0; round < 20; round++) {
        const start = process.cpuUsage();
        for (let call = 0; call < 50; call++) await model.invoke(question);
        const { user, system } = process.cpuUsage(start);
        best = Math.min(best, (user + system) / 1_000 / 50);
      }
      return best;
    };
    const overhead = (await time(client)) - (await time(bare));
    expect(overhead).toBeLessThan(1);
  });
});
