import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { AIMessage, HumanMessage, SystemMessage } from "@langchain/core/messages";
import { ChatOpenAI } from "@langchain/openai";
import { afterEach, describe, expect, it } from "vitest";
import { callText } from "./call-text.js";
import type { ClientOptions } from "./client-options.js";
import { clientOf } from "./model-client.js";

interface Asked {
  stream?: boolean;
  messages: { role: string; content: string }[];
  [parameter: string]: unknown;
}
type Answer = (asked: Asked, response: ServerResponse) => unknown;

let server: Server | undefined;
let seen: Asked[] = [];
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A server that answers as the function says, and a call of its model. */
async function serverOf(answer: Answer, options: ClientOptions = {}) {
  seen = [];
  server = createServer(async (request: IncomingMessage, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const asked = JSON.parse(Buffer.concat(parts).toString()) as Asked;
    seen.push(asked);
    await answer(asked, response);
  });
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  const baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  const model = new ChatOpenAI({ model: "odd", apiKey: "none", configuration: { baseURL } });
  const client = clientOf(model, { backoffMs: 5, ...options });
  const say = (...said: string[]) =>
    callText({
      model: client,
      role: "respond",
      messages: [new SystemMessage("Be brief."), ...said.map((text) => new HumanMessage(text))],
    });
  return { client, say };
}

const json = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
};
const events = (response: ServerResponse, ...pieces: (object | string)[]): void => {
  response.writeHead(200, { "content-type": "text/event-stream" });
  for (const piece of pieces)
    response.write(typeof piece === "string" ? `${piece}\n\n` : `data: ${JSON.stringify(piece)}\n\n`);
  response.end("data: [DONE]\n\n");
};
const delta = (fields: object, finish_reason: string | null = null) => ({
  id: "1",
  choices: [{ index: 0, delta: fields, finish_reason }],
});
const good: Answer = (_asked, response) => events(response, delta({ content: "Plums." }), delta({}, "stop"));

describe("a server that answers in another form", () => {
  it.each<[string, Answer]>([
    [
      "a whole reply",
      (asked, response) =>
        json(response, 200, {
          id: "1",
          model: asked.model,
          choices: [{ index: 0, message: { role: "assistant", content: "Plums." }, finish_reason: "stop" }],
          usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 },
        }),
    ],
    [
      "text in parts",
      (_, response) =>
        events(
          response,
          delta({ content: [{ type: "thinking", thinking: "Hm." }] }),
          delta({ content: [{ type: "text", text: "Plums." }] }, "stop"),
        ),
    ],
    [
      "comments and Windows' line ends",
      (_, response) =>
        events(
          response,
          ": wait\r",
          `data: ${JSON.stringify(delta({ content: "Plums." }))}\r`,
          delta({}, "stop"),
        ),
    ],
    [
      "no end mark",
      (_, response) => {
        response.writeHead(200, { "content-type": "text/event-stream" });
        response.end(`data: ${JSON.stringify(delta({ content: "Plums." }))}\n\n`);
      },
    ],
  ])("is heard: %s", async (_form, answer) => {
    const { say } = await serverOf(answer);
    expect((await say("What grows here?")).text).toBe("Plums.");
  });

  it.each<[string, Answer, RegExp, number]>([
    [
      "an error inside the stream",
      (_, response) => events(response, { error: { message: "worker lost", code: 503 } }),
      /503.*worker lost/u,
      3,
    ],
    [
      "a flat error inside the stream",
      (_, response) => events(response, { object: "error", message: "worker gone", code: 502 }),
      /502.*worker gone/u,
      3,
    ],
    [
      "an error in a choice",
      (_, response) => events(response, { ...delta({}, "error"), error: { message: "upstream" } }),
      /upstream/u,
      3,
    ],
    [
      "an error with status 200",
      (_, response) =>
        json(response, 200, { error: { message: "Too many requests today", type: "rate_limit" } }),
      /rate limit.*Too many requests today/u,
      3,
    ],
    [
      "a page with status 200",
      (_, response) => response.writeHead(200).end("<html><title>Portal</title></html>"),
      /form of an OpenAI-compatible.*Portal.*base URL/u,
      1,
    ],
    [
      "nothing with status 200",
      (_, response) => response.writeHead(200).end(),
      /form of an OpenAI-compatible/u,
      1,
    ],
    [
      "a page as an error",
      (_, response) => response.writeHead(502).end("<html><title>502 Bad Gateway</title></html>"),
      /502 Bad Gateway/u,
      3,
    ],
    [
      "plain words",
      (_, response) => response.writeHead(400).end("model is still loading its weights"),
      /still loading/u,
      1,
    ],
    [
      "an error as text",
      (_, response) => json(response, 400, { error: "no such adapter" }),
      /no such adapter/u,
      1,
    ],
    [
      "a list of details",
      (_, response) => json(response, 422, { detail: [{ loc: ["body", "messages", 0], msg: "too odd" }] }),
      /messages\.0: too odd/u,
      1,
    ],
    [
      "an envelope in a list",
      (_, response) => json(response, 400, [{ error: { message: "bad argument" } }]),
      /bad argument/u,
      1,
    ],
    [
      "a full context",
      (_, response) =>
        json(response, 400, {
          error: { message: "the request exceeds the available context size (2048 tokens)" },
        }),
      /longer than the model's context.*2048/u,
      1,
    ],
  ])("fails in its own words: %s", async (_form, answer, words, tries) => {
    const { say } = await serverOf(answer);
    await expect(say("What grows here?")).rejects.toThrow(words);
    expect(seen).toHaveLength(tries);
  });
});

