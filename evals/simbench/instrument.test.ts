import { join } from "node:path";
import { expect, it } from "vitest";
import { characterSchema } from "../../data/character.js";
import { ScriptedSubject } from "../../dev/doubles/evals/scripted-subject.js";
import { tinyLines, withFile } from "../../dev/doubles/evals/tiny-file.js";
import type { PlanRequest, Sample, SubjectPlan } from "../core/contract.js";
import { Ledger } from "../core/ledger.js";
import { pendingSessions } from "../core/pending-sessions.js";
import { runSessions } from "../core/run-sessions.js";
import { Subjects } from "../core/subjects.js";
import simbench from "./instrument.js";
import { type Settings, settings } from "./settings.js";

type Answer = (said: string, plan: SubjectPlan) => string;

type Given = Partial<Record<keyof Settings, string>>;
interface Asked {
  /** For all runs, or one for each. */
  set?: Given | readonly Given[];
  characters?: readonly string[];
  repeats?: number;
  answers: readonly Answer[];
}

/** Runs the tiny file as often as there are answers, on one ledger. */
function run({ set = {}, characters = [], repeats = 1, answers }: Asked) {
  return withFile(tinyLines, async (data, folder) => {
    const ledger = new Ledger(join(folder, "ledger.sqlite"));
    const opened: SubjectPlan[] = [];
    const asked: number[] = [];
    try {
      for (const [at, answer] of answers.entries()) {
        const given = Array.isArray(set) ? set[at] : set;
        const request: PlanRequest<Settings> = {
          characters: characters.map((id) => characterSchema.parse({ id, name: id })),
          methods: ["prompt"],
          models: ["scripted"],
          repeats,
          seed: "1",
          framing: "friend",
          settings: settings.parse({ data, ...given }),
        };
        expect(await simbench.validate(request)).toEqual([]);
        const plan = await simbench.plan(request);
        const subjects = new Subjects(async (who) => {
          opened.push(who);
          return new ScriptedSubject((said) => answer(said, who), JSON.stringify(who));
        });
        const { sessions } = await pendingSessions(simbench, plan, subjects, ledger);
        asked.push(sessions.length);
        await runSessions(sessions, { instrument: simbench, plan, ledger, concurrency: 4 });
      }
      return { samples: [...ledger.samples()], opened, asked };
    } finally {
      ledger.close();
    }
  });
}

const unitsOf = (samples: Sample[], id = "score") =>
  (simbench.measures.find((measure) => measure.id === id)?.units(samples) ?? []).sort((a, b) =>
    a.item.localeCompare(b.item),
  );
const valuesOf = (samples: Sample[]) =>
  unitsOf(samples).map(({ character, value }) => [
    character,
    typeof value === "number" ? Number(value.toFixed(3)) : value.leftOut,
  ]);
const tableOf = (samples: Sample[], id: string) =>
  simbench.tables?.(samples).find((each) => each.id === id)?.rows ?? [];

it("asks for numbers: the group in the system message, the question in the user's, scored by the whole file's norms", async () => {
  const { samples, opened } = await run({
    answers: [
      (said) => {
        if (said.includes("Heads or tails")) return '{"A": 80, "B": 20}';
        return said.includes("wet") ? "A: 50\nB: 50" : "Who can tell?";
      },
    ],
  });
  expect(valuesOf(samples).sort()).toEqual([
    ["coins", 100],
    ["coins", "unparsable"],
    ["sure", 0],
  ]);
  expect(opened.map((who) => (who.kind === "model" ? who.system : ""))[0]).toContain("You are from Liberia.");
  expect(samples[0]?.question).not.toContain("Liberia");
  expect(samples.find(({ status }) => status === "answered")?.scores).toHaveProperty("score");
  expect(tableOf(samples, "summary")[0]).toMatchObject({
    method: "numbers",
    cases: 3,
    scored: 2,
    score: 50,
    published: 50,
    publishedCases: 2,
    framing: "neutral",
    unparsable: 1,
    refused: 0,
  });
  expect(tableOf(samples, "by-dataset")).toMatchObject([
    { name: "coins", cases: 2, scored: 1, score: 100, low: null },
    { name: "sure", scored: 1, score: 0 },
  ]);
  expect(tableOf(samples, "by-group").map(({ name }) => name)).toContain("age: 30-49");
});

