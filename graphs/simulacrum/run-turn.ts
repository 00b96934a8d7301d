import { randomUUID } from "node:crypto";
import { AIMessageChunk, type BaseMessage, HumanMessage } from "@langchain/core/messages";
import type { RunnableConfig } from "@langchain/core/runnables";
import { textOf } from "../../agents/conversation.js";
import type { GuardNote } from "../../agents/guard/guard.js";
import { type Mind, type MindUpdate, messagesIn, mindSchema } from "../../agents/mind.js";
import { METER_KEY } from "../../agents/turn.js";
import { SimulacraError } from "../../data/errors.js";
import { endReasonOf } from "../../models/end-reason.js";
import { UsageMeter } from "../../models/index.js";
import { joinedSignal } from "../../models/joined-signal.js";
import type { SimulacrumGraph } from "./compiled-graph.js";
import type { TurnEvent, TurnOptions, TurnResult } from "./options.js";

/** One turn on its way through the graph. */
export interface TurnRun {
  graph: SimulacrumGraph;
  text: string;
  options: TurnOptions;
  about: Pick<TurnResult, "character" | "method" | "model">;
}

/**
 * Runs the graph once: tokens of the answer as they come, every node's finished work, and last the result.
 * When the reader leaves early the run is stopped, and this ends only when it has.
 */
export async function* runTurn({ graph, text, options, about }: TurnRun): AsyncGenerator<TurnEvent> {
  const { thread } = options;
  const meter = new UsageMeter();
  const stop = new AbortController();
  const joined = joinedSignal([options.signal, stop.signal]);
  const config: RunnableConfig = {
    configurable: { ...(thread !== undefined && { thread_id: thread }), [METER_KEY]: meter },
    signal: joined.signal,
    ...(options.callbacks && { callbacks: options.callbacks }),
  };
  const input = {
    messages: [new HumanMessage({ content: text, id: randomUUID(), ...named(speakerIn(options)) })],
    interlocutor: options.interlocutor ?? null,
    present: options.present ? [...options.present] : null,
  };
  const run = await graph.stream(input, {
    ...config,
    streamMode: ["messages", "updates"],
    durability: "exit",
  });
  const events = run[Symbol.asyncIterator]();
  const turn = new TurnSoFar();
  let over = false;
  try {
    for (;;) {
      const next = await events.next();
      if (next.done) break;
      const [mode, payload] = next.value;
      if (mode === "messages") yield* turn.hear(payload[0], payload[1].langgraph_node);
      else yield* turn.note(payload);
    }
    over = true;
  } catch (error) {
    over = true;
    throw error;
  } finally {
    if (!over) {
      stop.abort(new SimulacraError("cancelled", "The turn was left before its end.", "user"));
      await drained(events);
    }
    joined.release();
  }
  yield* turn.rest();
  const usage = meter.snapshot();
  yield { type: "result", result: { ...about, thread: thread ?? null, ...turn.outcome(), usage } };
}

/** What has been heard of a turn so far. */
class TurnSoFar {
  private streamed = "";
  private answerId: string | undefined;
  private answer: BaseMessage | undefined;
  private guard: GuardNote[] = [];
  private account: Pick<TurnResult, "mind" | "degraded"> = { mind: null, degraded: [] };

  /** A streamed chunk; only the voice's are the answer. */
  *hear(chunk: BaseMessage, node: unknown): Generator<TurnEvent> {
    if (node !== "respond" || !(chunk instanceof AIMessageChunk)) return;
    if (this.answerId !== undefined && chunk.id !== this.answerId && this.streamed !== "") {
      this.streamed = "";
      yield { type: "restart" };
    }
    this.answerId = chunk.id ?? this.answerId;
    if (chunk.text === "") return;
    this.streamed += chunk.text;
    yield { type: "token", text: chunk.text };
  }

  /** Finished work of nodes. */
  *note(updates: Record<string, unknown>): Generator<TurnEvent> {
    for (const [node, update] of Object.entries(updates)) {
      if (node === "respond") this.answer = lastMessage(update);
      if (node === "respond" || node === "check_stimulus") this.guard = notesIn(update) ?? this.guard;
      if (node === "remember") this.account = accountOf(update);
      yield { type: "update", node, update };
    }
  }

  /** What belongs to the answer and was not streamed. */
  *rest(): Generator<TurnEvent> {
    const heard = this.streamed.trim();
    const spoken = this.spoken;
    if (spoken.startsWith(heard) && spoken.length > heard.length)
      yield { type: "token", text: spoken.slice(heard.length) };
  }

  outcome(): Pick<TurnResult, "answer" | "cut" | "mind" | "degraded" | "guard"> {
    const { guard, answer } = this;
    const cut = answer !== undefined && endReasonOf(answer) === "length" && { cut: true as const };
    return {
      answer: this.spoken,
      ...cut,
      ...this.account,
      ...(guard.length > 0 && { guard }),
    };
  }

  private get spoken(): string {
    return this.answer ? textOf(this.answer) : this.streamed;
  }
}

async function drained(events: AsyncIterator<unknown>): Promise<void> {
  try {
    while (!(await events.next()).done);
  } catch {
    // It was stopped on purpose.
  }
}

const named = (name: string | undefined) => (name === undefined ? {} : { name });

/** Under which name the words of a turn are put. */
const speakerIn = ({ interlocutor, present }: TurnOptions): string | undefined =>
  (interlocutor ?? present?.[0])?.id;

function lastMessage(update: unknown): BaseMessage | undefined {
  if (typeof update !== "object" || update === null) return undefined;
  return messagesIn(update as MindUpdate).at(-1);
}

const notesIn = (update: unknown): GuardNote[] | undefined =>
  (update as { guard?: GuardNote[] } | null)?.guard;

function accountOf(update: unknown): Pick<TurnResult, "mind" | "degraded"> {
  const { mind, degraded } = update as { mind: Mind | null; degraded: TurnResult["degraded"] };
  return { mind: mind === null ? null : mindSchema.parse(mind), degraded };
}
