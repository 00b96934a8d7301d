import { randomUUID } from "node:crypto";
import {
  AIMessage,
  AIMessageChunk,
  type BaseMessage,
  HumanMessage,
  RemoveMessage,
} from "@langchain/core/messages";
import type { RunnableConfig } from "@langchain/core/runnables";
import { exchangesOf, stimulusOf, textOf } from "../../agents/conversation.js";
import { type Mind, mindSchema } from "../../agents/mind.js";
import { traitLines } from "../../agents/persona.js";
import { promptBudget } from "../../agents/prompt-budget.js";
import { type AgentDependencies, METER_KEY, STATELESS } from "../../agents/turn.js";
import { SimulacraError } from "../../data/errors.js";
import { calibratedThreshold } from "../../memory/calibrated-threshold.js";
import { installLifeMemories } from "../../memory/life-story.js";
import { LIFE, threadAudience } from "../../memory/ownership.js";
import type { SimulacrumMemory } from "../../memory/simulacrum-memory.js";
import { threadLockOf } from "../../memory/thread-lock.js";
import { countTokens, modelName, UsageMeter } from "../../models/index.js";
import { consolidateDue } from "../consolidation/consolidate-due.js";
import { timeLimit } from "../time-limit.js";
import { compiledGraph, type SimulacrumGraph } from "./compiled-graph.js";
import type {
  ConsolidationReport,
  SimulacrumContract,
  SimulacrumOptions,
  TurnEvent,
  TurnOptions,
  TurnResult,
} from "./contract.js";
import { checkedMessage } from "./message-text.js";
import { type OpenedParts, openParts } from "./opened-parts.js";
import { type SimulacrumMemories, simulacrumMemories } from "./simulacrum-memories.js";

/** How long `ask` and `close` work at what is due for consolidation, in milliseconds. */
export const DRAIN_MS = 3_000;

/** Memories that one turn recalls. */
const RECALL_LIMIT = 3;

/**
 * Brings a character to life.
 * @throws SimulacraError `unknown_model`, `missing_key`, `missing_package`, `invalid_character`, `embedding_mismatch`, `store_*`
 */
export async function createSimulacrum(options: SimulacrumOptions): Promise<Simulacrum> {
  const { character, method = "macm" } = options;
  const parts = await openParts(options);
  try {
    let threshold: number | undefined;
    if (method === "macm" && options.memoryMode !== "off") {
      await installLifeMemories(parts.store, character);
      threshold = await calibratedThreshold({
        store: parts.store,
        embeddings: parts.embeddings,
        embeddingModel: parts.embeddingModel,
        namespaces: [[...LIFE]],
        self: { name: character.name, aliases: character.aliases },
      });
    }
    const memories = simulacrumMemories(options, parts, threshold);
    const deps: AgentDependencies = {
      character,
      method,
      voice: parts.voice,
      agents: parts.agents,
      memory: (thread) => memories.of(thread),
      budget: promptBudget(options.contextTokens),
      countTokens,
      recallLimit: RECALL_LIMIT,
    };
    return new Simulacrum(await compiledGraph(deps, options, parts), deps, memories, parts);
  } catch (error) {
    await parts.close();
    throw error;
  }
}

/** A running person: one compiled graph, its memory, and what a conversation needs around them. */
export class Simulacrum implements SimulacrumContract {
  readonly character;
  readonly method;
  readonly memory: SimulacrumMemory;
  /** Calls that consolidation made, apart from those of turns. */
  readonly consolidationUsage = new UsageMeter();
  private consolidating: Promise<ConsolidationReport> | undefined;
  private closed = false;

  constructor(
    readonly graph: SimulacrumGraph,
    private readonly deps: AgentDependencies,
    private readonly memories: SimulacrumMemories,
    private readonly parts: OpenedParts,
  ) {
    this.character = deps.character;
    this.method = deps.method;
    this.memory = memories.lasting;
  }

  /** What a host shows before the first turn. */
  get disclosure(): string {
    const who = this.method === "blank" ? "This voice" : this.character.name;
    return `${who} is a computer-generated person: an AI plays the part. No human is speaking, and what is said may be wrong.`;
  }

  async ask(message: string, options: TurnOptions = {}): Promise<TurnResult> {
    for await (const event of this.stream(message, options)) if (event.type === "result") return event.result;
    throw new SimulacraError("internal", "The turn ended without an answer.", "internal");
  }

