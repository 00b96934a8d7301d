import { AsyncLocalStorage } from "node:async_hooks";
import { UsageMeter } from "../../models/index.js";

/** Minutes that pass between two items, whatever the real speed: nothing in an evaluation depends on it. */
const MINUTES_AN_ITEM = 1;

/**
 * When a session begins whose subject does not say when its profile holds. Moods fade by the clock and ages are counted by
 * it, so it is the same in every run.
 */
const SESSION_START = new Date("2026-01-01T10:00:00Z");

/** Calls and tokens of one item by those who made them. */
class ItemUsage {
  readonly subject = new UsageMeter();
  readonly confederates = new UsageMeter();
  readonly embeddings = new UsageMeter();
  /** Of all these, what came from the response cache and was not paid for. */
  readonly cached = new UsageMeter();
  /** Whether an embedding failed: memory then recalls by words alone, which no agent marks. */
  embeddingsFailed = false;
}

/**
 * What belongs to one session while many share one simulacrum and one model client: its clock, its usage, and what tells
 * its replies from those of others in a cache. Carried by async context, so that models and memory need not pass it on.
 */
export class SessionScope {
  static readonly #current = new AsyncLocalStorage<SessionScope>();
  #minutes = 0;
  usage = new ItemUsage();

  /** `name` tells what is observed here (who is asked what, in which condition and repeat) from any other session. */
  constructor(private readonly name: string) {}

  /** The observation under way: two of them never share a reply, though their prompts may be the same. */
  get observation(): string {
    return `${this.name}/${this.#minutes}`;
  }

  /** The scope of the session that is running; undefined outside of one. */
  static current(): SessionScope | undefined {
    return SessionScope.#current.getStore();
  }

  /** The clock to give to a simulacrum: the session's own, which begins at `start`, inside a session; the real one outside. */
  static now(start = SESSION_START): Date {
    const scope = SessionScope.current();
    return scope ? new Date(start.getTime() + scope.#minutes * 60_000) : new Date();
  }

  run<T>(work: () => Promise<T>): Promise<T> {
    return SessionScope.#current.run(this, work);
  }

  /** The next item begins, with nothing used yet. */
  nextItem(): void {
    this.#minutes += MINUTES_AN_ITEM;
    this.usage = new ItemUsage();
  }
}
