import { randomUUID } from "node:crypto";
import { textOf } from "../../agents/conversation.js";
import { traitLines } from "../../agents/persona.js";
import { promptBudget } from "../../agents/prompt-budget.js";
import { type AgentDependencies, STATELESS } from "../../agents/turn.js";
import { SimulacraError } from "../../data/errors.js";
import { calibratedThreshold } from "../../memory/calibrated-threshold.js";
import { installLifeMemories } from "../../memory/life-story.js";
import { LIFE } from "../../memory/ownership.js";
import type { SimulacrumMemory } from "../../memory/simulacrum-memory.js";
import { threadLockOf } from "../../memory/thread-lock.js";
import { countTokens, modelName, UsageMeter } from "../../models/index.js";
import { consolidateDue } from "../consolidation/consolidate-due.js";
import { timeLimit } from "../time-limit.js";
import { compiledGraph, type SimulacrumGraph } from "./compiled-graph.js";
import type {
  ConsolidationReport,
  MemoryMode,
  SimulacrumContract,
  SimulacrumOptions,
  TurnEvent,
  TurnOptions,
  TurnResult,
} from "./contract.js";
import { checkedMessage } from "./message-text.js";
import { type OpenedParts, openParts } from "./opened-parts.js";
import { runTurn, type TurnRun } from "./run-turn.js";
import { type SimulacrumMemories, simulacrumMemories } from "./simulacrum-memories.js";
import { type Speakers, ThreadWindow } from "./thread-window.js";

/** How long `ask` and `close` work at what is due for consolidation, in milliseconds. */
export const DRAIN_MS = 3_000;

/** Memories that one turn recalls. */
const RECALL_LIMIT = 3;

/**
 * Brings a character to life.
 * @throws SimulacraError `unknown_model`, `missing_key`, `missing_package`, `invalid_character`, `embedding_mismatch`, `store_*`
 */