describe("a server that refuses", () => {
  it.each<[string, string, object]>([
    [
      "max_tokens",
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
      { max_completion_tokens: 1024 },
    ],
    [
      "temperature",
      "Unsupported value: 'temperature' does not support 0.7 with this model.",
      { max_tokens: 1024 },
    ],
  ])("%s is asked without it, then and later, and nobody is bothered", async (name, message, left) => {
    const warnings: Error[] = [];
    const warn = (warning: Error) => warnings.push(warning);
    process.on("warning", warn);
    const { say } = await serverOf((asked, response) =>
      name in asked ? json(response, 400, { error: { message } }) : good(asked, response),
    );
    await say("One?");
    await say("Two?");
    await sleep(0);
    process.off("warning", warn);
    expect(seen).toHaveLength(3);
    expect(seen.map((asked) => name in asked)).toEqual([true, false, false]);
    expect(seen[2]).toMatchObject(left);
    expect(warnings).toEqual([]);
  });

  it("a longest reply beside a long prompt is asked without it, this once", async () => {
    let first = true;
    const { say } = await serverOf((asked, response) => {
      if (!first) return good(asked, response);
      first = false;
      return json(response, 400, {
        message: "'max_tokens' is too large: 1024. Your request has 3900 input tokens (1024 > 4096 - 3900).",
      });
    });
    await say("One?");
    await say("Two?");
    expect(seen.map((asked) => "max_tokens" in asked)).toEqual([true, false, true]);
  });

  it.each([
    [400, { error: { message: "System role not supported" } }],
    [500, { error: { message: "Jinja Exception: this template has no support: system role unsupported" } }],
    [400, { object: "error", message: "Developer instruction is not enabled for this model" }],
  ])("the system role finds it in the first words of the user, then and later (%i)", async (status, body) => {
    const { say } = await serverOf((asked, response) =>
      asked.messages.some(({ role }) => role === "system")
        ? json(response, status, body)
        : good(asked, response),
    );
    await say("One?");
    await say("Two?");
    expect(seen).toHaveLength(3);
    expect(seen[2]?.messages).toEqual([{ role: "user", content: "Be brief.\n\nTwo?" }]);
  });
});

it("gets a longest reply and a temperature with every call, but not in place of the model's own", async () => {
  const { say, client } = await serverOf(good);
  await say("One?");
  expect(seen[0]).toMatchObject({ max_tokens: 1024, temperature: 0.7 });
  const own = Object.assign(client.inner as ChatOpenAI, {});
  const model = new ChatOpenAI({ ...own.lc_kwargs, temperature: 0.1, maxTokens: 77 });
  await callText({ model, role: "respond", messages: [new HumanMessage("Two?")] });
  expect(seen[1]).toMatchObject({ max_tokens: 77, temperature: 0.1 });
});

