import type { BaseMessage } from "@langchain/core/messages";
import type { RunnableConfig } from "@langchain/core/runnables";
import type { z } from "zod";
import { type ErrorCode, isSimulacraError, SimulacraError } from "../data/errors.js";
import { callStructured, callText, type ModelCall } from "../models/index.js";
import { joinedSignal } from "../models/joined-signal.js";
import { textOf } from "./conversation.js";
import type { Faults, MindState, MindUpdate } from "./mind.js";
import { replySettings } from "./reply-settings.js";
import { paragraphs, section } from "./section.js";
import { recalled, situation } from "./situation.js";
import { type AgentDependencies, faultOf, meterOf, threadOf } from "./turn.js";
import { turnPrompt } from "./turn-prompt.js";
import { describePeople, saidWithin, type TurnView, viewOf } from "./turn-view.js";
import { textsIn, unusableBecause, withoutSections } from "./usable-words.js";

/**
 * An agent, written once: the state, the wiring, `degraded`, `/why`, the trace page, the report and the usage read it.
 * `Part` is what it adds to the mind of a turn. See `apps/examples/fifth-agent.ts`.
 */
export interface AgentDescriptor<Key extends string = string, Part = unknown, Id extends string = string> {
  /** Its name in `degraded`, usage and conditions: "thinking". Small letters, digits and hyphens. */
  id: Id;
  /** What it does, for people: "Thinks". */
  does: string;
  /** Name of its node in the graph: "think". Never a key of the state. */
  node: string;
  /** The key of the state that it writes, null until it has; it stands in `mind` under the same key. */
  writes: { key: Key; schema: z.ZodType<Part> };
  /** Makes its part of this turn's mind. Where it throws, the turn goes on without the part and is degraded by its id. */
  act(turn: AgentTurn): Promise<Part | null>;
  /** What the voice is told of its part; absent where it does not speak to the voice. */
  voice?: {
    /** The section of the prompt: "your-thought". */
    section: string;
    /** What the section is to decide, after "Let your thought decide": "what you say". */
    decides?: string;
    text(part: Part): string;
  };
  /** What people are shown of its part, and under which heading. */
  shown: { title: string; text(part: Part): string };
  /** Said to people when it has failed: "Thinking failed this turn: the answer was made without an inner thought." */
  whenItFails: string;
}

/** Checks a descriptor of your own where it is written, and infers its part from its schema. */
export const defineAgent = <Key extends string, Part>(
  agent: AgentDescriptor<Key, Part>,
): AgentDescriptor<Key, Part> => agent;

/** Room for the schema of a structured reply, where a server has to be told it in words. */
const SCHEMA_TOKENS = 220;

/** What an agent's part of a mind is; null where it has none: it failed, or was left out. */
export function partOf<Part>(
  { writes }: Pick<AgentDescriptor<string, Part>, "writes">,
  mind: object | null,
): Part | null {
  const read = writes.schema.safeParse((mind as Record<string, unknown> | null)?.[writes.key]);
  return read.success ? read.data : null;
}

/** One turn as an agent sees it, and its calls of the agents' model. */
export class AgentTurn {
  /** What was said, by whom, and what came before. */
  readonly view: TurnView;
  /** Failures that did not keep the agent from acting. */
  faults: Faults = {};

  constructor(
    private readonly agent: Pick<AgentDescriptor, "id" | "node" | "writes">,
    readonly deps: AgentDependencies,
    /** The working memory so far: what Top noticed, what was recalled, the mood. */
    readonly state: Readonly<MindState>,
    readonly config: RunnableConfig,
    /** Whether a reply of no use is asked for again. */
    private readonly mayReask = true,
  ) {
    this.view = viewOf(state, deps);
  }

  get character() {
    return this.deps.character;
  }

  /** What was just said, within its budget. */
  get said(): string {
    return saidWithin(this.view, this.deps.budget.stimulus, this.deps.countTokens);
  }

  /** Who said it: "Ben (a stranger)". */
  get people(): string {
    return describePeople(this.view.people, this.deps);
  }

  /** Facts, traits and biography, as every prompt has them. */
  get persona(): string {
    return this.deps.persona;
  }

  /** What was recalled, a line each; empty where nothing was. */
  get memories(): string {
    return recalled(this.view, this.state, this.deps);
  }

  /**
   * The prompt of this turn with the agent's own task in it: who the person is, the conversation, the time and the company,
   * what came to mind, what was just said, and the task. It begins as the prompts of all agents do, so that servers read
   * that part once.
   */
  prompt(task: string): BaseMessage[] {
    const notes = situation(this.view, this.state, this.deps);
    const words = (said: string) => paragraphs(section("just-said", said), task);
    return turnPrompt(this.view, this.deps, { notes, words }, SCHEMA_TOKENS);
  }

