import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { awaitAllCallbacks } from "@langchain/core/callbacks/promises";
import { BaseTracer, type Run } from "@langchain/core/tracers/base";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Character, characterSchema } from "../../data/character.js";
import { packageVersion } from "../../data/package-version.js";
import { sums } from "../../dev/doubles/evals/sums.js";
import { LexicalEmbeddings, ScriptedChatModel } from "../../models/index.js";
import type { EvaluationOptions } from "./evaluation-options.js";
import { collected } from "./ledger.js";
import { planEvaluation } from "./plan-evaluation.js";
import { writeReport } from "./report/write-report.js";
import { runEvaluation } from "./run-evaluation.js";
import { existingRun, runPaths } from "./run-file.js";
import { SqliteLedger } from "./sqlite-ledger.js";

let out: string;
beforeEach(() => {
  out = join(mkdtempSync(join(tmpdir(), "evaluation-")), "run");
});
afterEach(() => rmSync(join(out, ".."), { recursive: true }));

const anna: Character = characterSchema.parse({
  id: "anna",
  name: "Anna",
  personality: { traits: ["She counts on her fingers."] },
  biography: "Anna sells bread.",
});

/** A model that knows sums, or what `reply` makes of the call. */
const counting = (reply?: (call: number) => string | Error | Promise<string>) =>
  new ScriptedChatModel((messages, { call }) => {
    const found = /What is (\d+)/u.exec(messages.at(-1)?.text ?? "");
    return reply?.(call) ?? `That makes ${2 * Number(found?.[1])}.`;
  });

const options = (model: ScriptedChatModel, more: Partial<EvaluationOptions> = {}): EvaluationOptions => ({
  instruments: [sums],
  out,
  characters: [anna],
  methods: ["prompt"],
  models: ["scripted"],
  repeats: 1,
  settings: { items: "4" },
  chatModel: () => model,
  ...more,
});
const countsOf = async () => {
  const ledger = await SqliteLedger.open(runPaths(out).ledger);
  const counts = await ledger.counts();
  await ledger.close();
  return counts;
};