  async *stream(message: string, options: TurnOptions = {}): AsyncGenerator<TurnEvent> {
    const text = checkedMessage(message);
    const limit = timeLimit(options.timeoutMs, options.signal);
    try {
      yield* this.turnInThread(text, { ...options, ...(limit.signal && { signal: limit.signal }) });
    } finally {
      limit.release();
    }
  }

  async withdraw(
    thread: string,
    who?: Pick<TurnOptions, "interlocutor" | "present">,
  ): Promise<{ stimulus: string; answer: string } | null> {
    return threadLockOf(this.parts.store).withLock(`thread:${thread}`, async () => {
      const config = { configurable: { thread_id: thread } };
      if (who) await this.admit(thread, who);
      await this.heal(thread);
      const unanswered = await this.unanswered(thread);
      if (unanswered.length > 0) {
        await this.graph.updateState(config, { messages: unanswered.flatMap(removal) }, "remember");
        return { stimulus: unanswered.map(textOf).join("\n"), answer: "" };
      }
      const turn = await this.deps.memory(thread)?.transcript.withdrawTurn(thread);
      const window = await this.window(thread);
      const last = exchangesOf(window, this.character.id).at(-1);
      if (last && (!turn || turn.answer.id === last.answer.id)) {
        const after = window.slice(window.findIndex((message) => message.id === last.answer.id) + 1);
        const gone = [...last.said, last.answer, ...after].flatMap(removal);
        await this.graph.updateState(config, { messages: gone, mind: null, degraded: [] }, "remember");
      }
      if (turn)
        return { stimulus: turn.stimulus.map((said) => said.text).join("\n"), answer: turn.answer.text };
      return last ? { stimulus: last.said.map(textOf).join("\n"), answer: textOf(last.answer) } : null;
    });
  }

  consolidate(options: { forMs?: number; signal?: AbortSignal } = {}): Promise<ConsolidationReport> {
    if (this.method !== "macm" || this.deps.memory(undefined) === null) {
      return Promise.resolve({ consolidated: 0, refused: 0, failed: 0, waiting: 0 });
    }
    // One run at a time; whoever asks meanwhile gets the one under way.
    this.consolidating ??= consolidateDue(
      {
        name: this.character.name,
        traits: traitLines(this.character, this.deps.budget, countTokens),
        origin: "talk",
        model: this.parts.agents,
        countTokens,
        memory: this.memory,
        meter: this.consolidationUsage,
      },
      options,
    ).finally(() => {
      this.consolidating = undefined;
    });
    return this.consolidating;
  }

  async forget(interlocutor: string) {
    const { threads, ...removed } = await this.memory.forget(interlocutor);
    for (const thread of threads) {
      await this.memories.end(thread);
      await this.parts.checkpointer?.deleteThread(thread);
    }
    return { ...removed, threads: threads.length };
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.consolidate({ forMs: DRAIN_MS }).catch(() => undefined);
    await this.parts.close();
  }

  /** Waits for the thread, then takes the turn. */
  private async *turnInThread(text: string, options: TurnOptions): AsyncGenerator<TurnEvent> {
    if (options.thread === undefined) {
      yield* this.turn(text, options);
      return;
    }
    const lock = threadLockOf(this.parts.store);
    const release = await lock.hold(`thread:${options.thread}`, {
      ...(options.signal && { signal: options.signal }),
    });
    try {
      await this.admit(options.thread, options);
      await this.heal(options.thread);
      yield* this.turn(text, options, await this.unanswered(options.thread));
    } finally {
      await release();
    }
  }

