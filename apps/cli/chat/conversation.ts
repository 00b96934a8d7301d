import { randomUUID } from "node:crypto";
import type { Interlocutor } from "../../../agents/mind.js";
import { type ErrorCode, isSimulacraError } from "../../../data/errors.js";
import type { TurnOptions, TurnResult } from "../../../graphs/simulacrum/options.js";
import type { Simulacrum } from "../../../graphs/simulacrum/simulacrum.js";
import type { TurnRecord } from "../../../memory/turn-record.js";
import { messageOf } from "../exit-code.js";
import type { Output } from "../output.js";
import { speak } from "../speak.js";

/** What was said and what came back. */
export interface Exchange {
  said: string;
  result: TurnResult;
  /** When it was answered. */
  at: string;
}

/** Failures of a turn whose words never reached the thread. */
const refusals: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "thread_busy",
  "thread_people",
  "thread_method",
]);

/** An id that no other thread has. */
export const newThread = (): string => randomUUID();

/** One chat as it goes: the thread, who speaks, and what has been said since it was opened. */
export class Conversation {
  readonly exchanges: Exchange[] = [];
  /** Turns that came to nothing since it was opened, and why, in order. */
  readonly failed: { said: string; error: unknown }[] = [];
  /** What was said in this thread before it was opened here, oldest first. */
  readonly earlier: TurnRecord[] = [];
  /** What was said last and never reached the thread (it was busy, or belongs to others). */
  #refused: string | undefined;
  #consolidation: Promise<void> | undefined;
  readonly #stopConsolidation = new AbortController();

  constructor(
    readonly simulacrum: Simulacrum,
    private readonly who: Interlocutor,
    public thread: string,
    readonly output: Output,
    /** What every turn is given beside thread, interlocutor and signal. */
    private readonly turnOptions: Pick<TurnOptions, "callbacks" | "timeoutMs">,
    /** Called before a turn is put, with the thread it goes to. */
    private readonly beforeTurn: (thread: string) => Promise<void>,
  ) {}

  /** Id of the one who speaks. */
  get interlocutor(): string {
    return this.who.id;
  }

  get #who() {
    return { interlocutor: this.who };
  }

  /** What the one who speaks is called: as they were introduced, else as they said; else their id. */
  async speakerName(): Promise<string> {
    const known = await this.simulacrum.memory.relationships.read(this.interlocutor);
    return this.who.name ?? known?.name?.text ?? this.interlocutor;
  }

  /** By whom words were said, which are stored under this name or id. */
  called(by: string | undefined, speaker: string): string {
    return by === undefined || by === this.interlocutor ? speaker : by;
  }

  get lastExchange(): Exchange | undefined {
    return this.exchanges.at(-1);
  }

  /**
   * Reads what was said in the thread before.
   * @throws SimulacraError `thread_people`, `thread_method` where the thread is not this interlocutor's to go on with
   */
  async recollect(): Promise<void> {
    const { memory, method } = this.simulacrum;
    await memory.transcript.admit(this.thread, { audience: [this.interlocutor], method });
    this.earlier.splice(0, this.earlier.length, ...(await memory.transcript.turns(this.thread)));
  }

  /** Puts a message and shows the answer; when this resolves, the turn is stored. */
  async say(message: string, signal: AbortSignal): Promise<void> {
    await this.beforeTurn(this.thread);
    this.#refused = undefined;
    const result = await speak(
      this.simulacrum,
      message,
      { ...this.turnOptions, thread: this.thread, ...this.#who, signal },
      this.output,
    ).catch((error: unknown) => {
      if (isSimulacraError(error) && refusals.has(error.code)) this.#refused = message;
      this.failed.push({ said: message, error });
      throw error;
    });
    this.exchanges.push({ said: message, result, at: new Date().toISOString() });
    this.#consolidate();
  }

  /** How many turns this conversation has, and how many of them are still in working memory. */
  async inMind(): Promise<{ turns: number; fresh: number }> {
    const record = await this.simulacrum.memory.transcript.thread(this.thread);
    const turns = record?.turns ?? this.earlier.length + this.exchanges.length;
    return { turns, fresh: turns - (record?.episodesUpTo ?? 0) };
  }

  /** Takes back the last turn; gives what was said in it, or undefined where there is none. */
  async takeBack(): Promise<string | undefined> {
    const refused = this.#refused;
    this.#refused = undefined;
    if (refused !== undefined) return refused;
    const withdrawn = await this.simulacrum.withdraw(this.thread, this.#who);
    // A turn that failed has words in the thread, but no answer.
    if (withdrawn !== null && withdrawn.answer !== "") this.exchanges.pop() ?? this.earlier.pop();
    return withdrawn?.stimulus;
  }

  /** Clears everything that the interlocutor said, and goes on in a new thread. */
  async forget(): ReturnType<Simulacrum["forget"]> {
    const removed = await this.simulacrum.forget(this.interlocutor);
    this.exchanges.length = 0;
    this.failed.length = 0;
    this.earlier.length = 0;
    this.#refused = undefined;
    this.thread = newThread();
    return removed;
  }

  /** Lets running consolidation finish, for at most `forMs`, then closes; what is left waits for the next opening. */
  async close(forMs = 5_000): Promise<void> {
    const timer = setTimeout(() => this.#stopConsolidation.abort(), forMs);
    await this.#consolidation;
    clearTimeout(timer);
    await this.simulacrum.close();
  }

  /** Works off what is due while the person thinks of what to say; one at a time, and never in the way of a turn. */
  #consolidate(): void {
    this.#consolidation ??= this.simulacrum
      .consolidate({ signal: this.#stopConsolidation.signal })
      .then(
        () => undefined,
        (error: unknown) => {
          if (!this.#stopConsolidation.signal.aborted && this.output.env.LOG_LEVEL === "debug")
            this.output.note(`Consolidation waits: ${messageOf(error)}`);
        },
      )
      .finally(() => {
        this.#consolidation = undefined;
      });
  }
}
