import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ageHome } from "../faults/aged-home.js";
import { damageFile } from "../faults/damaged-file.js";
import { SmallDisk } from "../faults/small-disk.js";
import { checkHome } from "../invariants/check-home.js";
import { confidenceCrossedIn, threadLostIn } from "../invariants/no-confidence-crossed.js";
import { Journal } from "../journal.js";
import { talks } from "../people.js";
import type { RandomSource } from "../random-source.js";
import type { SoakModel } from "../soak-model.js";
import type { Violation } from "../violation.js";
import type { WorkerPool } from "../worker-pool.js";
import type { WorkerProcess } from "../worker-process.js";
import { Hosts } from "./hosts.js";
import { type LifeContext, peacefulEnd, shortLife } from "./life.js";
import type { RoundPlan } from "./round-plan.js";

/** Memories from which on the index is used: far fewer than a user would have, so that it always is. */
const EXACT_BELOW = 6;
/** A soak does not wait two minutes for a model that hangs; where none hangs, a busy machine is no fault. */
const MODEL_PATIENCE_MS = { hanging: 900, usual: 15_000 };
const DAY_MS = 86_400_000;
/** Where the clock may jump to. */
const clockOffsets = [0, -DAY_MS, 365 * DAY_MS, -3_600_000, 40_000, -40_000];

/** What a soak lends to its rounds. */
export interface RoundTools {
  random: RandomSource;
  model: SoakModel;
  baseURL: string;
  pool: WorkerPool;
  /** Everything the processes may write to. */
  folder: string;
  key: string;
  stopped(): boolean;
}

export interface RoundReport {
  kills: number;
  answered: number;
  violations: Violation[];
  /** How the disk was filled, where it was. */
  disk?: SmallDisk["kind"];
}

/** One round: a fresh home, several short lives with a check after each, and a peaceful end. Ends at the first violation. */
export async function runRound(plan: RoundPlan, lives: number, tools: RoundTools): Promise<RoundReport> {
  const { random, model, pool } = tools;
  const journal = new Journal();
  const violations: Violation[] = [];
  const violated = (invariant: string, what: string): void => void violations.push({ invariant, what });
  const round = mkdtempSync(join(tools.folder, "round-"));
  const disk = plan.fullDisk ? SmallDisk.make(join(round, "disk")) : undefined;
  const home = join(disk?.folder ?? round, "home");
  mkdirSync(home);
  /** Copies of files, to be brought back later. */
  const older = join(round, "older");
  let clockOffsetMs = 0;
  let weather = true;
  /** Messages that were forgotten when files were last damaged. */
  let wiped = 0;
  const shared = talks(1);
  const own = [talks(1, "p"), talks(1, "q")];
  const context: LifeContext = {
    plan,
    random,
    journal,
    hosts: new Hosts(),
    violated,
    take: () => {
      const limit = weather && random.chance(0.7) ? disk?.limitFor(home, random.whole(0, 60_000)) : undefined;
      return limit === undefined ? pool.take() : pool.takeLimited(limit);
    },
    talksOf: (process) => (plan.sharedTalks ? shared : (own[process] ?? shared)),
    open: (worker) =>
      worker.tell({
        act: "open",
        home,
        baseURL: tools.baseURL,
        exactBelow: EXACT_BELOW,
        opensItself: plan.oldHome === true,
        clockOffsetMs,
        modelPatienceMs: weather && plan.weather?.hang ? MODEL_PATIENCE_MS.hanging : MODEL_PATIENCE_MS.usual,
      }),
    failed: (act, { code, message }) => {
      if (act === "hurried" && code === "model_timeout") return;
      if (weather && plan.mayFail?.includes(code)) return;
      violated("no failure without a cause", `${act}: ${code}: ${message}`);
    },
    ...((plan.clockJumps || disk) && { meanwhile }),
  };
  model.weather = plan.weather ?? {};
  model.watch = (prompt) =>
    violations.push(...confidenceCrossedIn(prompt, journal), ...threadLostIn(prompt, journal));

  let kills = 0;
  const places = { home, folder: tools.folder, key: tools.key };
  for (let life = 0; life < lives && violations.length === 0 && !tools.stopped(); life++) {
    damage();
    if (plan.clockJumps) clockOffsetMs = random.one(clockOffsets);
    kills += await shortLife(context);
    violations.push(...(await checkHome(places, journal, false)));
    if (random.chance(0.5)) disk?.free();
  }
  if (violations.length === 0) {
    damage();
    disk?.free();
    weather = false;
    model.weather = {};
    await peacefulEnd(context);
    violations.push(...(await checkHome(places, journal, true)));
  }
  // What a violation was found in stays, to be looked at.
  if (violations.length === 0) {
    disk?.discard();
    rmSync(round, { recursive: true, force: true });
  }
  return { kills, answered: journal.answeredCount, violations, ...(disk && { disk: disk.kind }) };

  function damage(): void {
    // Who brings back an old copy brings back what has been forgotten since: no fault of the forgetting.
    if (journal.wipedCount > wiped) rmSync(older, { recursive: true, force: true });
    wiped = journal.wipedCount;
    mkdirSync(older, { recursive: true });
    if (plan.oldHome && random.chance(0.8) && ageHome(home)) journal.wasOld = true;
    for (const _index of plan.damages ?? []) {
      if (!random.chance(0.8)) continue;
      const name = random.one(["memory.sqlite.hnsw", "memory.sqlite.hnsw.json"]);
      damageFile(join(home, name), random, join(older, name));
    }
  }

  /** The clock jumps, or the disk runs full, in the middle of it all. */
  async function meanwhile(workers: readonly WorkerProcess[], over: () => boolean): Promise<void> {
    while (!over()) {
      await sleep(random.waiting(150, 600));
      if (over()) return;
      if (plan.clockJumps) {
        clockOffsetMs = random.one(clockOffsets);
        // One machine has one clock.
        for (const worker of workers) worker.tell({ act: "clock", offsetMs: clockOffsetMs }).catch(() => {});
      }
      if (disk && random.chance(0.3)) disk.free();
      else disk?.fill(random.whole(0, 200_000));
    }
  }
}
