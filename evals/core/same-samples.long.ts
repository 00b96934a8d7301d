import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { replyByHash } from "../../dev/doubles/evals/stand-in-model.js";
import { runSums, type SumsRun, simulacraOver } from "../../dev/doubles/evals/sums-run.js";
import { FaultyModelServer } from "../../dev/doubles/models/faulty-model-server.js";
import { Ledger } from "./ledger.js";
import { ReplyCache } from "./reply-cache.js";

let folder: string;
let server: FaultyModelServer;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "eval-same-"));
  // Replies that overtake each other: nothing may depend on which comes first.
  server = await FaultyModelServer.choosing((request) => ({
    reply: replyByHash(request),
    latencyMs: Math.random() * 20,
  }));
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

/** What a run left in a new ledger, but for the times. */
async function samplesOf(run: Partial<SumsRun>, cache?: ReplyCache) {
  const ledger = new Ledger(join(mkdtempSync(join(folder, "run-")), "ledger.sqlite"));
  const concurrency = run.concurrency ?? 1;
  const subjects = await simulacraOver(server.baseURL, { concurrency, ...(cache && { cache }) });
  try {
    await runSums({ ledger, subjects, methods: ["blank", "prompt", "macm"], people: 2, ...run });
    return [...ledger.samples()].map(({ latencyMs, at, ...rest }) => ({
      ...rest,
      timed: latencyMs !== null && at !== "",
    }));
  } finally {
    await subjects.close();
    ledger.close();
  }
}

describe("the samples of a run", () => {
  it.each([false, true])(
    "are the same at concurrency 1, 2 and 32 (one session a person: %s)",
    async (together) => {
      const alone = await samplesOf({ together, items: 2, concurrency: 1 });
      expect(alone).toHaveLength(12);
      expect(alone.every(({ promptHash, status }) => promptHash !== null && status === "answered")).toBe(
        true,
      );
      for (const concurrency of [2, 32])
        expect(await samplesOf({ together, items: 2, concurrency })).toEqual(alone);
    },
  );

  it("count the calls of each role, apart and in all", async () => {
    const all = await samplesOf({ people: 1, items: 1 });
    const usage = Object.fromEntries(all.map(({ condition, usage }) => [condition.method, usage]));
    expect(usage.blank).toEqual({ voice: { calls: 1, inputTokens: 11, outputTokens: 7, reasks: 0 } });
    expect(usage.prompt).toEqual(usage.blank);
    expect(usage.macm).toMatchObject({
      voice: { calls: 1, inputTokens: 11, outputTokens: 7, reasks: 0 },
      agents: { calls: 3, inputTokens: 33, outputTokens: 21, reasks: 0 },
    });
    expect(usage.macm?.embeddings?.calls).toBeGreaterThan(0);
    expect(usage.macm?.embeddings?.outputTokens).toBe(0);
    expect(server.requests).toHaveLength(6);
  });
});

describe("a run with a cache of replies", () => {
  it("asks nothing twice, marks what was not paid for and times none of it, and is otherwise the same", async () => {
    const cache = new ReplyCache(join(folder, "replies.sqlite"));
    const paid = await samplesOf({ together: true, concurrency: 32 }, cache);
    const requests = server.requests.length;
    expect(requests).toBe(2 * 2 * (1 + 1 + 4));
    const replayed = await samplesOf({ together: true, concurrency: 1 }, cache);
    cache.close();
    expect(server.requests).toHaveLength(requests);
    expect(paid.every(({ cachedCalls, timed }) => cachedCalls === 0 && timed)).toBe(true);
    for (const { condition, cachedCalls, timed } of replayed)
      expect([cachedCalls, timed]).toEqual([condition.method === "macm" ? 4 : 1, false]);
    const kept = ({ cachedCalls: _calls, timed: _timed, ...rest }: (typeof paid)[number]) => rest;
    expect(replayed.map(kept)).toEqual(paid.map(kept));
  });

  it("takes the same words put to two people of one voice for two observations", async () => {
    const cache = new ReplyCache(join(folder, "replies.sqlite"));
    await samplesOf({ methods: ["blank"], people: 3, items: 1, repeats: 2 }, cache);
    cache.close();
    expect(server.requests).toHaveLength(6);
  });
});
