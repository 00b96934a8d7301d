import { randomUUID } from "node:crypto";
import { RECALL_LIMIT } from "../../agents/answer-defaults.js";
import { chosenAgents, leftOut } from "../../agents/chosen-agents.js";
import { textOf } from "../../agents/conversation.js";
import { traitLines } from "../../agents/persona.js";
import { promptBudget } from "../../agents/prompt-budget.js";
import { type AgentDependencies, type MethodFacts, STATELESS } from "../../agents/turn.js";
import { SimulacraError } from "../../data/errors.js";
import type { SimulacrumMemory } from "../../memory/simulacrum-memory.js";
import { threadLockName, threadLockOf } from "../../memory/thread-lock.js";
import { countTokens, modelName, UsageMeter } from "../../models/index.js";
import { conditionName } from "../conditions.js";
import { BackgroundConsolidation } from "../consolidation/background-consolidation.js";
import { CallbacksOfLastTurn } from "../consolidation/callbacks-of-last-turn.js";
import { DEFAULT_METHOD, methodNamed } from "../methods.js";
import { failureWithin, timeLimit } from "../time-limit.js";
import { traceConfig } from "../trace-labels.js";
import {
  checkConsolidationOptions,
  checkSimulacrumOptions,
  checkTurnOptions,
} from "./checked-simulacrum-options.js";
import { type CompiledGraphs, compiledGraphs, type SimulacrumGraph } from "./compiled-graph.js";
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
import { apartFromHost, turnApartFromHost } from "./own-run.js";
import { PluggableSimulacrum } from "./pluggable-simulacrum.js";
import { runTurn, speakerIn, type TurnRun } from "./run-turn.js";
import { type SimulacrumMemories, simulacrumMemories } from "./simulacrum-memories.js";
import { type Speakers, ThreadWindow } from "./thread-window.js";
import { modelsOf } from "./traced-as.js";
import { wipeTraces } from "./wipe-traces.js";

/** How long `ask` and `close` work at what is due for consolidation, in milliseconds. */
export const DRAIN_MS = 3_000;

/**
 * Brings a character to life.
 * @throws SimulacraError `invalid_option`, `unknown_model`, `missing_key`, `missing_package`, `invalid_character`, `embedding_mismatch`, `store_*`
 */
export async function createSimulacrum(options: SimulacrumOptions): Promise<Simulacrum> {
  checkSimulacrumOptions(options);
  const { character, memoryMode: mode = "persist", guard } = options;
  const method = methodNamed(options.method ?? DEFAULT_METHOD);
  const agents = chosenAgents(options.agents, method);
  const parts = await openParts(options);
  try {
    const memories = simulacrumMemories(options, parts);
    // The other methods recall nothing by themselves: their memory is made ready when somebody asks it.
    if (method.remembers && mode !== "off") await memories.lasting.ready();
    const deps: AgentDependencies = {
      character,
      method,
      agents,
      voice: parts.voice,
      agentModel: parts.agents,
      memory: (thread) => memories.of(thread),
      budget: promptBudget(options.contextTokens),
      countTokens,
      recallLimit: options.recallLimit ?? RECALL_LIMIT,
      ...(guard && { guard }),
    };
    if (method.remembers && mode === "persist") await memories.lasting.consolidation.tryAgain();
    return new Simulacrum(await compiledGraphs(deps, options, parts), deps, memories, parts, mode);
  } catch (error) {
    await parts.close();
    throw error;
  }
}

/** A running person: one compiled graph, its memory, and what a conversation needs around them. */
export class Simulacrum extends PluggableSimulacrum implements SimulacrumContract {
  readonly character;
  readonly method;
  readonly agents;
  /** The compiled graph: invoke, stream, streamEvents, or a node of another graph. Its state is `messages`, `mind`, `degraded`. */
  readonly graph: SimulacrumGraph;
  readonly memory: SimulacrumMemory;
  /** Calls that consolidation made, apart from those of turns. */
  readonly consolidationUsage = new UsageMeter();
  private readonly windows: ThreadWindow;
  private readonly consolidation: BackgroundConsolidation;
  private readonly facts: MethodFacts;
  private turns = 0;
  /** Consolidation is traced where the conversation is. */
  private readonly callbacks = new CallbacksOfLastTurn();
  private closed = false;

  constructor(
    protected readonly graphs: CompiledGraphs,
    deps: AgentDependencies,
    private readonly memories: SimulacrumMemories,
    private readonly parts: OpenedParts,
    private readonly mode: MemoryMode,
  ) {
    super();
    this.character = deps.character;
    this.method = methodNamed(deps.method.id).id;
    this.agents = deps.agents;
    this.facts = deps.method;
    this.memory = memories.lasting;
    this.graph = graphs.own;
    this.windows = new ThreadWindow(this.graph, deps, parts.checkpointer);
    this.consolidation = new BackgroundConsolidation(
      {
        name: deps.character.name,
        traits: traitLines(deps.character, deps.budget, countTokens),
        origin: "talk",
        model: parts.agents,
        countTokens,
        memory: this.memory,
        meter: this.consolidationUsage,
      },
      (due) => ({
        ...traceConfig({ kind: "consolidation", character: deps.character.id, ...modelsOf(parts) }),
        runName: `${deps.character.id}-consolidation`,
        ...this.callbacks.of(due),
      }),
    );
  }

