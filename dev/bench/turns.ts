import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { importHumanSimulacra } from "../../data/index.js";
import { createSimulacrum } from "../../graphs/simulacrum/simulacrum.js";
import { countTokens, resolveChatModel } from "../../models/index.js";
import { median, type Row } from "./figures.js";
import { type LoggedCall, startModelServer } from "./model-server.js";
import { sharedFolder } from "./shared-folder.js";

/** Tokens of a request as the published program was counted: cl100k, 4 a message, 3 in all. */
const promptTokens = (call: LoggedCall): number =>
  call.messages.reduce((sum, { content }) => sum + 4 + countTokens(content), 3);

/** Tokens of a request behind what it has in common with an earlier one, which is kept for the next. */
function notCachedTokens(call: LoggedCall, earlier: string[]): number {
  const prompt = call.messages.map(({ role, content }) => `<${role}>${content}`).join("\n");
  let shared = 0;
  // What is like none of the last prompts is like none before.
  for (const other of earlier.slice(-12)) {
    let at = 0;
    while (at < other.length && other[at] === prompt[at]) at++;
    shared = Math.max(shared, at);
  }
  earlier.push(prompt);
  return promptTokens(call) * (1 - shared / prompt.length);
}

interface Published {
  messages: string[];
  published: { callsPerTurn: number; path: number; promptTokens: Record<string, number> };
}

interface MeasuredTurn {
  /** Milliseconds. */
  complete: number;
  first: number;
  calls: number;
  tokens: number;
  /** Of the tokens, those that no earlier prompt of the talk began with: what a server that keeps prefixes has to read. */
  notCached: number;
  longestPrompt: number;
  reasks: number;
}

/** A conversation of `turns` turns with Mary Jones against a model server of the given latency. */
async function converse(
  wiring: "drawn" | "beside",
  turns: number,
  latencyMs: number,
  paths: { data: string; script: string },
  messages: readonly string[],
): Promise<MeasuredTurn[]> {
  const folder = await mkdtemp(join(tmpdir(), "simulacra-bench-"));
  const server = await startModelServer(paths.script, latencyMs, join(folder, "log.jsonl"));
  try {
    const { characters } = await importHumanSimulacra(paths.data);
    const character = characters.find(({ name }) => name === "Mary Jones");
    if (!character) throw new Error("Mary Jones is not among the characters");
    const model = await resolveChatModel("openai:stub", {
      env: { OPENAI_BASE_URL: server.baseURL },
      concurrency: 16,
    });
    const simulacrum = await createSimulacrum({ character, wiring, model, home: join(folder, "home") });
    const measured: MeasuredTurn[] = [];
    const earlier: string[] = [];
    let seen = 0;
    for (let turn = 0; turn < turns; turn++) {
      const start = performance.now();
      let first = Number.NaN;
      let complete = Number.NaN;
      let reasks = 0;
      const options = { thread: "bench", interlocutor: { id: "ben", name: "Ben" } };
      for await (const event of simulacrum.stream(messages[turn % messages.length] ?? "Hello.", options)) {
        if (event.type === "token" && Number.isNaN(first)) first = performance.now() - start;
        if (event.type === "result") {
          complete = performance.now() - start;
          reasks = event.result.usage.reasks;
        }
      }
      const calls = (await server.calls()).slice(seen);
      seen += calls.length;
      measured.push({
        complete,
        first,
        calls: calls.length - reasks,
        tokens: calls.reduce((sum, call) => sum + promptTokens(call), 0),
        notCached: calls.reduce((sum, call) => sum + notCachedTokens(call, earlier), 0),
        longestPrompt: Math.max(...calls.map((call) => promptTokens(call) + countTokens(call.reply))),
        reasks,
      });
      if ((turn + 1) % 10 === 0) process.stderr.write(`  ${wiring}: turn ${turn + 1} of ${turns}\n`);
    }
    await simulacrum.close();
    return measured;
  } finally {
    server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Latency and prompt size of a turn beside the published program's. Null where the measuring data is absent. */
export async function turnsBench({ smoke = false } = {}): Promise<Row[] | null> {
  const data = sharedFolder("data/human-simulacra");
  const script = sharedFolder("tools/model-server.mjs");
  const reference = sharedFolder("reference/turn-messages.json");
  if (!data || !script || !reference) return null;
  const { messages, published }: Published = JSON.parse(await readFile(reference, "utf8"));
  const latency = 1000;
  const paths = { data, script };
  const drawn = await converse("drawn", smoke ? 3 : 20, latency, paths, messages);
  const beside = await converse("beside", smoke ? 3 : 20, latency, paths, messages);
  const long = await converse("drawn", smoke ? 12 : 100, 0, paths, messages);
  const inL = (of: readonly MeasuredTurn[], key: "complete" | "first") =>
    median(of.map((turn) => turn[key])) / latency;
  const tokensAt = (turn: number) => long[turn - 1]?.tokens ?? Number.NaN;
  const theirs = (turn: number) => ({
    name: "published",
    value: published.promptTokens[String(turn)] ?? Number.NaN,
  });
  return [
    {
      what: "model calls a turn (median)",
      measured: median(drawn.map(({ calls }) => calls)),
      unit: "calls",
      limit: 4,
      baseline: { name: "published", value: published.callsPerTurn },
    },
    {
      what: "answer complete, drawn",
      measured: inL(drawn, "complete"),
      unit: "L",
      limit: 3.1,
      baseline: { name: "published", value: published.path },
    },
    {
      what: "answer complete, beside",
      measured: inL(beside, "complete"),
      unit: "L",
      limit: 2.1,
      baseline: { name: "published", value: published.path },
    },
    {
      what: "first token, drawn (model's own included)",
      measured: inL(drawn, "first"),
      unit: "L",
      limit: 3.1,
    },
    {
      what: "prompt tokens, turn 1",
      measured: tokensAt(1),
      unit: "tokens",
      limit: 7500,
      baseline: theirs(1),
    },
    {
      what: "prompt tokens, turn 10",
      measured: tokensAt(10),
      unit: "tokens",
      limit: 7500,
      baseline: theirs(10),
    },
    {
      what: "of these not read before, turn 10",
      measured: long[9]?.notCached ?? Number.NaN,
      unit: "tokens",
      limit: 1500,
    },
    ...(smoke
      ? []
      : [
          { what: "prompt tokens, turn 100", measured: tokensAt(100), unit: "tokens", baseline: theirs(100) },
          { what: "turn 100 to turn 10", measured: tokensAt(100) / tokensAt(10), unit: "times", limit: 1.1 },
        ]),
    {
      what: "longest call of all, prompt and reply",
      measured: Math.max(...long.map((turn) => turn.longestPrompt)),
      unit: "tokens",
      limit: 4096,
    },
    {
      what: "re-asks, all turns",
      measured: [...drawn, ...beside, ...long].reduce((sum, turn) => sum + turn.reasks, 0),
      unit: "calls",
    },
  ];
}
