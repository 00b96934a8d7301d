import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { timeLimit } from "./time-limit.js";

describe("timeLimit", () => {
  test("aborts when the time has passed, and says that it was time", async () => {
    const { signal } = timeLimit(20, undefined);
    await sleep(40);
    expect(signal?.aborted).toBe(true);
    expect(signal?.reason).toMatchObject({ name: "TimeoutError" });
  });

  test("aborts with the caller's signal, for the caller's reason, also where that was aborted before", () => {
    const caller = new AbortController();
    const limit = timeLimit(60_000, caller.signal);
    caller.abort("enough");
    expect(limit.signal?.reason).toBe("enough");
    expect(timeLimit(60_000, caller.signal).signal?.aborted).toBe(true);
    limit.release();
  });

  test("aborts no more once it is released", async () => {
    const caller = new AbortController();
    const limit = timeLimit(10, caller.signal);
    limit.release();
    caller.abort();
    await sleep(20);
    expect(limit.signal?.aborted).toBe(false);
  });

  test("without a limit it is the caller's signal, or none", () => {
    const { signal } = new AbortController();
    expect(timeLimit(undefined, signal).signal).toBe(signal);
    expect(timeLimit(Number.POSITIVE_INFINITY, undefined).signal).toBeUndefined();
  });
});