  /** What a host shows before the first turn. */
  get disclosure(): string {
    const who = this.facts.playsCharacter ? this.character.name : "This voice";
    return `${who} is a computer-generated person: an AI plays the part. No human is speaking, and what is said may be wrong.`;
  }

  async ask(message: string, options: TurnOptions = {}): Promise<TurnResult> {
    let result: TurnResult | undefined;
    for await (const event of this.stream(message, options))
      if (event.type === "result") result = event.result;
    if (!result) throw new SimulacraError("internal", "The turn ended without an answer.", "internal");
    return result;
  }

  stream(message: string, options: TurnOptions = {}): AsyncGenerator<TurnEvent> {
    return turnApartFromHost(options, (turn) => this.turn(message, turn));
  }

  private async *turn(message: string, options: TurnOptions): AsyncGenerator<TurnEvent> {
    checkTurnOptions(options);
    const text = checkedMessage(message);
    const limit = timeLimit(options.timeoutMs, options.signal);
    try {
      // A turn does not share the model with work that can wait.
      this.consolidation.giveWay();
      this.turns++;
      this.callbacks.note(options);
      const turn = { ...options, ...(limit.signal && { signal: limit.signal }) };
      if (turn.thread === undefined) yield* this.statelessTurn(text, turn);
      else yield* this.turnInThread(text, turn, turn.thread);
    } catch (error) {
      throw failureWithin(limit, error);
    } finally {
      limit.release();
    }
  }

  withdraw(thread: string, who?: Speakers): Promise<{ stimulus: string; answer: string } | null> {
    const withdrawn = async () => {
      if (who) {
        checkTurnOptions(who);
        await this.windows.admit(thread, who);
      }
      await this.windows.heal(thread);
      return this.windows.withdraw(thread);
    };
    return this.lock.withLock(threadLockName(thread), () => apartFromHost(withdrawn));
  }

  async consolidate(options: { forMs?: number; signal?: AbortSignal } = {}): Promise<ConsolidationReport> {
    checkConsolidationOptions(options);
    if (!this.facts.remembers || this.mode !== "persist")
      return { consolidated: 0, refused: 0, failed: 0, waiting: 0 };
    return apartFromHost(() => this.consolidation.work(options));
  }

  async forget(interlocutor: string) {
    const { transcript } = this.memory;
    // One at a time: two that wait for each other's threads would wait for ever.
    const releases = [await this.lock.hold("forgetting")];
    const held = new Set<string>();
    // A turn under way is waited for: what it stores, and what it has recalled, would be left behind.
    const wiped = async (threads: readonly string[]) => {
      for (const thread of threads.filter((name) => !held.has(name))) {
        releases.push(await this.lock.hold(threadLockName(thread)));
        held.add(thread);
        await this.parts.checkpointer?.deleteThread(thread);
      }
    };
    try {
      const told = (await transcript.threadsOf(interlocutor)).map(({ audience }) => audience);
      const reached = async () => (await transcript.threadsReachedFrom(told)).map(({ thread }) => thread);
      // Checkpoints first: cut short here, the memory still knows whose they were, and forgetting again ends it.
      await wiped(await reached());
      const { threads: gone, ...removed } = await this.memory.forget(interlocutor);
      for (const thread of gone) await this.memories.end(thread);
      // Those that were opened meanwhile.
      await wiped([...gone, ...(await reached())]);
      await wipeTraces(interlocutor, this.memory, this.parts);
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
    await this.consolidation.stopped();
    await this.memories.endAll();
    await this.parts.close();
  }

  /** Waits for the thread, then takes the turn. */
  private async *turnInThread(text: string, options: TurnOptions, thread: string): AsyncGenerator<TurnEvent> {
    const release = await this.lock.hold(threadLockName(thread), {
      ...(options.signal && { signal: options.signal }),
    });
    try {
      await this.windows.admit(thread, options, true);
      await this.windows.heal(thread);
      // The words of a turn that failed are in the window: said again by the same speaker, they are that message, not a second one.
      const last = (await this.windows.unanswered(thread)).at(-1);
      const again = last && textOf(last) === text && last.name === speakerIn(options);
      yield* runTurn(this.run(thread, { id: (again && last.id) || randomUUID(), text }, options));
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
    const method = conditionName({ method: methodNamed(this.method), without: leftOut(this.agents) });
    return {
      graph: this.graph,
      threadId,
      message,
      options,
      about: { character, method, model: modelName(this.parts.voice) },
    };
  }

  private get lock() {
    return threadLockOf(this.parts.store);
  }
}
