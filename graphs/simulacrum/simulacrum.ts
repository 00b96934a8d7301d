import { RECALL_LIMIT } from "../../agents/answer-defaults.js";
import { chosenAgents, leftOut } from "../../agents/chosen-agents.js";
import { interlocutorSchema } from "../../agents/mind.js";
import { personaBlock, traitLines } from "../../agents/persona.js";
import { promptBudget } from "../../agents/prompt-budget.js";
import { bareRules, rulesOf } from "../../agents/rules.prompt.js";
import { type AgentDependencies, peopleNamed } from "../../agents/turn.js";
import { instructionsFor } from "../../agents/turn-prompt.js";
import { SimulacraError } from "../../data/errors.js";
import { personId } from "../../data/person-id.js";
import { threadLockName } from "../../memory/backends/named-locks.js";
import { machineTimeZone } from "../../memory/local-time.js";
import { audienceFor } from "../../memory/ownership.js";
import type { SimulacrumMemory } from "../../memory/simulacrum-memory.js";
import { countTokens, modelName, UsageMeter } from "../../models/index.js";
import {
  MemoryRetriever,
  type MemoryRetrieverOptions,
  OwnerStore,
  type OwnerStoreOptions,
  type RecallToolOptions,
  recallTool,
  type SimulacrumSubagent,
  type SimulacrumSubagentOptions,
  type SimulacrumToolOptions,
  simulacrumAsSubagent,
  simulacrumAsTool,
} from "../../tools/index.js";
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
import { forgetInterlocutor } from "./forget-interlocutor.js";
import { checkedMessage } from "./message-text.js";
import { modelsOf } from "./models-of.js";
import { type OpenedParts, openParts } from "./opened-parts.js";
import type {
  ConsolidationReport,
  SimulacrumOptions,
  TurnEvent,
  TurnOptions,
  TurnResult,
} from "./options.js";
import { apartFromHost, turnApartFromHost } from "./own-run.js";
import { runTurn } from "./run-turn.js";
import { type SimulacrumMemories, simulacrumMemories } from "./simulacrum-memories.js";

/** How long `close` works at what is due for consolidation, in milliseconds; the command `ask` closes at its end. */
const DRAIN_MS = 3_000;

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
    const budget = promptBudget(options.contextTokens);
    const persona = personaBlock(character, budget, countTokens);
    const deps: AgentDependencies = {
      character,
      method,
      agents,
      voice: parts.voice,
      agentModel: parts.agents,
      memory: (thread) => memories.of(thread),
      transcript: (thread) => memories.transcript(thread),
      persona,
      traits: traitLines(character, budget, countTokens),
      budget,
      countTokens,
      clock: options.clock ?? (() => new Date()),
      instructions: method.playsCharacter
        ? instructionsFor(character.name, persona, rulesOf(character.name))
        : bareRules,
      timeZone: options.timeZone ?? machineTimeZone(),
      recallLimit: options.recallLimit ?? RECALL_LIMIT,
      ...(guard && { guard }),
    };
    if (method.remembers && mode === "persist") await memories.lasting.consolidation.tryAgain();
    return new Simulacrum(await compiledGraphs(deps, options, parts), deps, memories, parts, options);
  } catch (error) {
    await parts.close();
    throw error;
  }
}

/** A running person: one compiled graph, its memory, and what a conversation needs around them. */
export class Simulacrum {
  readonly character;
  readonly method;
  /** The agents at work. */
  readonly agents;
  /** The compiled graph: invoke, stream, streamEvents, or a node of another graph. Its state is `messages`, `mind`, `degraded`. */
  readonly graph: SimulacrumGraph;
  readonly memory: SimulacrumMemory;
  /** Calls that consolidation made, apart from those of turns. */
  readonly consolidationUsage = new UsageMeter();
  private readonly consolidation: BackgroundConsolidation;
  private turns = 0;
  /** Consolidation is traced where the conversation is. */
  private readonly callbacks = new CallbacksOfLastTurn();
  private closed = false;

