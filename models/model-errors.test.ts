import { describe, expect, it } from "vitest";
import { SimulacraError } from "../data/errors.js";
import { retryDelay } from "./model-calls.js";
import { modelError, readFailure } from "./model-errors.js";
import { redact } from "./secrets.js";

const call = { model: "openai:m", attempts: 1, midStream: false, secrets: [] };
const failed = (fields: object, message = "no") => Object.assign(new Error(message), fields);

describe("failures", () => {
  it("are read from any client's error, causes included", () => {
    const cause = failed({ code: "ECONNREFUSED" });
    expect(readFailure(new Error("Connection error.", { cause }))).toMatchObject({
      connection: true,
      code: "ECONNREFUSED",
    });
    expect(readFailure(failed({ status: 429, headers: new Headers({ "retry-after": "2" }) }))).toMatchObject({
      retryAfterMs: 2000,
    });
    expect(readFailure(failed({ statusCode: 500, headers: { "retry-after-ms": "30" } }))).toMatchObject({
      status: 500,
      retryAfterMs: 30,
    });
    const date = new Date(Date.now() + 5_000).toUTCString();
    expect(readFailure(failed({ headers: { "retry-after": date } })).retryAfterMs).toBeGreaterThan(3_000);
    expect(readFailure("text")).toMatchObject({ message: "text", connection: false });
  });

  it("are tried again where that helps, after the wait that was asked for", () => {
    const delay = (fields: object) => retryDelay(readFailure(failed(fields)), 1, 100);
    expect(delay({ status: 503 })).toBeGreaterThanOrEqual(150);
    expect(delay({ status: 503 })).toBeLessThanOrEqual(250);
    expect(delay({ status: 429, headers: { "retry-after": "3" } })).toBe(3000);
    expect(delay({ status: 429, headers: { "retry-after": "3600" } })).toBeUndefined();
    expect(delay({ status: 429, code: "insufficient_quota" })).toBeUndefined();
    expect(delay({ status: 400 })).toBeUndefined();
    expect(delay({})).toBeUndefined();
  });

  it("become errors that say what to do and hold no secret", () => {
    const error = modelError(
      failed({ status: 401, headers: { authorization: "Bearer abcdefgh" } }, "bad key: abcdefgh"),
      { ...call, secrets: ["abcdefgh"] },
    );
    expect(error).toMatchObject({
      code: "missing_key",
      fault: "user",
      details: { status: 401, model: "openai:m" },
    });
    expect(
      JSON.stringify([error, error.message, error.cause, String((error.cause as Error).stack)]),
    ).not.toContain("abcdefgh");
    expect(
      modelError(failed({ status: 400 }, "maximum context length is 4096 tokens"), call).message,
    ).toMatch(/Lower the token budget/);
    const own = new SimulacraError("invalid_option", "x", "user");
    expect(modelError(own, call)).toBe(own);
  });

  it("are cleared of what looks like a key", () => {
    expect(redact("Bearer abc.def-123 and sk-proj-1234567 api_key=zzzzzz")).toBe(
      "Bearer [key] and [key] api_key=[key]",
    );
    expect(redact("task-oriented, at most 4096 tokens: 5000 given")).toBe(
      "task-oriented, at most 4096 tokens: 5000 given",
    );
  });
});