describe("a run", () => {
  it("keeps where its models are asked and which program ran it, without keys, and outside of the samples' keys", async () => {
    const at = (host: string) =>
      Object.assign(counting(), { clientConfig: { baseURL: `http://me:sk-secret@${host}/v1?key=hidden` } });
    await runEvaluation(options(at("127.0.0.1:8000")));
    expect(await runEvaluation(options(at("127.0.0.1:9000")))).toMatchObject({ settled: 4, made: 0 });
    const [entry] = existingRun(out).entries;
    expect(entry?.servers).toEqual([
      { model: "scripted", host: "127.0.0.1:8000" },
      { model: "scripted", host: "127.0.0.1:9000" },
    ]);
    expect(entry?.programs).toEqual([await packageVersion()]);
    expect(JSON.stringify(existingRun(out))).not.toMatch(/secret|hidden/u);
  });

  it("goes on where it stopped, and is extended by repeats, methods and models", async () => {
    const model = counting();
    expect(await runEvaluation(options(model))).toMatchObject({
      planned: 4,
      settled: 0,
      made: 4,
      stopped: null,
    });
    expect(await runEvaluation(options(model))).toMatchObject({ planned: 4, settled: 4, made: 0 });
    const wider = { repeats: 2, methods: ["blank", "prompt"] as const, models: ["scripted", "other"] };
    expect(await runEvaluation(options(model, wider))).toMatchObject({ planned: 32, settled: 4, made: 28 });
    expect(existingRun(out).entries).toMatchObject([
      { instrument: "sums", methods: ["prompt", "blank"], models: ["scripted", "other"], repeats: 2 },
    ]);
  });

  it("leaves out agents of a mind as a condition of its own, in the order of methods", async () => {
    const model = new ScriptedChatModel((messages) => {
      const prompt = messages.map(({ text }) => text).join("\n");
      if (prompt.includes("keyElements"))
        return JSON.stringify({ keyElements: ["a sum"], asksForMemory: false, queries: ["sum"] });
      if (prompt.includes('"arousal"')) return JSON.stringify({ text: "Calm.", valence: 0, arousal: 0 });
      return "That makes 2.";
    });
    const methods = ["macm:without=thinking+emotion", "macm", "macm:without=emotion", "blank"];
    const embeddings = { embeddings: new LexicalEmbeddings(), id: "lexical-384" };
    const macm = options(model, { methods, embeddings, settings: { items: "2" } });
    expect(await runEvaluation(macm)).toMatchObject({ planned: 8, made: 8 });
    expect(await runEvaluation({ ...macm, methods: ["macm:without=emotion+thinking"] })).toMatchObject({
      settled: 2,
      made: 0,
    });
    const { results } = await writeReport(out, { instruments: [sums] });
    const names = ["blank", "macm", "macm:without=emotion", "macm:without=emotion+thinking"];
    expect(results.instruments[0]?.conditions.map(({ method }) => method)).toEqual(names);
    const ledger = await SqliteLedger.open(runPaths(out).ledger);
    const samples = await collected(ledger.samples());
    await ledger.close();
    const calls = (method: string) =>
      samples.find(({ condition }) => condition.method === method)?.usage.agents?.calls;
    expect(names.map(calls)).toEqual([undefined, 3, 2, 1]);
    expect(new Set(samples.map(({ key }) => key)).size).toBe(8);
    const csv = readFileSync(join(out, "samples.csv"), "utf8");
    for (const name of names) expect(csv).toContain(`,${name},`);
    expect(readFileSync(join(out, "report.html"), "utf8")).toContain("macm:without=emotion+thinking");
  });

  it.each([
    ["magic", /There is no method "magic"\. There are: blank, prompt, rag, macm/u],
    ["macm:without=body", /no agent "body" to leave out/u],
    ["prompt:without=emotion", /The method "prompt" has no agents/u],
    ["macm:with=all", /is no way to play a character/u],
  ])("refuses %s", async (method, why) => {
    await expect(runEvaluation(options(counting(), { methods: [method] }))).rejects.toThrow(why);
  });

  it("does not mix what was put under other conditions", async () => {
    await runEvaluation(options(counting()));
    await expect(runEvaluation(options(counting(), { seed: 2 }))).rejects.toThrow(
      /4 sessions .* Give another --out/su,
    );
    const elsewhere = { framing: "neutral" as const };
    expect(await runEvaluation(options(counting(), elsewhere))).toMatchObject({ settled: 0, made: 4 });
    expect(existingRun(out).entries).toHaveLength(2);
  });

  it("stops before a limit of calls, and the same again goes on", async () => {
    const model = counting();
    const first = await runEvaluation(options(model, { maxCalls: 4, concurrency: 8 }));
    expect(first).toMatchObject({ made: 3, spent: { calls: 3 } });
    expect(first.stopped).toContain("limit of 4 model calls");
    expect(model.calls).toHaveLength(3);
    expect(await runEvaluation(options(model, { maxCalls: 3 }))).toMatchObject({
      settled: 3,
      made: 1,
      stopped: null,
    });
  });

  it("does not pass a limit of calls where replies are asked for once more", async () => {
    const model = counting((call) => (call % 2 === 0 ? "" : "2"));
    const outcome = await runEvaluation(options(model, { maxCalls: 3, concurrency: 8 }));
    expect(outcome).toMatchObject({ made: 1, spent: { calls: 2 } });
    expect(model.calls).toHaveLength(2);
  });

  it("stops before a limit of money, which the prices of the models decide", async () => {
    const prices = { currency: "EUR", models: { scripted: { input: 0, output: 100 } } };
    // A call is taken to cost 0.4096 at most, and to be asked twice; what it really costs leaves room for the next.
    const outcome = await runEvaluation(options(counting(), { maxCost: 0.82, prices }));
    expect(outcome.stopped).toContain("EUR");
    expect(outcome.made).toBeGreaterThan(0);
    expect(outcome.spent.cost).toBeLessThanOrEqual(0.82);
    const unpriced = { maxCost: 1, prices: { currency: "EUR", models: {} } };
    await expect(runEvaluation(options(counting(), unpriced))).rejects.toThrow("no price for scripted");
  });

  it("counts the money of embeddings at the price of their name, and asks for one of embeddings of one's own", async () => {
    const models = { scripted: { input: 0, output: 0 } };
    const small = { "openai:text-embedding-3-small": { input: 1_000, output: 0 } };
    const run = (id: string, maxCost: number, more: object) =>
      runEvaluation(
        options(counting(), {
          methods: ["macm"],
          embeddings: { embeddings: new LexicalEmbeddings(), id },
          maxCost,
          prices: { currency: "EUR", models: { ...models, ...more } },
          concurrency: 1,
        }),
      );
    const space = "openai:text-embedding-3-small-1536";
    await expect(run("mine", 1, small)).rejects.toThrow("no price for mine");
    const outcome = await run(space, 0.005, small);
    expect(outcome.stopped).toContain("limit of 0.005 EUR");
    expect(outcome.spent.cost).toBeGreaterThan(0);
  });

  it("fails above the error rate, and keeps the errors as gaps to be filled", async () => {
    const failing = counting((call) => (call < 1 ? new Error("server down") : "2"));
    expect(await runEvaluation(options(failing))).toMatchObject({
      counts: { answered: 3, error: 1 },
      errorShare: 0.25,
      failed: true,
    });
    expect(await runEvaluation(options(counting()))).toMatchObject({ made: 1, failed: false });
  });

  it("fails where one instrument is above the error rate, however many good samples another has", async () => {
    const failing = counting((call) => (call === 30 ? new Error("server down") : "2"));
    const both = {
      instruments: [sums, { ...sums, name: "more" }],
      settings: { "sums.items": "30", "more.items": "1" },
    };
    const outcome = await runEvaluation(options(failing, { ...both, cache: false }));
    expect(outcome).toMatchObject({ counts: { answered: 30, error: 1 }, failed: true });
    expect(outcome.errorShare).toBeLessThan(0.05);
  });

  it("ends cleanly when it is interrupted", async () => {
    const stop = new AbortController();
    const model = counting(async (call) => {
      if (call === 2) stop.abort();
      return "2";
    });
    const outcome = await runEvaluation(options(model, { concurrency: 1, signal: stop.signal }));
    expect(outcome.stopped).toBe("interrupted");
    expect(await countsOf()).toMatchObject({ answered: 2, error: 0 });
    expect(await runEvaluation(options(counting()))).toMatchObject({ settled: 2, made: 2 });
  });

  it("says everything that stands in the way before anything is spent", async () => {
    const model = counting();
    const none = { settings: { items: "0" } };
    await expect(runEvaluation(options(model, none))).rejects.toThrow("There is nothing to ask");
    const misspelt = { settings: { itens: "1" } };
    await expect(runEvaluation(options(model, misspelt))).rejects.toThrow(
      /itens is no setting .* items, together/u,
    );
    await expect(runEvaluation(options(model, { repeats: 0 }))).rejects.toThrow("repeats");
    expect(model.calls).toHaveLength(0);
  });

  it("traces a session as one trace, the simulacrum's runs below it", async () => {
    class Roots extends BaseTracer {
      readonly name = "roots";
      readonly roots: Run[] = [];
      protected async persistRun(run: Run): Promise<void> {
        this.roots.push(run);
      }
    }
    const tracer = new Roots();
    await runEvaluation(options(counting(), { callbacks: [tracer] }));
    await awaitAllCallbacks();
    expect(tracer.roots.map(({ name }) => name)).toEqual(Array(4).fill("sums session"));
    const below = tracer.roots[0]?.child_runs.find(({ name }) => name === "simulate")?.child_runs ?? [];
    expect(below.map(({ name }) => name)).toEqual(["anna-prompt"]);
    expect(below[0]?.extra?.metadata).toMatchObject({
      instrument: "sums",
      item: "1",
      method: "prompt",
      repeat: 1,
    });
  });
});

