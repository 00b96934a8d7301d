import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "@langchain/langgraph-sdk";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { AgentsServer } from "../../dev/doubles/apps/agents-server.js";
import {
  answerTo,
  ben,
  ida,
  pairs,
  root,
  say,
  servedGraphs,
  startEcho,
  storedTurns,
  studioSettings,
  tokenOf,
  wordsOf,
} from "../../dev/doubles/apps/studio-server.js";

// The command of the README, `npx langgraphjs dev`, in a project folder of its own, killed between the turns.

let folder: string;
let agents: AgentsServer;
let server: ChildProcess;
let running = false;
let output = "";
let client: Client;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "simulacra-restart-"));
  agents = await startEcho();
  const graphs = Object.fromEntries(
    Object.entries(await servedGraphs()).map(([id, path]) => [id, relative(folder, join(root, path))]),
  );
  const config = { node_version: "20", env: ".env", graphs };
  await writeFile(join(folder, "langgraph.json"), JSON.stringify(config));
  await writeFile(join(folder, ".gitignore"), await readFile(join(root, ".gitignore"), "utf8"));
  // All settings come from here: the command reads the file that langgraph.json names.
  const settings = Object.entries(studioSettings(agents, join(folder, "home")));
  await writeFile(join(folder, ".env"), settings.map(([name, value]) => `${name}=${value}`).join("\n"));
});

afterAll(async () => {
  if (running) process.kill(-(server.pid ?? 0), "SIGKILL");
  await agents.close();
  await rm(folder, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

async function start(): Promise<void> {
  const port = await freePort();
  const ours = /^(SIMULACRA_|OPENAI_|LANGSMITH_|LANGCHAIN_)/u;
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)));
  server = spawn(
    "npx",
    ["langgraphjs", "dev", "--no-browser", "--host", "127.0.0.1", "--port", `${port}`, "--config", folder],
    // A group of its own, so that all of it can be killed.
    { cwd: root, detached: true, env: { ...env, LANGGRAPH_CLI_NO_ANALYTICS: "1", LOG_LEVEL: "info" } },
  );
  running = true;
  for (const stream of [server.stdout, server.stderr]) stream?.on("data", (data) => (output += data));
  client = new Client({ apiUrl: `http://127.0.0.1:${port}`, callerOptions: { maxRetries: 0 } });
  const ready = () =>
    fetch(`http://127.0.0.1:${port}/ok`)
      .then(({ ok }) => ok)
      .catch(() => false);
  await vi.waitUntil(ready, { timeout: 40_000, interval: 200 }).catch((error: unknown) => {
    throw new Error(`The server did not start:\n${output}`, { cause: error });
  });
}

async function end(signal: NodeJS.Signals): Promise<void> {
  const { pid = 0 } = server;
  process.kill(-pid, signal);
  // No process of the group is left.
  const alive = () => {
    try {
      return process.kill(-pid, 0);
    } catch {
      return false;
    }
  };
  await vi.waitUntil(() => !alive(), { timeout: 15_000 });
  running = false;
}

/** Says something; the voice's tokens as they were streamed, and the words of the whole talk. */
async function streamed(thread: string, words: string, context: object) {
  let tokens = "";
  let talk: string[] = [];
  for await (const { event, data } of client.runs.stream(thread, "macm", {
    input: say(words),
    context,
    streamMode: ["messages-tuple", "values"],
  })) {
    if (event === "messages") tokens += tokenOf(data);
    else if (event === "values") talk = wordsOf(data);
    else if (event === "error") throw new Error(JSON.stringify(data));
  }
  return { tokens, talk };
}

const prompts = () =>
  agents.prompts
    .splice(0)
    .map(({ prompt }) => prompt)
    .join("\n");

const boat = "My boat is called the Kittiwake.";
const parrot = "My parrot Zebedee died on Sunday.";
const secret = "I have hidden my mother's necklace under the third floorboard.";
const modes = ["persist", "overlay", "off"];
let bens = "";
let idas = "";
/** Threads in which Ben has told his secret, by memory mode. */
const secrets = new Map<string, string>();

async function newThread(): Promise<string> {
  return (await client.threads.create()).thread_id;
}

describe("after it was killed", () => {
  beforeAll(async () => {
    await start();
    bens = await newThread();
    idas = await newThread();
    expect(await streamed(bens, boat, ben)).toEqual({ tokens: answerTo(boat), talk: pairs(boat) });
    expect(await streamed(idas, parrot, ida)).toEqual({ tokens: answerTo(parrot), talk: pairs(parrot) });
    for (const memoryMode of modes) {
      const thread = await newThread();
      secrets.set(memoryMode, thread);
      await streamed(thread, secret, { ...ben, memoryMode });
    }
    // The server writes its threads to disk some seconds after the last change.
    await sleep(4_000);
    // This turn it has not written when it is killed; the memory has.
    await streamed(bens, "It is painted green.", ben);
    await end("SIGKILL");
    await start();
  }, 120_000);

  it("goes on with two threads and two people", async () => {
    prompts();
    expect(await streamed(bens, "Where were we?", ben)).toEqual({
      tokens: answerTo("Where were we?"),
      talk: pairs(boat, "It is painted green.", "Where were we?"),
    });
    const bensPrompts = prompts();
    expect(bensPrompts).toContain("Kittiwake");
    expect(bensPrompts).toContain("painted green");
    expect(bensPrompts).not.toContain("Zebedee");
    expect((await streamed(idas, "Where were we?", ida)).talk).toEqual(pairs(parrot, "Where were we?"));
    const idasPrompts = prompts();
    expect(idasPrompts).toContain("Zebedee");
    expect(idasPrompts).not.toMatch(/Kittiwake|painted green/u);
    expect(await storedTurns(join(folder, "home"), bens)).toHaveLength(3);
    expect(await storedTurns(join(folder, "home"), idas)).toHaveLength(2);
  });

  it("knows each again in a thread that neither has used yet", async () => {
    await streamed(await newThread(), "What is my parrot called, that died on Sunday?", ida);
    expect(prompts()).toContain("Zebedee");
  });

  it.each(modes)("keeps another out of a thread, memory mode %s", async (memoryMode) => {
    const thread = secrets.get(memoryMode) ?? "";
    prompts();
    for (const mode of new Set([memoryMode, "persist"])) {
      const context = { ...ida, memoryMode: mode };
      await expect(streamed(thread, "What did he say?", context)).rejects.toThrow(/other people/u);
      const again = client.runs.wait(thread, "macm", { input: null, context });
      await expect(again).rejects.toThrow(/other people/u);
    }
    expect(prompts()).toBe("");
    const { talk } = await streamed(thread, "It is me again.", { ...ben, memoryMode });
    expect(talk).toEqual(pairs(secret, "It is me again."));
    const shown = prompts();
    expect([secret, "What did he say?"].map((words) => shown.includes(words))).toEqual([true, false]);
  });

  it.each(modes)(
    "shows another nothing of it in a thread of their own, memory mode %s",
    async (memoryMode) => {
      prompts();
      await streamed(await newThread(), "What lies under the third floorboard?", { ...ida, memoryMode });
      const shown = prompts();
      expect(["third floorboard", "necklace"].map((words) => shown.includes(words))).toEqual([true, false]);
    },
  );

  it("ends when it is told to", async () => {
    await end("SIGTERM");
    expect(await readFile(join(folder, ".gitignore"), "utf8")).toBe(
      await readFile(join(root, ".gitignore"), "utf8"),
    );
  });
});
