import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Embeddings } from "@langchain/core/embeddings";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { promptOf, replyByHash } from "../../dev/doubles/evals/stand-in-model.js";
import { sums } from "../../dev/doubles/evals/sums.js";
import { runSums, type SumsRun, simulacraOver } from "../../dev/doubles/evals/sums-run.js";
import { agentOf } from "../../dev/doubles/graphs/scripted-agents.js";
import {
  type Behaviour,
  FaultyModelServer,
  type SeenRequest,
} from "../../dev/doubles/models/faulty-model-server.js";
import { LexicalEmbeddings } from "../../models/index.js";
import type { Instrument, Sample } from "./contract.js";
import { collected } from "./ledger.js";
import { SqliteLedger } from "./sqlite-ledger.js";

let folder: string;
let ledger: SqliteLedger;
let server: FaultyModelServer | undefined;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "eval-faults-"));
  ledger = await SqliteLedger.open(join(folder, "ledger.sqlite"));
});
afterEach(async () => {
  await ledger.close();
  await server?.close();
  rmSync(folder, { recursive: true });
});

const limits = { maxRetries: 1, backoffMs: 5 };
/** Short enough for a test, long enough for a busy machine. */
const timeLimits = { firstTokenTimeoutMs: 2000, idleTimeoutMs: 1500 };

/** Samples of five items in their order, of which the third meets what the server does to it, at its first so many tries. */
async function withFault(
  fault: Behaviour,
  { times = Infinity, ...run }: { times?: number } & Partial<SumsRun> = {},
) {
  let met = 0;
  server = await FaultyModelServer.choosing((request: SeenRequest) => {
    const meets = promptOf(request).includes("What is 3 and 3?") && ++met <= times;
    return { reply: replyByHash(request), ...(meets && fault) };
  });
  const waits = fault.fault?.startsWith("hang") ? timeLimits : {};
  const subjects = await simulacraOver(server.baseURL, { ...limits, ...waits });
  try {
    await runSums({ ledger, subjects, items: 5, concurrency: 2, ...run });
  } finally {
    await subjects.close();
  }
  return await samples();
}
const samples = async (): Promise<Sample[]> =>
  (await collected(ledger.samples())).sort((a, b) => Number(a.item) - Number(b.item));
const statuses = (list: readonly Sample[]) => list.map(({ status }) => status);
const around = (third: Sample["status"]) => ["answered", "answered", third, "answered", "answered"];

describe("a model server that fails", () => {
  it.each<[string, Behaviour]>([
    ["500", { status: 500 }],
    ["429 with retry-after", { status: 429, headers: { "retry-after": "0" } }],
    ["a connection that is cut", { fault: "reset" }],
    ["a reply that is cut midway", { fault: "drop", reply: ["I", " would", " say", " 3."] }],
    ["an empty reply", { reply: "" }],
  ])("once with %s is asked again, and the item is answered", async (_what, fault) => {
    expect(statuses(await withFault(fault, { times: 1 }))).toEqual(around("answered"));
  });

  it.each<[string, Behaviour, RegExp]>([
    ["500", { status: 500 }, /answered 500 after 2 tries/u],
    ["429", { status: 429, headers: { "retry-after": "0" } }, /over its rate limit after 2 tries/u],
    ["401", { status: 401 }, /refused the key/u],
    ["empty replies", { reply: "" }, /empty reply 2 times/u],
    ["a reply that never comes", { fault: "hang" }, /no first token within 2 s/u],
    [
      "a reply that stands still",
      { fault: "hang-midway", reply: ["I", " say", " 3"] },
      /no further token within 1\.5 s/u,
    ],
  ])(
    "for good with %s leaves an error with its reason, and the run goes on",
    async (_what, fault, reason) => {
      const list = await withFault(fault);
      expect(statuses(list)).toEqual(around("error"));
      expect(list[2]?.reason).toMatch(reason);
      expect(list[2]).toMatchObject({ reply: null, answer: null, scores: null, latencyMs: null });
    },
  );

  it("in a session of several items leaves what was answered, skips the rest, and the next run fills it", async () => {
    const broken = await withFault({ status: 500 }, { together: true });
    expect(statuses(broken)).toEqual(["answered", "answered", "error", "skipped", "skipped"]);
    await server?.close();
    expect(statuses(await withFault({}, { together: true }))).toEqual(around("answered"));
    expect((await ledger.superseded()).map(({ usage }) => usage.voice?.calls ?? 0)).toEqual([1, 1, 0, 0, 0]);
  });

  it("with a reply of a few signs of JSON is asked again by the agents, which counts apart from the calls", async () => {
    let half = 1;
    server = await FaultyModelServer.choosing((request) => {
      const reply = replyByHash(request);
      const cut = agentOf(promptOf(request)) === "reflect" && half-- > 0;
      return { reply: cut ? reply.slice(0, 6) : reply };
    });
    const subjects = await simulacraOver(server.baseURL, limits);
    await runSums({ ledger, subjects, items: 1, methods: ["macm"] });
    await subjects.close();
    expect((await samples())[0]).toMatchObject({ status: "answered", degraded: [] });
    const { agents, voice } = (await samples())[0]?.usage ?? {};
    expect([agents?.calls, agents?.reasks, voice?.calls, voice?.reasks]).toEqual([3, 1, 1, 0]);
  });
});

