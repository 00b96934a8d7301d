import { setTimeout as sleep } from "node:timers/promises";
import type { Reply } from "../protocol.js";
import type { WorkerProcess } from "../worker-process.js";
import { WorkerDied } from "../worker-process.js";
import { act, type LaneContext, lane } from "./lane.js";
import type { ActName, RoundPlan } from "./round-plan.js";

/** Nothing that is done in peace takes this long; a lease of a dead process would make it. */
const PATIENCE_MS = 20_000;
/** Mean and longest time to the kill: in most lives from the first finished act on, in some from or during the opening. */
const LIFE_MS = { mean: 450, longest: 2_500 };
/** Mean time to the kill of an opening that is a migration. */
const MIGRATION_MS = 60;
/** What hosts say at the end: enough that some of it is edited or asked again. */
const HOST_MESSAGES = 6;
/** How soon after an act began it is killed, where the kill is aimed at an act. */
const INTO_ACT_MS = 60;

/** What a life needs to know of its round. */
export interface LifeContext extends Omit<LaneContext, "begins" | "ended" | "talks"> {
  plan: RoundPlan;
  /** Opens the home in a fresh process. */
  open(worker: WorkerProcess): Promise<Reply>;
  take(): WorkerProcess;
  talksOf(process: number): LaneContext["talks"];
  /** Something else that happens while they live (the disk fills, the clock jumps). */
  meanwhile?(workers: readonly WorkerProcess[], over: () => boolean): Promise<void>;
  violated(invariant: string, what: string): void;
}

/** Opens the home in one or two processes, lets them act, and kills them at moments of chance. Gives how many it killed. */
export async function shortLife(context: LifeContext): Promise<number> {
  const { plan, random } = context;
  const workers = Array.from({ length: plan.processes }, () => context.take());
  // Now and then it is killed while it still loads.
  if (random.chance(0.95)) await Promise.all(workers.map(({ ready }) => ready));
  const aim = random.chance(0.4) ? random.weighted<ActName>(plan.acts) : null;
  const start = random.weighted({ acting: 6, opened: 2, opening: plan.oldHome ? 8 : 2 });
  const mean = start === "opening" && plan.oldHome ? MIGRATION_MS : LIFE_MS.mean;
  const inAim = milestone();
  const started = workers.map(() => milestone());
  let over = false;
  const busy = workers.map(async (worker, process) => {
    const begun = started[process];
    worker.ended.then(begun?.reach);
    const isOpen = await opened(worker, context);
    if (!isOpen || start === "opened") begun?.reach();
    if (!isOpen) return;
    const laneContext: LaneContext = {
      ...context,
      talks: context.talksOf(process),
      begins: (name) => {
        if (name === aim) setTimeout(inAim.reach, random.fraction() * INTO_ACT_MS);
      },
      ended: () => begun?.reach(),
    };
    const choose = () => random.weighted<ActName>(plan.acts);
    await Promise.all(
      Array.from({ length: plan.lanes }, () => lane(worker, choose, laneContext, () => !over)),
    );
  });
  const meanwhile = context.meanwhile?.(workers, () => over);
  if (start !== "opening") await Promise.all(started.map(({ reached }) => reached));
  let kills = 0;
  for (const worker of workers) {
    const longest = sleep(random.waiting(mean, LIFE_MS.longest) + (aim === null ? 0 : mean));
    await (aim === null ? longest : Promise.race([inAim.reached, longest]));
    if (!worker.alive) context.violated("no process dies of itself", JSON.stringify(await worker.ended));
    if (await worker.kill()) kills++;
  }
  over = true;
  await meanwhile;
  await Promise.all(busy);
  context.journal.allDied();
  return kills;
}

/** Opens the home once more, with nothing going wrong: everything works, at once, and it ends in peace. */
export async function peacefulEnd(context: LifeContext): Promise<void> {
  const worker = context.take();
  const quiet = { begins: () => {}, ended: () => {} };
  try {
    if (!(await opened(worker, context))) {
      if (!worker.alive) context.violated("no process dies of itself", JSON.stringify(await worker.ended));
      return;
    }
    for (const talk of context.talksOf(0).slice(0, 6))
      await inTime(context, "a turn", act(worker, "ask", { ...context, ...quiet, talks: [talk] }));
    const everywhere = { ...context, ...quiet, talks: context.talksOf(0) };
    for (let message = 1; message <= HOST_MESSAGES; message++)
      await inTime(context, "a host's turn", act(worker, "host", everywhere));
    for (const name of ["index", "consolidate"] as const)
      await inTime(context, name, act(worker, name, everywhere));
    const ending = await inTime(context, "closing", worker.close());
    if (ending && ending.code !== 0)
      context.violated("no process dies of itself", `a closed process ended with ${JSON.stringify(ending)}`);
  } finally {
    await worker.kill();
    context.journal.allDied();
  }
}

/** A moment that others wait for. */
function milestone(): { reached: Promise<void>; reach(): void } {
  let reach = () => {};
  const reached = new Promise<void>((resolve) => {
    reach = resolve;
  });
  return { reached, reach };
}

async function opened(worker: WorkerProcess, context: LifeContext): Promise<boolean> {
  try {
    const reply = await inTime(context, "opening", context.open(worker));
    if (reply?.error) context.failed("open", reply.error);
    else if (reply) context.journal.life.opened = true;
    return reply !== undefined && !reply.error;
  } catch (error) {
    if (error instanceof WorkerDied) return false;
    throw error;
  }
}

async function inTime<T>(context: LifeContext, what: string, work: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => {
      context.violated("nothing hangs", `${what} took more than ${PATIENCE_MS / 1000} s`);
      resolve(undefined);
    }, PATIENCE_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
