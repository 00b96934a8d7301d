import { builtInAgents } from "../../../agents/agents.js";
import { type Character, characterSchema } from "../../../data/character.js";
import { SimulacraError } from "../../../data/errors.js";
import type { TurnEvent, TurnOptions, TurnResult } from "../../../graphs/simulacrum/options.js";
import type { TurnRecord } from "../../../memory/turn-record.js";

export const character: Character = characterSchema.parse({
  id: "ada",
  name: "Ada",
  profile: {},
  personality: { traits: ["I keep my word."] },
  source: { origin: "a test", licence: "none" },
});

/** A person who repeats what is said, and whose every call is written down. */
export class EchoSimulacrum {
  readonly character = character;
  readonly method = "macm";
  readonly agents = builtInAgents;
  readonly disclosure = "Ada is computer-generated.";
  readonly stored: { thread: string; said: string; by: string | undefined }[] = [];
  readonly calls: string[] = [];
  unanswered: string | undefined;
  before: TurnRecord[] = [];
  /** Called before an answer; may wait, or throw. */
  beforeAnswer: (said: string, signal: AbortSignal | undefined) => Promise<void> = async () => {};
  consolidation: () => Promise<void> = async () => {};

  readonly memory = {
    recall: async (queries: string[]) => {
      this.calls.push(`recall ${queries.join()}`);
      return { memories: [memory], nothingRelevant: false };
    },
    list: async () => [],
    relationships: { read: async () => null },
    transcript: {
      thread: async () => null,
      turns: async (thread: string) => (thread === "t1" ? this.before : []),
      admit: async (_thread: string, { audience }: { audience: readonly string[] }) => {
        if (this.before.some((turn) => turn.audience.join() !== audience.join()))
          throw new SimulacraError("thread_people", "Opened with other people.", "user");
        return null;
      },
    },
  };

  async *stream(said: string, options: TurnOptions = {}): AsyncGenerator<TurnEvent> {
    await this.beforeAnswer(said, options.signal).catch((error: unknown) => {
      this.unanswered = said;
      throw error;
    });
    this.unanswered = undefined;
    const answer = `You said: ${said}`;
    for (const word of answer.split(/(?<= )/)) yield { type: "token", text: word };
    this.stored.push({ thread: options.thread ?? "", said, by: options.interlocutor?.id });
    yield { type: "result", result: turn(answer, options.thread ?? null) };
  }
  async withdraw() {
    const said = this.unanswered;
    this.unanswered = undefined;
    if (said !== undefined) return { stimulus: said, answer: "" };
    const last = this.stored.pop();
    return last === undefined ? null : { stimulus: last.said, answer: `You said: ${last.said}` };
  }
  async consolidate() {
    this.calls.push("consolidate");
    await this.consolidation();
    return { consolidated: 0, refused: 0, failed: 0, waiting: 0 };
  }
  async forget(interlocutor: string) {
    this.calls.push(`forget ${interlocutor}`);
    return { memories: 2, turns: 3, threads: 1, moods: 1, relationships: 1 };
  }
  async close() {
    this.calls.push("close");
  }
}

const memory = {
  id: "life/1",
  kind: "life" as const,
  text: "I learned to swim in the mill pond.",
  score: 0.8,
  parts: { lexical: 0.5, dense: 0.3, priors: 0, support: 0.9 },
  source: { kind: "import" as const, key: "1" },
};

function turn(answer: string, thread: string | null): TurnResult {
  return {
    character: "ada",
    method: "macm",
    model: "test",
    thread,
    answer,
    degraded: answer.includes("riddle") ? ["thinking"] : [],
    mind: {
      reflection: { keyElements: ["a greeting"], asksForMemory: false, queries: ["swimming"] },
      memories: [memory],
      thought: "They are friendly.",
      feeling: { text: "Glad.", valence: 0.4, arousal: 0.3 },
      mood: { valence: 0.3, arousal: 0.2 },
    },
    usage: { calls: 4, inputTokens: 100, outputTokens: 20, reasks: 0, byRole: {} },
  };
}

export const said = (number: number): TurnRecord => ({
  thread: "t1",
  turn: number,
  audience: ["me"],
  stimulus: [{ name: "me", text: `Earlier ${number}` }],
  answer: { id: `a${number}`, text: `You said: Earlier ${number}` },
  at: "2026-01-01T00:00:00.000Z",
  thought: null,
  feeling: null,
  moodBefore: null,
  moodAfter: null,
  recalled: [],
});
