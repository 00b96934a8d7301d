import { inspect } from "node:util";
import { awaitAllCallbacks } from "@langchain/core/callbacks/promises";
import { AIMessage, HumanMessage } from "@langchain/core/messages";
import { ChatOpenAI } from "@langchain/openai";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type Behaviour, FaultyModelServer } from "../dev/doubles/models/faulty-model-server.js";
import { TraceServer } from "../dev/doubles/models/trace-server.js";
import { callText } from "./call-text.js";
import { clientOf } from "./model-client.js";
import { resolveEmbeddings } from "./resolve-embeddings.js";
import { redact, redactInside, secretsOf } from "./secrets.js";

const key = "quince-7f3a9c-marmalade";
const header = "badger-41b8e0-lantern";
const password = "heron-2c6d55-thistle";
const traceKey = "otter-90aa17-saddle";
const secrets = [key, header, password, traceKey];
const echoed = `Bad key ${key}, header was Bearer ${header}, password ${password}`;

let traces: TraceServer;
beforeAll(async () => {
  traces = await TraceServer.start();
  for (const [name, value] of Object.entries({ ...traces.env, LANGSMITH_API_KEY: traceKey }))
    vi.stubEnv(name, value);
  vi.stubEnv("OPENAI_API_KEY", key);
});
beforeEach(() => {
  traces.runs.clear();
  traces.requests.length = 0;
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await traces.close();
});

const modelAt = (baseURL: string) =>
  clientOf(
    new ChatOpenAI({
      model: "m",
      apiKey: key,
      modelKwargs: { user: key },
      configuration: {
        baseURL,
        defaultHeaders: { Authorization: `Bearer ${header}`, "X-Password": password },
      },
    }),
    { maxRetries: 0 },
  );

function expectNoSecret(...places: unknown[]): void {
  for (const place of places) {
    const text = typeof place === "string" ? place : inspect(place, { depth: 20, showHidden: true });
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
  }
}

describe("keys, headers and passwords", () => {
  it.each<[string, Behaviour]>([
    ["a good reply", { reply: "Good." }],
    ["a refused key", { status: 401, message: echoed }],
    ["a broken server", { status: 500, message: echoed }],
    ["a wrong model name", { status: 404, message: echoed }],
    ["a cut connection", { fault: "reset" }],
  ])("are in no trace and no error: %s", async (_what, behaviour) => {
    const server = await FaultyModelServer.start(behaviour);
    const call = { model: modelAt(server.baseURL), role: "top", messages: [new HumanMessage("Hello.")] };
    const outcome: unknown = await callText(call).catch((error: unknown) => error);
    await awaitAllCallbacks();
    expect(server.requests[0]?.headers.authorization).toBe(`Bearer ${header}`);
    expect(traces.trees().map(({ name }) => name)).toEqual(["top"]);
    expect(outcome instanceof Error).toBe(behaviour.reply === undefined);
    expectNoSecret(outcome, traces.everything);
    await server.close();
  });

  it("are not told where the address itself holds a password", async () => {
    const call = {
      model: modelAt(`http://me:${password}@127.0.0.1:1/v1`),
      role: "top",
      messages: [new AIMessage("x")],
    };
    const error: unknown = await callText(call).catch((failure: unknown) => failure);
    await awaitAllCallbacks();
    expect(error).toBeInstanceOf(Error);
    expectNoSecret(error, traces.everything);
  });

  it("are found in the address as well: as a password, in the user's place, in a query", () => {
    for (const address of [
      `me:${password}@host/v1`,
      `${password}@host/v1`,
      `host/v1?api-key=${password}&v=2`,
    ])
      expect(secretsOf({ clientConfig: { baseURL: `https://${address}` } })).toContain(password);
    expect(secretsOf({ clientConfig: { baseURL: "https://host/v1?version=2026-01-01" } })).toEqual([]);
    expect(() => secretsOf({ clientConfig: { baseURL: "https://a:%E0%A4%A@host/v1" } })).not.toThrow();
  });

  it("are in no error of an embedding server", async () => {
    const refusing = await FaultyModelServer.start({ embeddings: { status: 401, message: echoed } });
    const env = { OPENAI_API_KEY: key, OPENAI_BASE_URL: refusing.baseURL };
    const error: unknown = await resolveEmbeddings("openai:m", { env }).catch((failure: unknown) => failure);
    expect(error).toMatchObject({ code: "missing_key" });
    expect(String(Reflect.get(Object(error), "message"))).not.toContain(key);
    await refusing.close();
  });

  it("are found in a model and taken out of its parameters", () => {
    const found = secretsOf(modelAt(`http://me:${password}@127.0.0.1:1/v1`).inner);
    expect(found).toEqual(expect.arrayContaining([key, header, password]));
    expect(redactInside({ user: key, nested: [{ also: `x ${header}` }], n: 1 }, found)).toEqual({
      user: "[key]",
      nested: [{ also: "x [key]" }],
      n: 1,
    });
  });
});

it("keys of known providers are known by their shape", () => {
  for (const shape of ["sk-proj-0123456789", "AIzaSyA-1234567890", "ghp_0123456789", "AKIA0123456789ABCDEF"])
    expect(redact(`It refused ${shape}.x today`)).toBe("It refused [key] today");
});