it("keeps the norms of the whole file under a limit, and a higher limit extends the run", async () => {
  const uniform: Answer = () => "A: 50%\nB: 50%";
  const { samples, asked } = await run({ set: [{ limit: "1" }, {}], answers: [uniform, uniform] });
  expect(asked).toEqual([1, 2]);
  const norms = samples.map(({ data }) => (data as { norm: number }).norm).sort();
  expect(norms).toEqual([expect.closeTo(7 / 30, 10), expect.closeTo(7 / 30, 10), 0.5]);
});

it("asks personas one by one: each reply a letter, the case scored by all that answered", async () => {
  const person = (who: SubjectPlan): number => (who.kind === "model" ? Number(who.id.split(" ")[1]) : 0);
  const { samples, opened, asked } = await run({
    set: { way: "personas", people: "5" },
    answers: [
      (said, who) => {
        if (said.includes("wet")) return person(who) === 1 ? "I'd rather not say." : "A";
        if (said.includes("land")) return "Hm.";
        return person(who) === 5 ? "B" : "(A)";
      },
    ],
  });
  expect(asked).toEqual([15]);
  expect(new Set(opened.map((who) => (who.kind === "model" ? who.system : ""))).size).toBe(15);
  expect(valuesOf(samples).sort()).toEqual([
    ["coins", 100],
    ["coins", "unparsable"],
    ["sure", 100],
  ]);
  expect(tableOf(samples, "summary")[0]).toMatchObject({ people: 4.5, refused: 1, unparsable: 5 });
  const references = simbench.measures[0]?.references?.(samples) ?? [];
  // Four of the sure and five of 80:20: the mean distance of five is 0.131072.
  const five = 100 * (1 - 0.131072 / (7 / 30));
  expect(references.at(-1)?.value).toBeCloseTo((five + 100) / 2, 3);
});

it("asks the run's characters as themselves; one who fails leaves the case open until asked again", async () => {
  let fails = true;
  const answer: Answer = (said, who) => {
    const name = who.kind === "simulacrum" ? who.character : "";
    if (fails && name === "bo" && said.includes("wet")) throw new Error("server down");
    return name === "anna" || said.includes("wet") ? "A, I suppose." : "I would say B.";
  };
  const first = await run({ set: { way: "simulacra" }, characters: ["anna", "bo"], answers: [answer] });
  expect(valuesOf(first.samples)).toContainEqual(["sure", "error"]);
  expect(first.samples[0]?.question).toContain("What would you say?");
  const again = await run({
    set: { way: "simulacra" },
    characters: ["anna", "bo"],
    answers: [
      answer,
      (said, who) => {
        fails = false;
        return answer(said, who);
      },
    ],
  });
  expect(again.asked).toEqual([6, 1]);
  expect(valuesOf(again.samples)).toContainEqual(["sure", 100]);
  expect(again.samples.every(({ condition }) => condition.method === "prompt")).toBe(true);
});

it("scores a population that was not asked whole as not yet run, and each repeat apart", async () => {
  const { samples } = await run({ set: { way: "personas", people: "2" }, repeats: 2, answers: [() => "A"] });
  expect(
    unitsOf(samples)
      .map(({ repeat }) => repeat)
      .sort(),
  ).toEqual([1, 1, 1, 2, 2, 2]);
  const half = samples.filter(({ item }) => item.endsWith("/person-1"));
  expect(new Set(valuesOf(half).map(([, value]) => value))).toEqual(new Set(["not yet run"]));
});

it("says before a run what is wrong with the file or the people", async () => {
  const problems = await withFile(["nonsense"], async (data) =>
    simbench.validate({
      characters: [],
      methods: ["prompt"],
      models: ["scripted"],
      repeats: 1,
      seed: "1",
      framing: "friend",
      settings: settings.parse({ data, way: "simulacra" }),
    }),
  );
  expect(problems).toEqual([
    expect.stringContaining("--characters"),
    expect.stringContaining("line 1: is not one JSON value."),
  ]);
  expect(settings.safeParse({}).error?.issues[0]?.message).toContain("--set data=FILE");
});
