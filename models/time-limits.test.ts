import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { TimeLimitError, withTimeLimits } from "./time-limits.js";

const limits = { firstTokenMs: 400, idleMs: 200 };

async function* deaf(gaps: readonly number[]): AsyncGenerator<number> {
  for (const gap of gaps) {
    await sleep(gap);
    yield gap;
  }
}

async function collect(gaps: readonly number[], signal?: AbortSignal): Promise<number[]> {
  const seen: number[] = [];
  for await (const value of withTimeLimits(() => deaf(gaps), limits, signal)) seen.push(value);
  return seen;
}

it("passes on what comes in time", async () => {
  expect(await collect([40, 1, 1])).toEqual([40, 1, 1]);
});

it("ends a source that does not listen, at its limit", async () => {
  const start = performance.now();
  await expect(collect([5_000])).rejects.toMatchObject({ phase: "first", limitMs: 400 });
  await expect(collect([1, 5_000])).rejects.toBeInstanceOf(TimeLimitError);
  expect(performance.now() - start).toBeLessThan(4_000);
});

it("ends at once with the reason of an abort", async () => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(new Error("enough")), 10);
  await expect(collect([5_000], controller.signal)).rejects.toThrow("enough");
});