describe("a simulacrum of which a part fails", () => {
  it("answers without Thinking, and the sample is marked", async () => {
    server = await FaultyModelServer.choosing((request) =>
      agentOf(promptOf(request)) === "think" ? { status: 500 } : { reply: replyByHash(request) },
    );
    const subjects = await simulacraOver(server.baseURL, limits);
    await runSums({ ledger, subjects, items: 2, methods: ["macm"] });
    await subjects.close();
    expect((await samples()).map(({ status, degraded }) => [status, degraded])).toEqual([
      ["answered", ["thinking"]],
      ["answered", ["thinking"]],
    ]);
  });

  it("fails where its voice fails, and what its agents cost is kept", async () => {
    server = await FaultyModelServer.choosing((request) =>
      agentOf(promptOf(request)) === "respond" ? { status: 500 } : { reply: replyByHash(request) },
    );
    const subjects = await simulacraOver(server.baseURL, limits);
    await runSums({ ledger, subjects, items: 1, methods: ["macm"] });
    await subjects.close();
    expect((await samples())[0]).toMatchObject({
      status: "error",
      reason: expect.stringMatching(/answered 500 after 2 tries/u),
      usage: { agents: { calls: 3, inputTokens: 33, outputTokens: 21, reasks: 0 } },
    });
    expect((await samples())[0]?.usage.voice).toBeUndefined();
  });

  it("recalls by words alone where the embeddings fail, and the sample is marked", async () => {
    server = await FaultyModelServer.choosing((request) => ({ reply: replyByHash(request) }));
    const embeddings = new FailingEmbeddings();
    const subjects = await simulacraOver(server.baseURL, { ...limits, embeddings });
    await runSums({ ledger, subjects, items: 1, methods: ["macm"] });
    embeddings.fails = true;
    await runSums({ ledger, subjects, items: 2, methods: ["macm"] });
    await subjects.close();
    expect((await samples()).map(({ status, degraded }) => [status, degraded])).toEqual([
      ["answered", []],
      ["answered", ["memory", "embeddings"]],
    ]);
  });
});

describe("an instrument with a fault", () => {
  it.each(["parse", "score"] as const)(
    "in %s stops the run, is named with its item, and loses nothing",
    async (act) => {
      const broken: Instrument = {
        ...(sums as Instrument),
        [act](answer: never, item: { data: { sum: number } }) {
          if (item.data.sum === 6) throw new TypeError("no such key");
          return (sums as Instrument)[act](answer, item) as never;
        },
      };
      const failing = withFault({}, { instrument: broken, concurrency: 1 });
      await expect(failing).rejects.toMatchObject({
        code: "internal",
        details: { instrument: "sums", item: "3" },
      });
      await expect(failing).rejects.toThrow(/sums has a fault: .*item 3 \(no such key\)/u);
      expect((await samples()).map(({ item, status }) => [item, status])).toEqual([
        ["1", "answered"],
        ["2", "answered"],
      ]);
      await server?.close();
      expect(statuses(await withFault({}))).toEqual(around("answered"));
    },
  );
});

class FailingEmbeddings extends Embeddings {
  fails = false;
  readonly #inner = new LexicalEmbeddings();
  constructor() {
    super({});
  }
  embedQuery(text: string): Promise<number[]> {
    return this.fails ? Promise.reject(new Error("out of memory")) : this.#inner.embedQuery(text);
  }
  embedDocuments(texts: string[]): Promise<number[][]> {
    return this.fails ? Promise.reject(new Error("out of memory")) : this.#inner.embedDocuments(texts);
  }
}