  constructor(
    private readonly graphs: CompiledGraphs,
    private readonly deps: AgentDependencies,
    private readonly memories: SimulacrumMemories,
    private readonly parts: OpenedParts,
    private readonly options: SimulacrumOptions,
  ) {
    this.character = deps.character;
    this.method = methodNamed(deps.method.id).id;
    this.agents = deps.agents;
    this.memory = memories.lasting;
    this.graph = graphs.own;
    this.consolidation = new BackgroundConsolidation(
      {
        name: deps.character.name,
        traits: deps.traits,
        origin: "talk",
        model: parts.agents,
        countTokens,
        memory: this.memory,
        timeZone: deps.timeZone,
        meter: this.consolidationUsage,
      },
      (due) => ({
        ...traceConfig({ kind: "consolidation", character: deps.character.id, ...modelsOf(parts) }),
        runName: `${deps.character.id}-consolidation`,
        ...this.callbacks.of(due),
      }),
    );
  }

  /**
   * The notice that a host shows first, before anybody has said a word: the person is computer-generated, an AI plays the
   * part. It is plain text in English, one or two sentences; translate it, but do not leave it out. The descriptions of
   * `asTool` and `asSubagent` carry it too, so that a calling model knows whom it talks to.
   */
  get disclosure(): string {
    const who = this.deps.method.playsCharacter ? this.character.name : "This voice";
    return `${who} is a computer-generated person: an AI plays the part. No human is speaking, and what is said may be wrong.`;
  }

  async ask(message: string, options: TurnOptions = {}): Promise<TurnResult> {
    for await (const event of this.stream(message, options)) if (event.type === "result") return event.result;
    throw new SimulacraError("internal", "The turn ended without an answer.", "internal");
  }

  stream(message: string, options: TurnOptions = {}): AsyncGenerator<TurnEvent> {
    return turnApartFromHost(options, (turn) => this.turn(message, turn));
  }

  /** Waits for the thread, if there is one, then takes the turn. */
  private async *turn(message: string, options: TurnOptions): AsyncGenerator<TurnEvent> {
    checkTurnOptions(options);
    checkSpeaker(options);
    const text = checkedMessage(message);
    const limit = timeLimit(options.timeoutMs, options.signal);
    const { signal } = limit;
    const { thread } = options;
    let release = async () => {};
    try {
      // A turn does not share the model with work that can wait.
      this.consolidation.giveWay();
      this.turns++;
      this.callbacks.note(options);
      if (thread !== undefined)
        release = await this.parts.store.locks.hold(threadLockName(thread), { ...(signal && { signal }) });
      yield* runTurn({
        // A turn that belongs to no conversation leaves nothing behind, whether it succeeds or fails.
        graph: thread === undefined ? this.graphs.withoutCheckpoints : this.graph,
        text,
        options: { ...options, ...(signal && { signal }) },
        about: {
          character: this.character.id,
          method: conditionName({ method: methodNamed(this.method), without: leftOut(this.agents) }),
          model: modelName(this.parts.voice),
        },
      });
    } catch (error) {
      throw failureWithin(limit, error);
    } finally {
      await release();
      limit.release();
    }
  }

  /**
   * Takes back the last turn of a thread and all that it stored; gives back what was said, or null where there is none.
   * What was said in a turn that failed is taken back first, with an empty answer. With `who`, only if it is their thread.
   * @throws SimulacraError `thread_people`
   */
  async withdraw(
    thread: string,
    who?: Pick<TurnOptions, "interlocutor" | "present">,
  ): Promise<{ stimulus: string; answer: string } | null> {
    if (who) checkTurnOptions(who);
    return this.parts.store.locks.withLock(threadLockName(thread), async () => {
      const transcript = this.memories.transcript(thread);
      if (who)
        await transcript.admit(thread, {
          audience: audienceFor(
            peopleNamed(who).map((one) => interlocutorSchema.parse(one)),
            thread,
          ),
          method: this.method,
        });
      const unanswered = await transcript.withdrawUnanswered(thread);
      if (unanswered.length > 0) return { stimulus: wordsOf(unanswered), answer: "" };
      const turn = await transcript.withdrawTurn(thread);
      return turn && { stimulus: wordsOf(turn.stimulus), answer: turn.answer.text };
    });
  }

