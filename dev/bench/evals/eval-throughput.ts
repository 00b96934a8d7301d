import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { SqliteLedger } from "../../../evals/core/sqlite-ledger.js";
import type { Method } from "../../../graphs/methods.js";
import { startPromptHashServer } from "../../doubles/evals/start-prompt-hash-server.js";
import { runSums, simulacraOver } from "../../doubles/evals/sums-run.js";
import type { Row } from "../figures.js";

const CONCURRENCY = 32;
const LATENCY = 1000;

interface Measured {
  /** Milliseconds of the sessions, from the first to the last. */
  ms: number;
  /** Milliseconds of processor time, which other programs on the machine do not change. */
  cpu: number;
  samples: number;
  calls: number;
  /** Bytes that live after the run. */
  heap: number;
  rss: number;
}

/** Garbage is no growth: collected before memory is read. */
const collectGarbage = (): void => {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
};

/** So many one-call samples by one method through real simulacra and real HTTP. */
async function measure(method: Method, samples: number, latencyMs: number): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), "simulacra-bench-"));
  const server = await startPromptHashServer(latencyMs);
  const subjects = await simulacraOver(server.baseURL, { concurrency: CONCURRENCY });
  const ledger = await SqliteLedger.open(join(folder, "ledger.sqlite"));
  try {
    const before = process.cpuUsage();
    const start = performance.now();
    await runSums({ ledger, subjects, methods: [method], items: samples, concurrency: CONCURRENCY });
    const ms = performance.now() - start;
    const { user, system } = process.cpuUsage(before);
    const { answered } = await ledger.counts();
    collectGarbage();
    const { heapUsed, rss } = process.memoryUsage();
    return {
      ms,
      cpu: (user + system) / 1000,
      samples: answered,
      calls: await server.seen(),
      heap: heapUsed,
      rss,
    };
  } finally {
    await subjects.close();
    await ledger.close();
    server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

const megabytes = (bytes: number): number => bytes / 2 ** 20;

/** The harness's own cost: to the limit that latency sets, and a sample at no latency, as runs grow. */
export async function evalThroughputBench({ smoke = false } = {}): Promise<Row[]> {
  const rows: Row[] = [];
  const methods: readonly Method[] = ["prompt", "blank"];
  await measure("prompt", 32, 0);
  for (const method of methods) {
    const count = smoke ? 64 : 1000;
    const { ms, samples, calls } = await measure(method, count, LATENCY);
    rows.push({
      what: `${method}: samples answered of ${count}`,
      measured: samples,
      unit: "",
      limit: count,
      atLeast: true,
    });
    rows.push({
      what: `${method}: time of ${count} samples, L = 1 s, concurrency ${CONCURRENCY}`,
      measured: ms / ((calls * LATENCY) / CONCURRENCY),
      unit: "limits",
      limit: 1.15,
      baseline: { name: "calls x L / 32 (s)", value: (calls * LATENCY) / CONCURRENCY / 1000 },
    });
  }
  const sizes = smoke ? [50, 200] : [100, 1000, 10_000];
  const runs: (Measured & { size: number })[] = [];
  for (const size of sizes) {
    const run = { size, ...(await measure("prompt", size, 0)) };
    runs.push(run);
    rows.push(
      { what: `own cost a sample, L = 0, ${size} samples`, measured: run.ms / size, unit: "ms" },
      { what: `own processor time a sample, ${size} samples`, measured: run.cpu / size, unit: "ms" },
      { what: `memory after ${size} samples (RSS)`, measured: megabytes(run.rss), unit: "MB" },
    );
  }
  const [first, last] = [runs[0], runs.at(-1)];
  if (!first || !last) return rows;
  const beside = `at ${last.size} samples beside ${first.size}`;
  rows.push(
    {
      what: `own processor time a sample ${beside}`,
      measured: last.cpu / last.size / (first.cpu / first.size),
      unit: "times",
      limit: 1.25,
    },
    {
      what: `heap that lives ${beside}`,
      measured: megabytes(last.heap - first.heap),
      unit: "MB more",
      limit: 20,
    },
  );
  return rows;
}