describe("the plan of a run", () => {
  it("counts what is to be put and estimates what it takes, without a call", async () => {
    const model = counting();
    const plan = await planEvaluation(options(model, { repeats: 3 }));
    expect(plan).toMatchObject({
      problems: [],
      instruments: [{ name: "sums", sessions: 12, samples: 12, done: 0 }],
      usage: { voice: { calls: 12 } },
    });
    expect(model.calls).toHaveLength(0);
    expect(readdirSync(join(out, ".."))).toEqual([]);
    await runEvaluation(options(model));
    const rest = await planEvaluation(options(model, { repeats: 3 }));
    expect(rest).toMatchObject({ instruments: [{ done: 4 }], usage: { voice: { calls: 8 } } });
    // The estimate holds for a real run, but for the length of the replies.
    const used = model.calls.length;
    expect(used).toBe(4);
    const perItem = (plan.usage.voice?.inputTokens ?? 0) / 12;
    expect(perItem).toBeGreaterThan(100);
  });

  it("says where it may have asked embeddings that cost", async () => {
    const own = { embeddings: { embeddings: new LexicalEmbeddings(), id: "mine" } };
    const notes = async () => (await planEvaluation(options(counting(), own))).assumed.notes.join(" ");
    expect(await notes()).toContain("own embeddings were not asked");
    await runEvaluation(options(counting(), own));
    expect(await notes()).toContain("own embeddings may have been asked");
  });

  it("tells of unknown models and missing keys together", async () => {
    const { problems } = await planEvaluation({
      ...options(counting(), { models: ["nonsense", "openai:gpt-4.1-mini"] }),
      chatModel: () => undefined,
      env: {},
    });
    expect(problems).toEqual([
      expect.stringContaining('no model "nonsense"'),
      expect.stringContaining("needs OPENAI_API_KEY"),
    ]);
  });
});
