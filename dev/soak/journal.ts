import { marksIn } from "./message-marks.js";

/** What became of a message, as far as the one who said it was told. */
export type Fate =
  /** Sent, nothing heard yet. */
  | "under-way"
  /** The answer came back: from now on it may not be lost. */
  | "answered"
  /** It failed, or its process died: it may be stored or not. */
  | "unknown"
  /** Taken back, or said in no conversation: it may not be in any memory. */
  | "gone"
  /** Its person was forgotten: none of its bytes may be anywhere. */
  | "wiped";

/** One message and what is known of it. `sentAt` and `settledAt` count the journal's events, not time. */
export interface Said {
  readonly number: number;
  readonly text: string;
  /** Null: said in no conversation. */
  readonly thread: string | null;
  readonly audience: readonly string[];
  sentAt: number;
  /** Mark of the message before, which has to be in the conversation that the voice is shown. */
  follows: number | null;
  fate: Fate;
  settledAt: number | null;
  answer: string | null;
  /** Nothing else was said in its conversation at the same time. */
  alone: boolean;
  /** A forgetting that was cut short, or ran meanwhile, may have taken it. */
  mayBeGone: boolean;
  /** Its words are stored for certain, in a turn or waiting for an answer, until they are taken back. */
  kept: boolean;
}

/** What the soak said, took back and let forget, and what it was told: against this the disk is held. */
export class Journal {
  readonly said = new Map<number, Said>();
  /** Takings back whose end nobody saw, by thread: each may have taken one message. */
  readonly openWithdrawals = new Map<string, number>();
  /** What is known of the character's life memories: the home was opened, and so many were built from the story. */
  readonly life = { opened: false, built: 0 };
  /** The home was one of an old format: copies of what it was may lie in it. */
  wasOld = false;
  private events = 0;
  /** Takings back and forgettings under way: what is said meanwhile cannot know what came before it. */
  private upheavals = 0;
  private readonly lastIn = new Map<string, number | null>();

  constructor(private nextNumber = 1) {}

  get next(): number {
    return this.nextNumber;
  }

  get answeredCount(): number {
    return [...this.said.values()].filter(({ answer }) => answer !== null).length;
  }

  get wipedCount(): number {
    return [...this.said.values()].filter(({ fate }) => fate === "wiped").length;
  }

  say(thread: string | null, audience: readonly string[], text: (number: number) => string): Said {
    const number = this.nextNumber++;
    const follows = thread === null || this.upheavals > 0 ? null : (this.lastIn.get(thread) ?? null);
    // Until it is answered nobody knows what the conversation holds.
    if (thread !== null) this.lastIn.set(thread, null);
    const beside = thread === null ? [] : this.underWay().filter((other) => other.thread === thread);
    for (const other of beside) other.alone = false;
    const said: Said = {
      number,
      text: text(number),
      thread,
      audience,
      sentAt: ++this.events,
      follows,
      fate: "under-way",
      settledAt: null,
      answer: null,
      alone: beside.length === 0,
      mayBeGone: false,
      kept: false,
    };
    this.said.set(number, said);
    return said;
  }

  answered(said: Said, answer: string): void {
    said.answer = answer;
    this.settle(said, said.thread === null ? "gone" : "answered");
    if (said.thread !== null && said.alone && said.fate === "answered")
      this.lastIn.set(said.thread, said.number);
  }

  /** A host asks for another answer to words that it has sent before. */
  again(said: Said): void {
    said.kept ||= said.fate === "answered" && !said.mayBeGone;
    Object.assign(said, { fate: "under-way", sentAt: ++this.events, settledAt: null, answer: null });
    Object.assign(said, { follows: null, alone: true });
    if (said.thread !== null) this.lastIn.set(said.thread, null);
  }

  /** `begun`: it failed when its words were stored already, so that they wait for an answer. */
  failed(said: Said, begun = false): void {
    said.kept ||= begun && said.thread !== null;
    this.settle(said, said.thread === null ? "gone" : "unknown");
  }

  /**
   * Begins to take back what was said last in a conversation; gives back what is to be called at its end. Where it was
   * cut short, one message may be gone.
   */
  withdrawing(thread: string): { done(stimulus: string): void; cutShort(): void } {
    this.upheavals++;
    for (const said of this.underWay()) if (said.thread === thread) said.alone = false;
    this.lastIn.set(thread, null);
    return {
      done: (stimulus) => {
        this.upheavals--;
        this.lastIn.set(thread, null);
        for (const number of marksIn(stimulus)) {
          const said = this.said.get(number);
          if (said) this.settle(said, "gone");
        }
      },
      cutShort: () => {
        this.upheavals--;
        this.lastIn.set(thread, null);
        this.openWithdrawals.set(thread, (this.openWithdrawals.get(thread) ?? 0) + 1);
      },
    };
  }

  /** Begins to forget a person; gives back what is to be called at its end. */
  forgetting(person: string): { done(): void; cutShort(): void } {
    const began = ++this.events;
    this.upheavals++;
    for (const said of this.underWay()) if (said.audience.includes(person)) said.alone = false;
    for (const [thread] of this.lastIn) this.lastIn.set(thread, null);
    const theirs = () => [...this.said.values()].filter(({ audience }) => audience.includes(person));
    const uncertain = () => {
      this.upheavals--;
      for (const said of theirs()) {
        if (said.thread !== null) this.lastIn.set(said.thread, null);
        said.mayBeGone = true;
        said.alone = false;
      }
    };
    return {
      done: () => {
        uncertain();
        for (const said of theirs())
          if (said.settledAt !== null && said.settledAt < began) this.settle(said, "wiped");
      },
      cutShort: uncertain,
    };
  }

  /** All processes are dead: what was under way may be stored or not. */
  allDied(): void {
    for (const said of this.underWay()) this.failed(said);
  }

  /** What may be gone and is gone stays gone; what is there counts again. */
  reconcile(stored: ReadonlySet<number>, waiting: ReadonlySet<number>): void {
    for (const said of this.said.values()) {
      said.kept = stored.has(said.number) || waiting.has(said.number);
      if (said.fate === "answered" && !stored.has(said.number)) said.fate = "gone";
      said.mayBeGone = false;
    }
    this.openWithdrawals.clear();
  }

  underWay(): Said[] {
    return [...this.said.values()].filter(({ fate }) => fate === "under-way");
  }

  private settle(said: Said, fate: Fate): void {
    if (said.fate === "gone" || said.fate === "wiped") {
      if (fate === "wiped") said.fate = fate;
      said.settledAt ??= ++this.events;
      return;
    }
    said.fate = fate;
    said.settledAt = ++this.events;
  }
}
