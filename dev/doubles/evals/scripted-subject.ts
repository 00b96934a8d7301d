import type { Subject, SubjectReply, Turn } from "../../../evals/core/subject.js";

// Test double: a subject that answers by a function and keeps what it heard.

export class ScriptedSubject implements Subject {
  readonly callsAnItem = 1;
  readonly heard: Turn[] = [];
  readonly ended: string[] = [];

  constructor(
    private readonly reply: (
      said: string,
      turn: Turn,
      call: number,
    ) => string | Pick<SubjectReply, "text" | "ended"> | Promise<string>,
    readonly version = "1",
  ) {}

  async answer(turn: Turn): Promise<SubjectReply> {
    const call = this.heard.push(turn) - 1;
    const said = turn.said.map(({ text }) => text).join("\n");
    const reply = await this.reply(said, turn, call);
    turn.meter.record("respond", { inputTokens: 10, outputTokens: 2 });
    return {
      ...(typeof reply === "string" ? { text: reply } : reply),
      mind: null,
      degraded: [],
      promptHash: null,
    };
  }

  async end(thread: string): Promise<void> {
    this.ended.push(thread);
  }

  async close(): Promise<void> {}
}