  /**
   * Calls the agents' model for text. What is unusable is asked for once more.
   * @throws SimulacraError model_refused where it stays so, and those of `callText`
   */
  async callText(messages: BaseMessage[]): Promise<string> {
    return this.usable(async () => {
      const { text, endReason } = await callText(this.call(messages));
      if (endReason === "circle") throw this.unusable("it runs in circles");
      const words = withoutSections(text);
      return { value: words, words: [words] };
    });
  }

  /**
   * Calls the agents' model for a value of this shape. What is unusable is asked for once more.
   * @param accepts what is taken where a reply has less than was asked for. @default `schema`
   * @throws SimulacraError model_refused where it stays so, and those of `callStructured`
   */
  async callStructured<T>(messages: BaseMessage[], schema: z.ZodType<T>): Promise<T>;
  async callStructured<T>(messages: BaseMessage[], schema: z.ZodType, accepts: z.ZodType<T>): Promise<T>;
  async callStructured<T>(
    messages: BaseMessage[],
    schema: z.ZodType,
    accepts = schema as z.ZodType<T>,
  ): Promise<T> {
    const name = this.agent.writes.key;
    const { mayReask } = this;
    return this.usable(async () => {
      const { value } = await callStructured({ ...this.call(messages), schema, accepts, name, mayReask });
      return { value, words: textsIn(value) };
    });
  }

  private async usable<T>(ask: () => Promise<{ value: T; words: readonly string[] }>): Promise<T> {
    const { said, exchanges } = this.view;
    const heard = exchanges.flatMap((exchange) => [...exchange.said, exchange.answer].map(textOf));
    const talk = [...heard, said].join("\n");
    const first = await ask();
    const reason = unusableBecause(first.words, talk);
    if (reason === undefined) return first.value;
    if (!this.mayReask) throw this.unusable(reason);
    const second = await ask();
    const again = unusableBecause(second.words, talk);
    if (again === undefined) return second.value;
    throw this.unusable(again);
  }

  private unusable(reason: string): SimulacraError {
    return new SimulacraError(
      "model_refused",
      `Nothing can be made of what the model gave for the ${this.agent.writes.key}: ${reason}. Try a stronger model.`,
      "model",
    );
  }

  /** Marks the turn as degraded by this agent, though it goes on. */
  partlyFailed(reason: string): void {
    this.faults = faultOf(this.agent.id, new Error(reason), this.config.signal);
  }

  private call(messages: BaseMessage[]): ModelCall {
    const { deps, config, agent } = this;
    const meter = meterOf(config);
    return {
      model: deps.agentModel,
      messages,
      role: agent.id,
      act: agent.node,
      ...replySettings(agent.node),
      ...(!this.mayReask && { emptyRetries: 0 }),
      config,
      silent: true,
      ...(meter && { meter }),
    };
  }
}

/** Failures in a row in a thread after which an agent is asked once a turn only, until it succeeds: its model cannot do it. */
const HOPELESS_AFTER = 3;

/** So many threads with failures are kept in mind. */
const THREADS_COUNTED = 1_000;

/** An agent as a node. A failure is a mark in the state, and what was there of its part before stands: a turn begins with none. */
export const agentNode = (agent: AgentDescriptor, deps: AgentDependencies) => {
  // By thread: talks do not count into each other, and those that go well take no room.
  const failures = new Map<string, number>();
  let warned = false;
  return async (state: MindState, config: RunnableConfig): Promise<MindUpdate> => {
    // The turn's signal would warn of a leak where many agents listen at once.
    const own = joinedSignal([config.signal]);
    const thread = threadOf(config) ?? "";
    const before = failures.get(thread) ?? 0;
    const given = { ...config, signal: own.signal };
    const turn = new AgentTurn(agent, deps, state, given, before < HOPELESS_AFTER);
    try {
      const made = await agent.act(turn);
      const part = made === null ? null : agent.writes.schema.parse(made);
      // What the voice could not be told is a failure here, and not the voice's.
      if (part !== null) agent.voice?.text(part);
      failures.delete(thread);
      return { [agent.writes.key]: part, faults: turn.faults } as MindUpdate;
    } catch (error) {
      const faults = faultOf(agent.id, error, config.signal);
      if (isOfTheModel(error) && thread !== "") {
        failures.set(thread, before + 1);
        const [oldest] = failures.keys();
        if (failures.size > THREADS_COUNTED && oldest !== undefined) failures.delete(oldest);
      }
      if (before + 1 === HOPELESS_AFTER && failures.get(thread) === HOPELESS_AFTER && !warned) {
        warned = true;
        process.emitWarning(
          `Agent "${agent.id}" got nothing of use from its model in ${HOPELESS_AFTER} turns in a row: from now on it asks once a turn only, until it succeeds. A stronger model may do better.`,
        );
      }
      return { faults };
    } finally {
      own.release();
    }
  };
};

/** Whether a model answered, and not as it should have; a server that is down says nothing about the model. */
const isOfTheModel = (error: unknown): boolean =>
  ["model_refused", "model_empty", "model_declined"].some((code) =>
    isSimulacraError(error, code as ErrorCode),
  );
