import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { SimulacraError } from "../data/errors.js";
import { failureWithin, timeLimit } from "./time-limit.js";

describe("timeLimit", () => {
  test("aborts when the time has passed, and says which option allowed how much", async () => {
    const limit = timeLimit(20, undefined);
    await sleep(40);
    expect(limit.signal?.aborted).toBe(true);
    const reason: unknown = limit.signal?.reason;
    expect(reason).toMatchObject({
      code: "model_timeout",
      message: expect.stringMatching(/20 ms.*timeoutMs/u),
      details: { timeoutMs: 20 },
    });
    const cancelled = new SimulacraError("cancelled", "The call was cancelled.", "user");
    expect(failureWithin(limit, cancelled)).toBe(reason);
    expect(failureWithin(limit, new DOMException("Aborted", "AbortError"))).toBe(reason);
    // What failed by itself as the time ended is told as it was.
    const full = new SimulacraError("store_full", "No space is left.", "environment");
    expect(failureWithin(limit, full)).toBe(full);
    expect(failureWithin(timeLimit(60_000, AbortSignal.abort()), cancelled)).toBe(cancelled);
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

  test("without a limit it follows the caller's signal, or there is none", () => {
    const caller = new AbortController();
    const { signal } = timeLimit(undefined, caller.signal);
    caller.abort("enough");
    expect(signal?.reason).toBe("enough");
    expect(timeLimit(Number.POSITIVE_INFINITY, undefined).signal).toBeUndefined();
  });
});
