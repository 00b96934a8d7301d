import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type StoryChunk, storyChunks, storyParagraphs } from "../../data/index.js";
import { constructionJournal, memoryKeyOf } from "../../graphs/memory-construction/construct-memories.js";
import { LIFE, SqliteMemoryStore } from "../../memory/index.js";
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
  const child = spawn(
    process.execPath,
    ["--import", "tsx", worker, folder, embeddings, String(CONCURRENCY)],
    {
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, OPENAI_BASE_URL: baseURL },
    },
  );
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
  const paragraphs = smoke ? 64 : 150;
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
  rows.push(...(await killed(script, story, calls, smoke ? 3 : 10)));
  return rows;
}

/** Kills construction so many times, at even places of its course, and runs it again each time. */
async function killed(script: string, story: string, needed: number, kills: number): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), "simulacra-bench-"));
  const server = await startModelServer(script, LATENCY, join(folder, "log.jsonl"));
  try {
    await writeFile(join(folder, "story.md"), story);
    const chunks = storyChunks(storyParagraphs(story));
    let again = 0;
    let kept = chunks.map(() => 0);
    let seen = 0;
    for (let kill = 0; kill <= kills; kill++) {
      const worker = construct(folder, server.baseURL, "lexical");
      if (kill < kills) {
        // Killed once it has truly got on by a part of the work, however long it took to start.
        const part = Math.max(4, Math.floor(needed / (kills + 2)));
        while ((await server.calls()).length < seen + part && worker.child.exitCode === null) await sleep(15);
        worker.child.kill("SIGKILL");
      }
      await worker.done;
      await sleep(LATENCY + 100);
      const calls = (await server.calls()).slice(seen);
      seen += calls.length;
      again += chunks.reduce(
        (sum, { text }, place) => sum + Math.max(0, readings(calls, text) + (kept[place] ?? 0) - 2),
        0,
      );
      kept = await finishedReadings(join(folder, "memory.sqlite"), chunks);
    }
    return [
      {
        what: `calls after ${kills} kills`,
        measured: seen,
        unit: "calls",
        limit: needed + CONCURRENCY * kills,
        baseline: { name: "needed", value: needed },
      },
      { what: "finished calls made again", measured: again, unit: "calls", limit: 0 },
    ];
  } finally {
    server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Calls that read this passage: content and feeling, one each. (What follows reads the content made of it.) */
const readings = (calls: readonly LoggedCall[], passage: string): number =>
  calls.filter(({ messages }) => messages.some(({ content }) => content.includes(`<passage>\n${passage}`)))
    .length;

/** How many of the two readings of each passage are finished and kept. */
async function finishedReadings(path: string, chunks: readonly StoryChunk[]): Promise<number[]> {
  const store = await SqliteMemoryStore.open({ path });
  try {
    return await Promise.all(
      chunks.map(async (chunk) => {
        if (await store.get([...LIFE], memoryKeyOf(chunk))) return 2;
        const journal = constructionJournal(store, chunk);
        const parts = await Promise.all([journal.finished("content"), journal.finished("feeling")]);
        return parts.filter((part) => part !== undefined).length;
      }),
    );
  } finally {
    await store.close();
  }
}
