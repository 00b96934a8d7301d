import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { seededRandom } from "../../evals/core/random.js";
import { SqliteMemoryStore } from "../../memory/index.js";
import { recordNamespaces, threadRecordSchema, turnRecordSchema } from "../../memory/turn-record.js";

// Kills `simulacra ask` and `simulacra chat` at any moment and looks whether anything acknowledged was lost.
// Acknowledged is a turn whose JSON was printed (ask) or after which the prompt came back (chat, on a terminal).

const { values } = parseArgs({
  options: { kills: { type: "string", default: "50" }, seed: { type: "string", default: "1" } },
});
const kills = Number(values.kills);
const command = fileURLToPath(new URL("../../dist/apps/cli/main.js", import.meta.url));
if (!existsSync(command)) throw new Error("Build first: npm run build");
const folder = await mkdtemp(join(tmpdir(), "simulacra-kill-"));
const character = "hester-tranter";
const thread = "kill-test";
const memory = join(folder, "memory", character);
const env = {
  ...process.env,
  SIMULACRA_HOME: folder,
  SIMULACRA_MODEL: "offline",
  SIMULACRA_EMBEDDINGS: "lexical",
  NO_COLOR: "1",
  TERM: "dumb",
};

const random = seededRandom(values.seed);

const acknowledged: string[] = [];
let sent = 0;
const nextMessage = () => `Message number ${++sent}: what do you know about rope and canal boats?`;

/** One `ask`, killed after `killAfterMs`; undefined lets it finish. */
async function askOnce(
  killAfterMs: number | undefined,
): Promise<{ code: number | null; ms: number; out: string; err: string }> {
  const message = nextMessage();
  const start = performance.now();
  const child = spawn(
    process.execPath,
    [command, "ask", character, message, "--json", "--thread", thread, "--as", "me"],
    { env, stdio: ["ignore", "pipe", "pipe"] },
  );
  const ended = output(child);
  const timer = killAfterMs === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), killAfterMs);
  const { code, out, err } = await ended;
  clearTimeout(timer);
  if (isWholeJson(out)) acknowledged.push(message);
  return { code, ms: performance.now() - start, out, err };
}

/** One `chat` on a terminal: some turns, then killed within the last. */
async function chatOnce(turns: number, killAfterMs: number): Promise<void> {
  const line = `exec ${process.execPath} ${command} chat ${character} --thread ${thread} --as me`;
  const child = spawn("script", ["-qfec", line, "/dev/null"], { env, stdio: ["pipe", "pipe", "ignore"] });
  let shown = "";
  child.stdout.on("data", (data) => {
    shown += data;
  });
  const ended = new Promise((resolve) => child.on("close", resolve));
  const prompts = () => shown.match(/(^|\n|\r)> /gu)?.length ?? 0;
  const prompted = async (count: number) => {
    for (let wait = 0; prompts() < count && child.exitCode === null && wait < 3000; wait++) await sleep(10);
    return prompts() >= count;
  };
  if (await prompted(1)) {
    for (let turn = 0; turn < turns; turn++) {
      const message = nextMessage();
      const before = prompts();
      child.stdin.write(`${message}\n`);
      if (turn === turns - 1) {
        await sleep(killAfterMs);
        if (prompts() > before) acknowledged.push(message);
      } else if (await prompted(before + 1)) acknowledged.push(message);
    }
  }
  await killChildren(child);
  child.kill("SIGKILL");
  await ended;
}

async function killChildren(parent: ChildProcess): Promise<void> {
  const list = await readFile(`/proc/${parent.pid}/task/${parent.pid}/children`, "utf8").catch(() => "");
  for (const pid of list
    .split(" ")
    .filter((part) => part !== "")
    .map(Number))
    process.kill(pid, "SIGKILL");
}

function output(child: ChildProcess): Promise<{ code: number | null; out: string; err: string }> {
  let out = "";
  let err = "";
  child.stdout?.on("data", (data) => {
    out += data;
  });
  child.stderr?.on("data", (data) => {
    err += data;
  });
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, out, err })));
}

function isWholeJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** What the store holds of the thread, in order: what was answered, and what waits for an answer. */
async function storedMessages(): Promise<{ answered: string[]; waiting: string[] }> {
  const store = await SqliteMemoryStore.open({ path: join(memory, "memory.sqlite") });
  try {
    const items = await store.search(recordNamespaces.turns(thread), { limit: 1_000_000 });
    const record = await store.get([...recordNamespaces.threads], thread);
    return {
      answered: items
        .sort((a, b) => a.key.localeCompare(b.key))
        .flatMap((item) => turnRecordSchema.parse(item.value).stimulus.map(({ text }) => text)),
      waiting: record ? threadRecordSchema.parse(record.value).unanswered.map(({ text }) => text) : [],
    };
  } finally {
    await store.close();
  }
}

let failures = 0;
/** Words that waited for an answer after the kill before. */
let waited: string[] = [];
const first = await askOnce(undefined);
if (first.code !== 0) throw new Error(`The first start failed: ${first.err}`);
const terminal =
  process.platform === "linux" && ["/usr/bin/script", "/bin/script"].some((path) => existsSync(path));
if (!terminal)
  process.stderr.write("no `script` command here: chat on a terminal is left out, ask alone is killed\n");
for (let kill = 1; kill <= kills; kill++) {
  if (terminal && kill % 2 === 0) await chatOnce(1 + random.below(3), random.fraction() * 250);
  else await askOnce(random.fraction() * first.ms * 1.1);
  const { answered, waiting } = await storedMessages();
  const lost = acknowledged.filter((message) => !answered.includes(message));
  const forgotten = waited.filter((message) => ![...answered, ...waiting].includes(message));
  waited = waiting;
  const wrong = {
    lost: [...lost, ...forgotten],
    "waits though it is answered": waiting.filter((message) => answered.includes(message)),
    "stands beside the memory": readdirSync(memory).filter((name) => name.startsWith("checkpoints")),
  };
  for (const [what, found] of Object.entries(wrong)) {
    failures += found.length;
    for (const one of found) process.stderr.write(`${what} after kill ${kill}: ${one}\n`);
  }
  if (kill % 10 === 0 || kill === kills) {
    const next = await askOnce(undefined);
    if (next.code !== 0) {
      failures++;
      process.stderr.write(`start after kill ${kill} failed (${next.code}): ${next.err}\n`);
    }
    process.stderr.write(
      `${kill} of ${kills} kills, ${acknowledged.length} turns acknowledged, ${failures} failures\n`,
    );
  }
}
const last = await storedMessages();
const twice = [...last.answered, ...last.waiting].filter(
  (message, place, all) => all.indexOf(message) !== place,
);
if (twice.length > 0) {
  failures += twice.length;
  process.stderr.write(`stored twice: ${twice.join(" | ")}\n`);
}
await rm(folder, { recursive: true, force: true });
process.stdout.write(
  `${JSON.stringify({ kills, acknowledged: acknowledged.length, sent, lost: failures })}\n`,
);
process.exitCode = failures === 0 ? 0 : 1;
