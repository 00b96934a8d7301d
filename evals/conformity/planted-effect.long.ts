import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { characterSchema } from "../../data/character.js";
import { ScriptedSubject } from "../../dev/doubles/evals/scripted-subject.js";
import { type Comparison, type Results, resultsOf } from "../core/analysis/index.js";
import type { Instrument, SubjectPlan } from "../core/contract.js";
import { Ledger } from "../core/ledger.js";
import { pendingSessions } from "../core/pending-sessions.js";
import { seededRandom } from "../core/random.js";
import { runSessions } from "../core/run-sessions.js";
import { Subjects } from "../core/subjects.js";
import conformity from "./instrument.js";

/** Chance of going with the group on a critical trial: two methods are the same, the third is not. */
const chances: Readonly<Record<string, number>> = { blank: 0.02, prompt: 0.4, rag: 0.4 };
const people = 30;
let folder: string;
let results: Results;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "planted-"));
  const ledger = new Ledger(join(folder, "ledger.sqlite"));
  const plan = await conformity.plan({
    characters: Array.from({ length: people }, (_, at) =>
      characterSchema.parse({ id: `person-${at}`, name: `Person ${at}` }),
    ),
    methods: ["blank", "prompt", "rag"],
    models: ["scripted"],
    repeats: 1,
    seed: "1",
    framing: "friend",
    settings: conformity.settings.parse({ arms: "group" }),
  });
  const subjects = new Subjects(async (who) => swayed(who));
  const { sessions, planned } = await pendingSessions(conformity as Instrument, plan, subjects, ledger);
  expect(planned).toBe(people * 3 * 18);
  await runSessions(sessions, { instrument: conformity as Instrument, plan, ledger, concurrency: 16 });
  const samples = [...ledger.samples({ mind: false })];
  ledger.close();
  results = resultsOf({
    instrument: conformity as Instrument,
    samples,
    superseded: [],
    seed: "1",
    resamples: 500,
  });
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

/** Goes with those before with its method's chance, and else names the line as long as the standard. */
function swayed(who: SubjectPlan): ScriptedSubject {
  if (who.kind !== "simulacrum") throw new Error("only simulacra take part here");
  const random = seededRandom(`${who.character} ${who.method}`);
  return new ScriptedSubject((said) => {
    const [standard, ...lines] = [...said.matchAll(/is ([\d.]+) inch/gu)].map(([, length]) => length);
    const others = Number(said.match(/\d/gu)?.at(-1));
    return `Line ${random.fraction() < (chances[who.method] ?? 0) ? others : lines.indexOf(standard) + 1}.`;
  }, JSON.stringify(who));
}

/** The comparison of two methods, whichever is named first. */
function compared(one: string, other: string): Comparison {
  const methodOf = (id: string) => results.conditions.find((condition) => condition.id === id)?.method;
  const found = results.comparisons.find(
    ({ measure, first, second }) =>
      measure === "conformity" && new Set([methodOf(first), methodOf(second), one, other]).size === 2,
  );
  if (!found) throw new Error(`${one} and ${other} are not compared`);
  return found;
}

describe("thirty scripted subjects a method", () => {
  it("conform as often as they were made to", () => {
    const conformed = results.measures.find(({ id }) => id === "conformity")?.conditions ?? [];
    const means = conformed.map(({ condition, mean, n }) => [
      results.conditions.find(({ id }) => id === condition)?.method,
      n,
      mean,
    ]);
    expect(means).toEqual([
      ["blank", 360, expect.closeTo(0.02, 1)],
      ["prompt", 360, expect.closeTo(0.4, 1)],
      ["rag", 360, expect.closeTo(0.4, 1)],
    ]);
  });

  it.each(["prompt", "rag"])(
    "are told apart where one method conforms in 40 %% and the other in 2 %%: %s",
    (method) => {
      const { pairs, n, pHolm, p, interval, difference } = compared("blank", method);
      expect([pairs, n]).toEqual([360, 30]);
      expect(Number(p)).toBeLessThan(1e-6);
      expect(Number(pHolm)).toBeLessThan(1e-6);
      const [low, high] = interval as readonly [number, number];
      expect(Math.abs(Number(difference))).toBeGreaterThan(0.3);
      expect(low * high).toBeGreaterThan(0);
    },
  );

  it("are not told apart where two methods are the same", () => {
    const { p, interval } = compared("prompt", "rag");
    expect(Number(p)).toBeGreaterThan(0.05);
    const [low, high] = interval as readonly [number, number];
    expect(low).toBeLessThan(0);
    expect(high).toBeGreaterThan(0);
  });
});