export async function createSimulacrum(options: SimulacrumOptions): Promise<Simulacrum> {
  const { character, method = "macm", memoryMode: mode = "persist" } = options;
  const parts = await openParts(options);
  try {
    let threshold: number | undefined;
    if (method === "macm" && mode !== "off") {
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
      recallLimit: options.recallLimit ?? RECALL_LIMIT,
    };
    if (method === "macm" && mode === "persist") await memories.lasting.consolidation.tryAgain();
    return new Simulacrum(await compiledGraph(deps, options, parts), deps, memories, parts, mode);
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
  private readonly windows: ThreadWindow;
  private consolidating: { report: Promise<ConsolidationReport>; stop: AbortController } | undefined;
  private turns = 0;
  /** Of the last turn: consolidation is traced where the conversation is. */
  private callbacks: TurnOptions["callbacks"];
  private closed = false;

  constructor(
    readonly graph: SimulacrumGraph,
    private readonly deps: AgentDependencies,
    private readonly memories: SimulacrumMemories,
    private readonly parts: OpenedParts,
    private readonly mode: MemoryMode,
  ) {
    this.character = deps.character;
    this.method = deps.method;
    this.memory = memories.lasting;
    this.windows = new ThreadWindow(graph, deps, parts.checkpointer);
  }

  /** What a host shows before the first turn. */
  get disclosure(): string {
    const who = this.method === "blank" ? "This voice" : this.character.name;
    return `${who} is a computer-generated person: an AI plays the part. No human is speaking, and what is said may be wrong.`;
  }

  async ask(message: string, options: TurnOptions = {}): Promise<TurnResult> {
    let result: TurnResult | undefined;
    for await (const event of this.stream(message, options))
      if (event.type === "result") result = event.result;
    if (!result) throw new SimulacraError("internal", "The turn ended without an answer.", "internal");
    return result;
  }

  async *stream(message: string, options: TurnOptions = {}): AsyncGenerator<TurnEvent> {
    const text = checkedMessage(message);
    const limit = timeLimit(options.timeoutMs, options.signal);
    try {
      // A turn does not share the model with work that can wait.
      this.consolidating?.stop.abort();
      this.turns++;
      this.callbacks = options.callbacks;
      const turn = { ...options, ...(limit.signal && { signal: limit.signal }) };
      if (turn.thread === undefined) yield* this.statelessTurn(text, turn);
      else yield* this.turnInThread(text, turn, turn.thread);
    } finally {
      limit.release();
    }
  }

  withdraw(thread: string, who?: Speakers): Promise<{ stimulus: string; answer: string } | null> {
    return this.lock.withLock(threadLockName(thread), async () => {
      if (who) await this.windows.admit(thread, who);
      await this.windows.heal(thread);
      return this.windows.withdraw(thread);
    });
  }

  async consolidate(options: { forMs?: number; signal?: AbortSignal } = {}): Promise<ConsolidationReport> {
    if (this.method !== "macm" || this.mode !== "persist")
      return { consolidated: 0, refused: 0, failed: 0, waiting: 0 };
    // One run at a time; whoever asks meanwhile shares the one under way, and may set it an earlier end.
    const { report, stop } = this.consolidating ?? this.startConsolidation();
    const limit = timeLimit(options.forMs, options.signal);
    const end = () => stop.abort();
    if (limit.signal?.aborted || (options.forMs ?? 1) <= 0) end();
    limit.signal?.addEventListener("abort", end, { once: true });
    try {
      return await report;
    } finally {
      limit.signal?.removeEventListener("abort", end);
      limit.release();
    }
  }

  async forget(interlocutor: string) {
    const threads = await this.memory.transcript.threadsOf(interlocutor);
    // A turn under way is waited for: what it stores would be left behind.
    const releases = [];
    try {
      for (const { thread } of threads) releases.push(await this.lock.hold(threadLockName(thread)));
      const { threads: gone, ...removed } = await this.memory.forget(interlocutor);
      for (const thread of gone) {
        await this.memories.end(thread);
        await this.parts.checkpointer?.deleteThread(thread);
      }
      await this.parts.wipeCheckpoints();
      return { ...removed, threads: gone.length };
    } finally {
      for (const release of releases) await release();
    }
  }

  endThread(thread: string): Promise<void> {
    return this.memories.end(thread);
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    // Who only looked does not spend model calls on leaving.
    if (this.turns > 0) await this.consolidate({ forMs: DRAIN_MS }).catch(() => undefined);
    this.consolidating?.stop.abort();
    await this.consolidating?.report.catch(() => undefined);
    await this.memories.endAll();
    await this.parts.close();
  }

  /** Waits for the thread, then takes the turn. */
  private async *turnInThread(text: string, options: TurnOptions, thread: string): AsyncGenerator<TurnEvent> {
    const release = await this.lock.hold(threadLockName(thread), {
      ...(options.signal && { signal: options.signal }),
    });
    try {
      await this.windows.admit(thread, options);
      await this.windows.heal(thread);
      // The words of a turn that failed are in the window: said again, they are that message, not a second one.
      const again = (await this.windows.unanswered(thread)).find((message) => textOf(message) === text)?.id;
      yield* runTurn(this.run(thread, { id: again ?? randomUUID(), text }, options));
    } finally {
      await release();
    }
  }

  /** A turn that belongs to no conversation leaves nothing behind, whether it succeeds or fails. */
  private async *statelessTurn(text: string, options: TurnOptions): AsyncGenerator<TurnEvent> {
    const threadId = `${STATELESS}${randomUUID()}`;
    try {
      yield* runTurn(this.run(threadId, { id: randomUUID(), text }, options));
    } finally {
      await this.parts.checkpointer?.deleteThread(threadId);
    }
  }

  private run(threadId: string, message: TurnRun["message"], options: TurnOptions): TurnRun {
    const { id: character } = this.character;
    return {
      graph: this.graph,
      threadId,
      message,
      options,
      tags: [`character:${character}`, `method:${this.method}`],
      about: { character, method: this.method, model: modelName(this.parts.voice) },
    };
  }

  private startConsolidation() {
    const stop = new AbortController();
    const report = consolidateDue(
      {
        name: this.character.name,
        traits: traitLines(this.character, this.deps.budget, countTokens),
        origin: "talk",
        model: this.parts.agents,
        countTokens,
        memory: this.memory,
        meter: this.consolidationUsage,
      },
      {
        signal: stop.signal,
        run: {
          tags: [`character:${this.character.id}`],
          metadata: { character: this.character.id },
          ...(this.callbacks && { callbacks: this.callbacks }),
        },
      },
    ).finally(() => {
      this.consolidating = undefined;
    });
    this.consolidating = { report, stop };
    return this.consolidating;
  }

  private get lock() {
    return threadLockOf(this.parts.store);
  }
}

const threadLockName = (thread: string): string => `thread:${thread}`;
