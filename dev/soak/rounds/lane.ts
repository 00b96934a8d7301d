import type { Journal } from "../journal.js";
import { markOf } from "../message-marks.js";
import { people, somethingToSay, type Talk } from "../people.js";
import type { Command, Reply } from "../protocol.js";
import type { RandomSource } from "../random-source.js";
import { WorkerDied, type WorkerProcess } from "../worker-process.js";
import { type Hosts, type HostTalk, sentBy } from "./hosts.js";
import type { ActName } from "./round-plan.js";

/** What the acts of a round need. */
export interface LaneContext {
  random: RandomSource;
  journal: Journal;
  talks: readonly Talk[];
  hosts: Hosts;
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
    case "host": {
      // Few, so that each has a conversation to come back to.
      const held = context.hosts.take(random.one(context.talks.filter(isWithHost)));
      // One message after the other, as in a window of chat.
      if (!held) return ask(worker, talk, context);
      return throughHost(worker, held, context).finally(() => {
        held.busy = false;
      });
    }
    case "withdraw":
      return withdraw(worker, talk, context);
    case "forget": {
      const person = random.one(people);
      const forgetting = journal.forgetting(person);
      context.hosts.forget(person);
      const reply = await told(worker, { act: "forget", person }, name, context).catch((error: unknown) => {
        forgetting.cutShort();
        throw error;
      });
      context.hosts.forget(person);
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
  if (reply.error) journal.failed(said, timeoutMs === undefined && failedAnswering(reply.error.code));
  else journal.answered(said, reply.text ?? "");
}

/** The voice could not be reached: the turn had begun, and its words were stored. */
const failedAnswering = (code: string): boolean => code.startsWith("model_") || code === "missing_key";

/** One person, and two others. */
const isWithHost = ({ audience }: Talk): boolean => ["ann", "bob+cleo"].includes(audience.join("+"));

/** A host goes on with its conversation, edits its last message, or asks for another answer to it. */
async function throughHost(worker: WorkerProcess, talk: HostTalk, context: LaneContext): Promise<void> {
  const { journal, random } = context;
  const { thread, audience, exchanges } = talk;
  const last = exchanges.at(-1);
  const sayNew = () => journal.say(thread, audience, (number) => somethingToSay(random, number));
  const way = last ? random.weighted({ edit: 1, again: 1, ...(last.answer && { goOn: 2 }) }) : "goOn";
  const isEdited = last !== undefined && way === "edit";
  const replaced = last && way !== "goOn" ? [...last.replaced, ...(isEdited ? [last.said] : [])] : [];
  // What an edited message said before is taken back with what was answered to it.
  const end = replaced.length > 0 ? journal.withdrawing(thread) : undefined;
  if (last && way === "again") journal.again(last.said);
  const said = last && way === "again" ? last.said : sayNew();
  const exchange = { id: last && way !== "goOn" ? last.id : `m${said.number}`, said, answer: null, replaced };
  if (way !== "goOn") exchanges.pop();
  exchanges.push(exchange);
  const reply = await told(worker, sentBy(talk), "host", context).catch((error: unknown) => {
    end?.cutShort();
    throw error;
  });
  if (reply.error) {
    end?.cutShort();
    journal.failed(said, failedAnswering(reply.error.code));
    return;
  }
  end?.done(replaced.map(({ number }) => markOf(number)).join(" "));
  const text = reply.text ?? "";
  journal.answered(said, text);
  exchanges.splice(-1, 1, { ...exchange, answer: { id: reply.answerId ?? "", text }, replaced: [] });
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
