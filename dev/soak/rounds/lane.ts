import type { Journal } from "../journal.js";
import { people, somethingToSay, type Talk } from "../people.js";
import type { Command, Reply } from "../protocol.js";
import type { RandomSource } from "../random-source.js";
import { WorkerDied, type WorkerProcess } from "../worker-process.js";
import type { ActName } from "./round-plan.js";

/** What the acts of a round need. */
export interface LaneContext {
  random: RandomSource;
  journal: Journal;
  talks: readonly Talk[];
  /** Told of an act before it begins. */
  begins(act: ActName): void;
  /** Told of an act that came to its end. */
  ended(): void;
  /** Told of an act that ended with an error. */
  failed(act: string, error: NonNullable<Reply["error"]>): void;
}

/** Tells a worker to do one thing, and writes into the journal what became of it. @throws WorkerDied */
export async function act(worker: WorkerProcess, name: ActName, context: LaneContext): Promise<void> {
  const { random, journal } = context;
  const talk = random.one(context.talks);
  context.begins(name);
  switch (name) {
    case "ask":
      return ask(worker, talk, context);
    case "hurried":
      return ask(worker, talk, context, random.whole(1, 60));
    case "stateless":
      return ask(worker, { thread: null, audience: talk.audience }, context);
    case "withdraw":
      return withdraw(worker, talk, context);
    case "forget": {
      const person = random.one(people);
      const forgetting = journal.forgetting(person);
      const reply = await told(worker, { act: "forget", person }, name, context).catch((error: unknown) => {
        forgetting.cutShort();
        throw error;
      });
      if (reply.error) forgetting.cutShort();
      else forgetting.done();
      return;
    }
    case "consolidate":
      return void (await told(worker, { act: name, forMs: random.whole(20, 800) }, name, context));
    case "construct":
    case "reconstruct":
      return construct(worker, name, context);
    case "index":
      return void (await told(worker, { act: "index" }, name, context));
  }
}

async function ask(
  worker: WorkerProcess,
  { thread, audience }: { thread: string | null; audience: readonly string[] },
  context: LaneContext,
  timeoutMs?: number,
): Promise<void> {
  const { journal, random } = context;
  const said = journal.say(thread, audience, (number) => somethingToSay(random, number));
  const command: Command = {
    act: "ask",
    thread,
    audience: [...audience],
    text: said.text,
    ...(timeoutMs !== undefined && { timeoutMs }),
  };
  const reply = await told(worker, command, timeoutMs === undefined ? "ask" : "hurried", context);
  if (reply.error) journal.failed(said);
  else journal.answered(said, reply.text ?? "");
}

async function withdraw(
  worker: WorkerProcess,
  { thread, audience }: Talk,
  context: LaneContext,
): Promise<void> {
  const { journal } = context;
  const end = journal.withdrawing(thread);
  const command: Command = { act: "withdraw", thread, audience: [...audience] };
  const reply = await told(worker, command, "withdraw", context).catch((error: unknown) => {
    end.cutShort();
    throw error;
  });
  if (reply.error) end.cutShort();
  else end.done(reply.text ?? "");
}

async function construct(
  worker: WorkerProcess,
  name: "construct" | "reconstruct",
  context: LaneContext,
): Promise<void> {
  const { text } = await told(worker, { act: "construct", again: name === "reconstruct" }, name, context);
  if (text) context.journal.life.built = Number(text);
}

/** @throws WorkerDied, as what was told may or may not be done */
async function told(
  worker: WorkerProcess,
  command: Command,
  name: string,
  context: LaneContext,
): Promise<Reply> {
  const reply = await worker.tell(command);
  if (reply.error) context.failed(name, reply.error);
  context.ended();
  return reply;
}

/** Lets a worker do one thing after another until it dies or is told to stop. */
export async function lane(
  worker: WorkerProcess,
  choose: () => ActName,
  context: LaneContext,
  goesOn: () => boolean,
): Promise<void> {
  try {
    while (goesOn() && worker.alive) await act(worker, choose(), context);
  } catch (error) {
    if (!(error instanceof WorkerDied)) throw error;
  }
}
