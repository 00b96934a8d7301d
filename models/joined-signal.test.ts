import { getEventListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { joinedSignal } from "./joined-signal.js";

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

describe("a joined signal", () => {
  it("aborts with the first that does, for its reason, also where that was before", () => {
    const [first, second] = [new AbortController(), new AbortController()];
    const { signal } = joinedSignal([first.signal, undefined, second.signal]);
    expect(signal.aborted).toBe(false);
    second.abort("enough");
    first.abort("too late");
    expect(signal.reason).toBe("enough");
    expect(joinedSignal([new AbortController().signal, second.signal]).signal.reason).toBe("enough");
  });

  it("follows one alone, too, and leaves nothing behind on it", () => {
    const caller = new AbortController();
    const followed = joinedSignal([undefined, caller.signal]);
    const letGo = joinedSignal([caller.signal]);
    letGo.signal.addEventListener("abort", () => {});
    letGo.release();
    caller.abort("enough");
    expect(followed.signal.reason).toBe("enough");
    expect(letGo.signal.aborted).toBe(false);
    followed.release();
    expect(getEventListeners(caller.signal, "abort")).toEqual([]);
  });

  it("aborts for a time limit of the caller's that nobody else holds, whatever is collected meanwhile", async () => {
    const { signal } = joinedSignal([new AbortController().signal, AbortSignal.timeout(120)]);
    for (let round = 0; round < 10; round++) {
      collectGarbage();
      await sleep(5);
    }
    await expect.poll(() => signal.aborted, { timeout: 2_000 }).toBe(true);
    expect(signal.reason).toMatchObject({ name: "TimeoutError" });
  });

  it("leaves nothing in a signal that lives on", () => {
    const [host, other] = [new AbortController(), new AbortController()];
    const { signal, release } = joinedSignal([host.signal, other.signal]);
    expect(getEventListeners(host.signal, "abort")).toHaveLength(1);
    release();
    expect(getEventListeners(host.signal, "abort")).toEqual([]);
    host.abort();
    expect(signal.aborted).toBe(false);
  });
});