it("has its words by turns, the user's first", async () => {
  const { client } = await serverOf(good);
  const messages = [
    new SystemMessage("S"),
    new AIMessage("Come in."),
    new HumanMessage("Thanks."),
    new HumanMessage("Well?"),
  ];
  await callText({ model: client, role: "respond", messages });
  expect(seen[0]?.messages.map(({ role }) => role)).toEqual(["system", "user", "assistant", "user"]);
  expect(seen[0]?.messages.at(-1)?.content).toBe("Thanks.\n\nWell?");
});

it("that spends all its tokens on reasoning is asked once more with room for it, and then always", async () => {
  const { say } = await serverOf((asked, response) =>
    Number(asked.max_tokens) > 4000
      ? good(asked, response)
      : events(response, delta({ reasoning_content: "Let me see" }), delta({}, "length")),
  );
  expect((await say("One?")).text).toBe("Plums.");
  await say("Two?");
  expect(seen.map((asked) => asked.max_tokens)).toEqual([1024, 5120, 5120]);
});

describe("a reply that is declined", () => {
  it.each<[string, Answer]>([
    [
      "in its refusal",
      (_, response) =>
        events(
          response,
          delta({ content: null, refusal: "" }),
          delta({ refusal: "I will not " }),
          delta({ refusal: "say that." }),
          delta({}, "stop"),
        ),
    ],
    ["by a filter", (_, response) => events(response, delta({ content: "I" }), delta({}, "content_filter"))],
    [
      "before it began",
      (_, response) =>
        json(response, 400, {
          error: { message: "data may contain inappropriate content", code: "data_inspection_failed" },
        }),
    ],
  ])("%s is told of, and asked for once", async (_how, answer) => {
    const { say } = await serverOf(answer);
    await expect(say("Tell me.")).rejects.toMatchObject({ code: "model_declined" });
    expect(seen).toHaveLength(1);
  });

  it("keeps its words", async () => {
    const { say } = await serverOf((_, response) =>
      json(response, 200, {
        choices: [
          {
            index: 0,
            message: { role: "assistant", content: null, refusal: "Not that." },
            finish_reason: "stop",
          },
        ],
      }),
    );
    await expect(say("Tell me.")).rejects.toMatchObject({
      details: { reason: "refusal", said: "Not that." },
    });
  });
});

it("says that it was cut", async () => {
  const { say } = await serverOf((_, response) =>
    events(response, delta({ content: "Plums and" }), delta({}, "length")),
  );
  expect(await say("What grows here?")).toMatchObject({ text: "Plums and", endReason: "length" });
});

describe("signs of life", () => {
  const breathing =
    (times: number): Answer =>
    async (_asked, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      for (let breath = 0; breath < times && !response.destroyed; breath++) {
        response.write(
          breath % 2 ? ": still here\n\n" : `data: ${JSON.stringify(delta({ content: "" }))}\n\n`,
        );
        await sleep(60);
      }
      response.write(`data: ${JSON.stringify(delta({ content: "Plums." }, "stop"))}\n\n`);
      response.end("data: [DONE]\n\n");
    };

  it("keep a slow reply waited for", async () => {
    const { say } = await serverOf(breathing(20), { firstTokenTimeoutMs: 500, idleTimeoutMs: 500 });
    expect((await say("What grows here?")).text).toBe("Plums.");
  });

  it("keep no reply waited for without end", async () => {
    const { say } = await serverOf(breathing(1000), {
      firstTokenTimeoutMs: 400,
      replyTimeoutMs: 800,
      maxRetries: 0,
    });
    await expect(say("What grows here?")).rejects.toMatchObject({
      code: "model_timeout",
      details: { phase: "total" },
      message: expect.stringContaining("--reply-timeout"),
    });
  });
});