  /** Works off what is due for consolidation, at most `forMs` milliseconds. */
  async consolidate(options: { forMs?: number; signal?: AbortSignal } = {}): Promise<ConsolidationReport> {
    checkConsolidationOptions(options);
    if (!this.deps.method.remembers || (this.options.memoryMode ?? "persist") !== "persist")
      return { consolidated: 0, refused: 0, failed: 0, waiting: 0 };
    return apartFromHost(() => this.consolidation.work(options));
  }

  /** Clears everything of one interlocutor: memories, index, mood, relationship, threads, checkpoints; says what was removed. */
  async forget(interlocutor: string): ReturnType<typeof forgetInterlocutor> {
    return forgetInterlocutor(interlocutor, this.memory, this.memories, this.options);
  }

  /** Ends a thread's layer of memory (mode `overlay`), or what was said in it (mode `off`): it vanishes. */
  endThread(thread: string): Promise<void> {
    return this.memories.end(thread);
  }

  /**
   * This person as a tool of an agent: a message goes in, the answer comes out. The whole turn is the artifact, the mind
   * with what was recalled included: it is kept wherever the host keeps its tool messages.
   */
  asTool(options?: SimulacrumToolOptions) {
    return simulacrumAsTool<TurnResult>(this, options);
  }

  /**
   * This person as a compiled subagent, `{name, description, runnable}`. The runnable shares nothing but `messages` with
   * a host's state: as a node it suits a host that keeps keys named `mind`, `degraded`, `interlocutor` or `present` of
   * its own, which the bare `graph` reads and writes.
   */
  asSubagent(options?: SimulacrumSubagentOptions): SimulacrumSubagent {
    const { character, disclosure, graphs } = this;
    return simulacrumAsSubagent({ character, disclosure, graph: graphs.withoutCheckpoints }, options);
  }

  /**
   * The memory as a retriever: of the owner given here, else the life story only.
   * @throws SimulacraError `invalid_option` where there is no memory: method `blank`, mode `off`. So do the next two.
   */
  asRetriever(options?: MemoryRetrieverOptions): MemoryRetriever {
    this.memory.checkRecall();
    return new MemoryRetriever(this.memory, options);
  }

  /** The memory as a tool of an agent: of the owner given here, else the life story only. */
  recallTool(options?: RecallToolOptions) {
    this.memory.checkRecall();
    return recallTool(this, options);
  }

  /** The memory as a store of a host's graph, to read: of the owner given here, else the life story only. */
  asStore(options?: OwnerStoreOptions): OwnerStore {
    this.memory.checkRecall();
    return new OwnerStore(this.memory, options);
  }

  /** Drains what is due for a few seconds, then closes the store. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    // Who only looked does not spend model calls on leaving.
    if (this.turns > 0) await this.consolidate({ forMs: DRAIN_MS }).catch(() => undefined);
    await this.consolidation.stopped();
    await this.memories.endAll();
    await this.parts.close();
  }
}

/** @throws SimulacraError `invalid_input` for a speaker who is not in the room */
function checkSpeaker({ interlocutor, present, thread }: TurnOptions): void {
  if (!interlocutor || !present || present.some(({ id }) => personId(id) === personId(interlocutor.id)))
    return;
  throw new SimulacraError(
    "invalid_input",
    `${interlocutor.name ?? interlocutor.id} speaks but is not among those present. Add them to the people present.`,
    "user",
    { thread },
  );
}

const wordsOf = (said: readonly { text: string }[]): string => said.map(({ text }) => text).join("\n");