  private async *turn(
    text: string,
    options: TurnOptions,
    unanswered: readonly BaseMessage[] = [],
  ): AsyncGenerator<TurnEvent> {
    const meter = new UsageMeter();
    // The words of a turn that failed are in the window: said again, they are that message, not a second one.
    const again = unanswered.find((message) => textOf(message) === text)?.id;
    const threadId = options.thread ?? `${STATELESS}${randomUUID()}`;
    const config: RunnableConfig = {
      configurable: { thread_id: threadId, [METER_KEY]: meter },
      tags: [`character:${this.character.id}`, `method:${this.method}`],
      ...(options.callbacks && { callbacks: options.callbacks }),
      ...(options.signal && { signal: options.signal }),
    };
    const input = {
      messages: [new HumanMessage({ content: text, id: again ?? randomUUID(), ...speaker(options) })],
      // Both are always given: who spoke last time is not who speaks now.
      interlocutor: options.interlocutor ?? null,
      present: options.present ? [...options.present] : null,
    };
    let streamed = "";
    let answerId: string | undefined;
    let account: { mind: Mind | null; degraded: TurnResult["degraded"] } = { mind: null, degraded: [] };
    let answer: BaseMessage | undefined;
    const run = await this.graph.stream(input, {
      ...config,
      streamMode: ["messages", "updates"],
      durability: "exit",
    });
    for await (const [mode, payload] of run) {
      if (mode === "messages") {
        const [chunk, meta] = payload;
        if (meta.langgraph_node !== "respond" || !(chunk instanceof AIMessageChunk)) continue;
        if (answerId !== undefined && chunk.id !== answerId && streamed !== "") {
          streamed = "";
          yield { type: "restart" };
        }
        answerId = chunk.id ?? answerId;
        if (chunk.text !== "") {
          streamed += chunk.text;
          yield { type: "token", text: chunk.text };
        }
      } else {
        for (const [node, update] of Object.entries(payload)) {
          const written: unknown = update;
          if (node === "respond") answer = lastMessage(written);
          if (node === "remember") account = accountOf(written);
          yield { type: "update", node, update };
        }
      }
    }
    if (options.thread === undefined) await this.parts.checkpointer?.deleteThread(threadId);
    const spoken = answer ? textOf(answer) : streamed;
    if (spoken.startsWith(streamed.trim()) && spoken.length > streamed.trim().length) {
      yield { type: "token", text: spoken.slice(streamed.trim().length) };
    }
    yield {
      type: "result",
      result: {
        character: this.character.id,
        method: this.method,
        model: modelName(this.parts.voice),
        thread: options.thread ?? null,
        answer: spoken,
        degraded: account.degraded,
        mind: account.mind,
        usage: meter.snapshot(),
      },
    };
  }

  /** A turn that was stored but whose checkpoint was lost (the process was killed in between) is put back into the window. */
  private async heal(thread: string): Promise<void> {
    const memory = this.deps.memory(thread);
    const turn = (await memory?.transcript.turns(thread, 1))?.[0];
    if (!turn) return;
    const window = await this.window(thread);
    if (window.length === 0 || window.some((message) => message.id === turn.answer.id)) return;
    const known = new Set(window.map((message) => message.id));
    const missing = [
      ...turn.stimulus
        .filter(({ id }) => id === undefined || !known.has(id))
        .map(
          ({ id, name, text }) =>
            new HumanMessage({
              content: text,
              ...(id !== undefined && { id }),
              ...(name !== undefined && { name }),
            }),
        ),
      new AIMessage({ content: turn.answer.text, id: turn.answer.id, name: this.character.id }),
    ];
    await this.graph.updateState({ configurable: { thread_id: thread } }, { messages: missing }, "remember");
  }

  /** Refuses other people, or another method, before their words get into the conversation. */
  private async admit(
    thread: string,
    { interlocutor, present }: Pick<TurnOptions, "interlocutor" | "present">,
  ): Promise<void> {
    const transcript = this.deps.memory(thread)?.transcript;
    if (!transcript || !(await transcript.thread(thread))) return;
    const people = present ?? (interlocutor ? [interlocutor] : []);
    const audience = people.length > 0 ? people.map(({ id }) => id) : threadAudience(thread);
    await transcript.openThread(thread, { audience, method: this.method });
  }

  /** What was said last and got no answer, because the turn failed. */
  private async unanswered(thread: string): Promise<BaseMessage[]> {
    return stimulusOf(await this.window(thread), this.character.id);
  }

  private async window(thread: string): Promise<BaseMessage[]> {
    if (!this.parts.checkpointer) return [];
    const state = await this.graph.getState({ configurable: { thread_id: thread } });
    const messages: unknown = state.values.messages;
    return Array.isArray(messages) ? messages : [];
  }
}

const removal = ({ id }: BaseMessage): RemoveMessage[] =>
  id === undefined ? [] : [new RemoveMessage({ id })];

const speaker = ({ interlocutor, present }: TurnOptions): { name?: string } => {
  const who = interlocutor ?? present?.[0];
  return who ? { name: who.id } : {};
};

function lastMessage(update: unknown): BaseMessage | undefined {
  if (
    typeof update !== "object" ||
    update === null ||
    !("messages" in update) ||
    !Array.isArray(update.messages)
  )
    return undefined;
  return update.messages.at(-1);
}

function accountOf(update: unknown): { mind: Mind | null; degraded: TurnResult["degraded"] } {
  const { mind, degraded } = update as { mind: Mind | null; degraded: TurnResult["degraded"] };
  return { mind: mind === null ? null : mindSchema.parse(mind), degraded };
}
