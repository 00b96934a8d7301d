import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";
import { openAIModeration } from "./openai-moderation.js";

const key = "sk-test-0123456789";
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
  vi.unstubAllEnvs();
});

interface Seen {
  url: string | undefined;
  headers: IncomingHttpHeaders;
  body: { model: string; input: string };
}

/** A server that speaks `/v1/moderations`: flags what speaks of a knife, with a score of .6 for violence. */
async function server(answer?: { status: number; body: string }) {
  const seen: Seen[] = [];
  const http = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = JSON.parse(Buffer.concat(parts).toString()) as Seen["body"];
    seen.push({ url: request.url, headers: request.headers, body });
    const flagged = body.input.includes("knife");
    response.writeHead(answer?.status ?? 200, { "content-type": "application/json" });
    response.end(
      answer?.body ??
        JSON.stringify({
          id: "modr-1",
          model: body.model,
          results: [
            {
              flagged,
              categories: { violence: flagged, harassment: false, "self-harm": null },
              category_scores: { violence: flagged ? 0.6 : 0.01, harassment: 0.3, "self-harm": null },
            },
          ],
        }),
    );
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  closing.push(() => {
    http.closeAllConnections();
    http.close();
  });
  return { seen, baseURL: `http://127.0.0.1:${(http.address() as AddressInfo).port}/v1` };
}

const about = () => ({ signal: AbortSignal.timeout(5_000) });

describe("OpenAI's moderation as a guard", () => {
  it("lets clean words pass and stops flagged ones with the categories as the reason", async () => {
    const { seen, baseURL } = await server();
    const { stimulus, answer } = openAIModeration({ apiKey: key, baseURL });
    expect(await stimulus?.("Good morning.", about())).toEqual({ action: "allow" });
    expect(await answer?.("I have a knife for you.", about())).toEqual({
      action: "stop",
      reason: "flagged by omni-moderation-latest: violence",
    });
    expect(seen[0]).toMatchObject({
      url: "/v1/moderations",
      body: { model: "omni-moderation-latest", input: "Good morning." },
      headers: { authorization: `Bearer ${key}` },
    });
  });

  it("judges by a threshold of the host's, checks only what it is asked to, and can replace", async () => {
    const { baseURL } = await server();
    const guard = openAIModeration({
      apiKey: key,
      baseURL,
      on: ["answer"],
      threshold: 0.25,
      action: "replace",
      text: "…",
    });
    expect(guard.stimulus).toBeUndefined();
    expect(await guard.answer?.("A knife.", about())).toEqual({
      action: "replace",
      text: "…",
      reason: "flagged by omni-moderation-latest: violence, harassment",
    });
    const lenient = openAIModeration({ apiKey: key, baseURL, threshold: 0.9 });
    expect(await lenient.answer?.("A knife.", about())).toEqual({ action: "allow" });
  });

  it.each([
    ["no score at all", { categories: {}, category_scores: {} }, "no category named"],
    [
      "a score that is null",
      {
        categories: { violence: true, harassment: false },
        category_scores: { violence: null, harassment: 0.1 },
      },
      "violence",
    ],
  ])(
    "goes by the endpoint's own judgement where it gives %s to hold against a threshold",
    async (_what, result, reason) => {
      const body = JSON.stringify({ results: [{ flagged: true, ...result }] });
      const { baseURL } = await server({ status: 200, body });
      const { stimulus } = openAIModeration({ apiKey: key, baseURL, threshold: 0.5 });
      expect(await stimulus?.("A knife.", about())).toEqual({
        action: "stop",
        reason: `flagged by omni-moderation-latest: ${reason}`,
      });
    },
  );

  it("reads no reply that goes on and on", async () => {
    const result = { flagged: false, categories: {}, category_scores: {} };
    const body = JSON.stringify({ results: [result], padding: "x".repeat(2_000_000) });
    const { baseURL } = await server({ status: 200, body });
    const { stimulus } = openAIModeration({ apiKey: key, baseURL });
    await expect(stimulus?.("Hello.", about())).rejects.toThrow(/no judgement that can be read/u);
  });

  it.each([
    [401, `{"error":{"message":"Incorrect API key provided: ${key}"}}`, "the key was refused"],
    [500, "oops", "answered 500"],
    [200, "{}", "no judgement that can be read"],
    [200, '{"results":[]}', "no judgement that can be read"],
    [200, "<html>", "no judgement that can be read"],
  ])("fails closed on %i %s, without the key", async (status, body, words) => {
    const { baseURL } = await server({ status, body });
    const { stimulus } = openAIModeration({ apiKey: key, baseURL });
    const error: unknown = await stimulus?.("Secret words.", about()).catch((failure: unknown) => failure);
    expect(error).toMatchObject({ code: "guard_failed", message: expect.stringContaining(words) });
    for (const shown of [(error as Error).message, JSON.stringify(error), String((error as Error).cause)]) {
      expect(shown).not.toContain(key);
      expect(shown).not.toContain("Secret words");
    }
  });

  it("fails closed where nobody listens", async () => {
    const { stimulus } = openAIModeration({ apiKey: key, baseURL: "http://127.0.0.1:9/v1" });
    await expect(stimulus?.("Hello.", about())).rejects.toMatchObject({ code: "guard_failed" });
  });

  it("wants a key for OpenAI's own server, none for another, and shows no key that cannot be one", () => {
    vi.stubEnv("OPENAI_API_KEY", "");
    vi.stubEnv("OPENAI_BASE_URL", "");
    expect(() => openAIModeration()).toThrow(expect.objectContaining({ code: "missing_key" }));
    expect(() => openAIModeration({ baseURL: "http://127.0.0.1:9/v1" })).not.toThrow();
    vi.stubEnv("OPENAI_API_KEY", "sk-two\nlines");
    expect(() => openAIModeration()).toThrow(/^(?!.*sk-two).*apiKey/su);
    for (const [option, value] of [
      ["baseURL", "moon"],
      ["baseURL", "http://ben:heron@127.0.0.1:9/v1"],
      ["threshold", 0],
      ["on", []],
      ["action", "replace"],
    ] as const)
      expect(() => openAIModeration({ apiKey: key, [option]: value })).toThrow(
        expect.objectContaining({ code: "invalid_option" }),
      );
  });
});
