import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { storyChunks, storyParagraphs } from "../../data/index.js";
import type { Row } from "./figures.js";
import { type LoggedCall, startModelServer } from "./model-server.js";
import { sharedFolder } from "./shared-folder.js";

const LATENCY = 300;
const CONCURRENCY = 16;

/** A story of so many different paragraphs. */
const storyOf = (paragraphs: number): string =>
  Array.from(
    { length: paragraphs },
    (_, n) =>
      `In the year ${1800 + n} the ferry number ${n} was painted again, and Ada, who was ${n} weeks in the yard, carried the ${n * 3} tins of paint from the shed to the slip before the rain came. She counted them twice and said nothing of the one that was missing.`,
  ).join("\n\n");

interface Worker {
  child: ChildProcess;
  /** Resolves with the milliseconds of construction, or null when it was killed. */
  done: Promise<number | null>;
}

/** A process that constructs the memories of the story in `folder`. */
function construct(folder: string, baseURL: string, embeddings: string): Worker {
  const worker = fileURLToPath(new URL("./construction-worker.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", worker, folder, embeddings, String(CONCURRENCY)], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, OPENAI_BASE_URL: baseURL },
  });
  let out = "";
  child.stdout?.on("data", (data) => {
    out += data;
  });
  const done = new Promise<number | null>((resolve) => {
    child.on("close", () => resolve(out.includes("ms") ? JSON.parse(out).ms : null));
  });
  return { child, done };
}

/** Throughput of memory construction to its limit, and the cost of being killed. Null where the model server is absent. */
export async function constructionBench({ smoke = false } = {}): Promise<Row[] | null> {
  const script = sharedFolder("tools/model-server.mjs");
  if (!script) return null;
  const paragraphs = smoke ? 30 : 150;
  const story = storyOf(paragraphs);
  const calls = storyChunks(storyParagraphs(story)).length * 4;
  const limit = (calls * LATENCY) / CONCURRENCY;
  const rows: Row[] = [];
  for (const embeddings of smoke ? ["lexical"] : ["lexical", "energetic"]) {
    const folder = await mkdtemp(join(tmpdir(), "simulacra-bench-"));
    const server = await startModelServer(script, LATENCY, join(folder, "log.jsonl"));
    try {
      await writeFile(join(folder, "story.md"), story);
      const ms = (await construct(folder, server.baseURL, embeddings).done) ?? Number.NaN;
      const made = (await server.calls()).length;
      rows.push({
        what: `construction of ${paragraphs} paragraphs, ${embeddings}`,
        measured: ms / limit,
        unit: "limits",
        ...(embeddings === "lexical" && { limit: 1.25 }),
        baseline: { name: "calls x L / 16 (s)", value: limit / 1000 },
      });
      rows.push({ what: `calls made, ${embeddings}`, measured: made, unit: "calls", limit: calls });
    } finally {
      server.stop();
      await rm(folder, { recursive: true, force: true });
    }
  }
  rows.push(...(await killed(script, story, calls, smoke ? 3 : 10, limit)));
  return rows;
}

/** Kills construction so many times, at even places of its course, and runs it again each time. */
async function killed(script: string, story: string, needed: number, kills: number, limit: number): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), "simulacra-bench-"));
  const server = await startModelServer(script, LATENCY, join(folder, "log.jsonl"));
  try {
    await writeFile(join(folder, "story.md"), story);
    let inFlight = 0;
    for (let kill = 0; kill < kills; kill++) {
      const before = (await server.calls()).length;
      const worker = construct(folder, server.baseURL, "lexical");
      // Killed once it has truly got on by a part of the work, however long it took to start.
      const part = Math.max(4, Math.floor(needed / (kills + 2)));
      while ((await server.calls()).length < before + part && worker.child.exitCode === null) await new Promise((wait) => setTimeout(wait, 15));
      worker.child.kill("SIGKILL");
      await worker.done;
      inFlight += CONCURRENCY;
      await new Promise((wait) => setTimeout(wait, LATENCY + 100));
    }
    await construct(folder, server.baseURL, "lexical").done;
    const log = await server.calls();
    return [
      { what: `calls after ${kills} kills`, measured: log.length, unit: "calls", limit: needed + inFlight, baseline: { name: "needed", value: needed } },
      { what: "finished calls made again", measured: repeatedAfterFinish(log, limit), unit: "calls", limit: inFlight },
    ];
  } finally {
    server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Requests whose very prompt had been answered before. Those answered while the process was being killed count as in flight. */
function repeatedAfterFinish(log: readonly LoggedCall[], _limit: number): number {
  const seen = new Map<string, number>();
  for (const call of log) {
    const prompt = JSON.stringify(call.messages);
    seen.set(prompt, (seen.get(prompt) ?? 0) + 1);
  }
  return [...seen.values()].reduce((sum, times) => sum + times - 1, 0);
}
