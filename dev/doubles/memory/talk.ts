import { BruteForceStore } from "../../../memory/backends/in-memory/brute-force-store.js";
import type { MemoryStore } from "../../../memory/backends/memory-store.js";
import { withAudience } from "../../../memory/ownership.js";
import type { MemoryRecord } from "../../../memory/record.js";
import { SimulacrumMemory } from "../../../memory/simulacrum-memory.js";
import type { TurnRecord } from "../../../memory/turn-record.js";

// Test double: a memory whose turns are kept as `remember` keeps them, without a graph or a model.

/** An empty memory whose clock moves a minute whenever it is read. */
export function emptyMemory(
  options: { store?: MemoryStore; capacity?: number; rehearsals?: number } = {},
): SimulacrumMemory {
  const { store = new BruteForceStore(), ...rest } = options;
  let now = Date.parse("2026-05-01T10:00:00Z");
  return new SimulacrumMemory({
    store,
    self: { name: "Ada" },
    baseline: { valence: 0, arousal: 0.3 },
    ranking: { hashedVectors: true },
    clock: () => {
      now += 60_000;
      return new Date(now);
    },
    ...rest,
  });
}

export interface Told {
  thread?: string;
  recalled?: TurnRecord["recalled"];
  /** Strength of what was felt: from 0.6 on the turn is important. */
  arousal?: number;
}

/** Ben says something, and the turn is kept; none stays in working memory. */
export async function tell(memory: SimulacrumMemory, said: string, told: Told = {}): Promise<TurnRecord> {
  const { thread = "a", recalled = [], arousal = 0 } = told;
  const opened = await memory.transcript.openThread(thread, {
    audience: ["ben"],
    method: "macm",
    remembers: true,
  });
  const stimulus = [{ text: said }];
  const answer = { id: said, text: "I see." };
  const feeling = { text: "As it is.", valence: 0, arousal };
  const turn = await memory.transcript.commitTurn(
    opened,
    { thread, stimulus, answer, thought: null, feeling, recalled },
    { keptTurns: 0 },
  );
  if (!turn) throw new Error("the thread was forgotten");
  return turn;
}

/** Where the episode of a turn with Ben lies. */
export const episodePlace = (thread: string, turn: number) => ({
  namespace: withAudience(["ben"], "short"),
  key: `${thread}#${String(turn).padStart(8, "0")}`,
});

/** A long-term memory of what Ben said in the first turn of a thread. */
export const longMemory = (content: string, thread: string, at: string): MemoryRecord => ({
  kind: "long",
  text: content,
  content,
  audience: ["ben"],
  source: { kind: "thread", thread, turns: [1, 1] },
  at,
  recallCount: 0,
  hash: `hash of ${content}`,
});
