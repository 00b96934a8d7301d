import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { Sample, UsageByRole } from "../../evals/core/contract.js";
import { Ledger } from "../../evals/core/ledger.js";
import { seededRandom } from "../../evals/core/random.js";
import { startPromptHashServer } from "../doubles/evals/start-prompt-hash-server.js";
import { CALLS, PLANNED } from "./eval-kill-plan.js";

// npm run eval-kill [-- --kills 20 --seed 1]: kills an evaluation at random moments, starts it again each time, and looks
// whether every planned sample is there once, as in an undisturbed run, and nothing that was finished was paid for twice.

const { values } = parseArgs({
  options: { kills: { type: "string", default: "20" }, seed: { type: "string", default: "1" } },
});
const kills = Number(values.kills);
const random = seededRandom(values.seed);
const worker = fileURLToPath(new URL("./eval-kill-worker.ts", import.meta.url));
const folder = await mkdtemp(join(tmpdir(), "simulacra-eval-kill-"));
const server = await startPromptHashServer(60);
const failures: string[] = [];
const must = (holds: boolean, what: string) => {
  if (!holds) failures.push(what);
};

interface Ended {
  code: number | null;
  err: string;
  ms: number;
}

function start(run: string, ...more: string[]): { child: ChildProcess; ended: Promise<Ended> } {
  const begun = performance.now();
  const child = fork(worker, [join(folder, run), server.baseURL, ...more], {
    execArgv: ["--import", "tsx"],
    silent: true,
  });
  let err = "";
  child.stderr?.on("data", (data) => {
    err += data;
  });
  const ended = once(child, "close").then(([code]) => ({ code, err, ms: performance.now() - begun }));
  return { child, ended };
}

/** What a run's ledger holds, but for what a killed run may differ in: times, and what came from the cache. */
function read(run: string) {
  const ledger = new Ledger(join(folder, run, "ledger.sqlite"));
  const samples = [...ledger.samples()];
  const superseded = ledger.superseded();
  ledger.close();
  const kept = ({ latencyMs: _latency, at: _at, cachedCalls: _calls, ...rest }: Sample) => rest;
  return { samples, superseded, kept: samples.map((sample) => JSON.stringify(kept(sample))) };
}

const chatCalls = (list: readonly { usage: UsageByRole; cachedCalls: number }[]): number =>
  list.reduce(
    (sum, { usage, cachedCalls }) =>
      sum +
      Object.entries(usage).reduce((calls, [role, of]) => calls + (role === "embeddings" ? 0 : of.calls), 0) -
      cachedCalls,
    0,
  );

// Undisturbed.
const undisturbed = start("whole");
const started = performance.now();
await once(undisturbed.child, "message");
const loading = performance.now() - started;
const whole = await undisturbed.ended;
must(whole.code === 0, `the undisturbed run ended with ${whole.code}: ${whole.err}`);
const calm = read("whole");
const calmCalls = await server.seen();
must(calm.samples.length === PLANNED, `the undisturbed run has ${calm.samples.length} of ${PLANNED} samples`);
must(calmCalls === CALLS, `the undisturbed run made ${calmCalls} calls instead of ${CALLS}`);

// A second process on the same folder is told so.
const holder = start("killed", "hold");
await once(holder.child, "message");
const second = await start("killed").ended;
must(
  second.code === 1 && /Another process is running/u.test(second.err),
  `the second process: ${second.err}`,
);
holder.child.kill("SIGKILL");
await holder.ended;

// Killed at random moments, each time started again: one time in six as it loads, else after so many model calls that
// there is work left for all kills.
let killed = 0;
let finishedEarly = 0;
let least = 0;
for (let kill = 1; kill <= kills; kill++) {
  const { child, ended } = start("killed");
  const part = random.fraction();
  let over = false;
  const result = ended.finally(() => {
    over = true;
  });
  if (random.fraction() < 1 / 6) setTimeout(() => child.kill("SIGKILL"), part * loading);
  else {
    const enough = (await server.seen()) + (part * 1.6 * CALLS) / kills;
    while (!over && (await server.seen()) < enough) await sleep(5);
    child.kill("SIGKILL");
  }
  const { code, err } = await result;
  if (code === null) killed++;
  else finishedEarly++;
  must(code === null || code === 0, `start ${kill} ended with ${code}: ${err}`);
  const { samples } = read("killed");
  must(
    new Set(samples.map(({ key }) => key)).size === samples.length,
    `a key stands twice after kill ${kill}`,
  );
  const settled = samples.filter(({ status }) => status === "answered").length;
  // A broken session is put again from its first item: no more than those under way can be taken back.
  must(
    settled >= least - 8 * 6 * 1.25,
    `${least} samples were answered, ${settled} are left after kill ${kill}`,
  );
  least = Math.max(least, settled);
}
const last = await start("killed").ended;
must(last.code === 0, `the last start ended with ${last.code}: ${last.err}`);
const found = read("killed");
const calls = (await server.seen()) - calmCalls;
must(found.samples.length === PLANNED, `${found.samples.length} samples of ${PLANNED}`);
const different = found.kept.filter((sample, at) => sample !== calm.kept[at]);
must(different.length === 0, `${different.length} samples differ from the undisturbed run: ${different[0]}`);
// Paid for twice: at most the eight calls under way at a kill. What the items under way had cost until then is used again
// from the cache, so it stands in nobody's books: ten sessions, four calls each.
const booked = chatCalls(found.samples) + chatCalls(found.superseded);
must(calls >= CALLS && calls <= CALLS + 8 * (killed + 1), `${calls} calls for ${CALLS}, ${killed} kills`);
must(
  booked <= calls && booked >= calls - 10 * 4 * (killed + 1),
  `${booked} calls in the books, ${calls} seen`,
);

// A disk that is full stops the run with a message; with room again it goes on where it stopped.
const limited = 'ulimit -f 160; exec "$@"';
const full = spawn(
  "bash",
  ["-c", limited, "bash", process.execPath, "--import", "tsx", worker, join(folder, "full"), server.baseURL],
  { stdio: ["ignore", "ignore", "pipe"] },
);
let said = "";
full.stderr.on("data", (data) => {
  said += data;
});
const [fullCode] = await once(full, "close");
must(fullCode === 1 && /There is no room left/u.test(said), `on a full disk: ${fullCode} ${said}`);
const kept = read("full").samples.length;
must(kept > 0 && kept < PLANNED, `${kept} samples were written before the disk was full`);
const again = await start("full").ended;
must(again.code === 0, `with room again: ${again.code} ${again.err}`);
must(
  JSON.stringify(read("full").kept) === JSON.stringify(calm.kept),
  "the run whose disk was full differs from the undisturbed one",
);

server.stop();
await rm(folder, { recursive: true, force: true });
for (const failure of failures) process.stderr.write(`${failure}\n`);
process.stdout.write(
  `${JSON.stringify({
    kills: killed,
    finishedEarly,
    planned: PLANNED,
    recorded: found.samples.length,
    different: different.length,
    superseded: found.superseded.length,
    writtenBeforeTheDiskWasFull: kept,
    calls: { needed: CALLS, made: calls, booked },
    failures: failures.length,
  })}\n`,
);
process.exitCode = failures.length === 0 ? 0 : 1;
