import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { characterSchema } from "../../../data/character.js";
import type { Instrument, Sample } from "../../../evals/core/contract.js";
import { Ledger } from "../../../evals/core/ledger.js";
import { pendingSessions } from "../../../evals/core/pending-sessions.js";
import { Subjects } from "../../../evals/core/subjects.js";
import { ScriptedSubject } from "../../doubles/evals/scripted-subject.js";
import { sums } from "../../doubles/evals/sums.js";
import type { Row } from "../figures.js";

const ITEMS = 50;
const REPEATS = 10;

/** How long it takes to find out that a big run has nothing left to do: opening the ledger and holding the plan against it. */
export async function evalResumeBench({ samples = 100_000 } = {}): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), "simulacra-bench-"));
  const path = join(folder, "ledger.sqlite");
  try {
    const plan = await sums.plan({
      characters: Array.from({ length: samples / ITEMS / REPEATS }, (_, at) =>
        characterSchema.parse({ id: `person-${at}`, name: `Person ${at}` }),
      ),
      methods: ["prompt"],
      models: ["stub"],
      repeats: REPEATS,
      seed: "1",
      framing: "friend",
      settings: { items: ITEMS, together: false },
    });
    const subjects = () => new Subjects(async (who) => new ScriptedSubject(() => "2", JSON.stringify(who)));
    const resume = async () => {
      const ledger = new Ledger(path);
      const pending = await pendingSessions(sums as Instrument, plan, subjects(), ledger);
      return { ledger, pending };
    };
    const { ledger, pending } = await resume();
    await Promise.all(
      pending.sessions.map(({ key, session }) =>
        ledger.keep(answered(key, session.condition, session.repeat)),
      ),
    );
    ledger.close();
    const start = performance.now();
    const again = await resume();
    const seconds = (performance.now() - start) / 1000;
    again.ledger.close();
    return [
      {
        what: `resuming a ledger of ${samples} samples`,
        measured: seconds,
        unit: "s",
        limit: 3,
      },
      { what: "sessions left to do", measured: again.pending.sessions.length, unit: "", limit: 0 },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A sample as an answered item leaves it, with a reply of usual length. */
const answered = (session: string, condition: Sample["condition"], repeat: number): Sample => ({
  key: `${session}/0`,
  session,
  instrument: "sums",
  character: "person",
  condition,
  item: "1",
  position: 0,
  repeat,
  status: "answered",
  reason: null,
  question: "What is 1 and 1?",
  reply: "Well, that depends on who is counting, and on what. ".repeat(8),
  answer: 2,
  shown: "2",
  keyShown: "2",
  data: { sum: 2 },
  scores: { right: 1 },
  mind: null,
  promptHash: session,
  usage: { voice: { calls: 1, inputTokens: 900, outputTokens: 60, reasks: 0 } },
  cachedCalls: 0,
  latencyMs: 1000,
  degraded: [],
  at: "2026-01-01T00:00:00.000Z",
});
