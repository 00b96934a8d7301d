import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  conformist,
  lastSaid,
  lengths,
  people,
  requestOf,
} from "../../dev/doubles/evals/conformity-subjects.js";
import { ScriptedSubject } from "../../dev/doubles/evals/scripted-subject.js";
import { anna as ferrywoman, scriptedAgents } from "../../dev/doubles/graphs/scripted-agents.js";
import { LexicalEmbeddings } from "../../models/index.js";
import type { PlanRequest, Sample, SubjectPlan } from "../core/contract.js";
import { collected } from "../core/ledger.js";
import { pendingSessions } from "../core/pending-sessions.js";
import { runSessions } from "../core/run-sessions.js";
import { InProcessQueue } from "../core/session-queue.js";
import { SimulacrumSubject } from "../core/simulacrum-subject.js";
import { SqliteLedger } from "../core/sqlite-ledger.js";
import type { Subject } from "../core/subject.js";
import { Subjects } from "../core/subjects.js";
import conformity from "./instrument.js";
import { loadProtocol } from "./load-protocol.js";
import type { ConformitySettings } from "./settings.js";
import { trialOf } from "./trial-data.js";

let folder: string;
let ledger: SqliteLedger;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "conformity-"));
  ledger = await SqliteLedger.open(join(folder, "ledger.sqlite"));
});
afterEach(async () => {
  await ledger.close();
  rmSync(folder, { recursive: true });
});

async function run(
  open: (plan: SubjectPlan) => Promise<Subject>,
  request: PlanRequest<ConformitySettings>,
  concurrency = 1,
): Promise<Sample[]> {
  const plan = await conformity.plan(request);
  const { sessions } = await pendingSessions(conformity, plan, new Subjects(open), ledger);
  await runSessions(sessions, {
    instrument: conformity,
    plan,
    ledger,
    queue: new InProcessQueue(concurrency),
  });
  return (await collected(ledger.samples())).sort((a, b) => a.position - b.position);
}

const inArm = (samples: readonly Sample[], arm: string) =>
  samples.filter(({ condition }) => condition.arm === arm);

const unitsOf = (id: string, samples: readonly Sample[]) =>
  conformity.measures
    .find((measure) => measure.id === id)
    ?.units(samples)
    .map(({ value }) => value) ?? [];
const table = (id: string, samples: readonly Sample[]) =>
  conformity.tables?.(samples).find((each) => each.id === id)?.rows ?? [];

describe("the room", () => {
  it("lets six speak before the subject and one after it; alone, only the experimenter", async () => {
    const subject = conformist([]);
    await run(async () => subject, requestOf({}));
    const turns = (alone: boolean) =>
      subject.heard
        .filter(({ interlocutors }) => (interlocutors.length === 1) === alone)
        .map(({ said }) => said);
    const six = ["ruth", "martin", "grace", "peter", "helen", "simon"];
    const [first, ...later] = turns(false).map((said) => said.map(({ by }) => by));
    expect(first).toEqual(["experimenter", ...six]);
    expect(later).toHaveLength(17);
    for (const voices of later) expect(voices).toEqual(["laura", "experimenter", ...six]);
    expect(turns(true)).toHaveLength(18);
    for (const said of turns(true)) expect(said.map(({ by }) => by)).toEqual(["experimenter"]);
    // Trial 3 is the first critical one: right is 3, the group says 1; the seventh says so before trial 4.
    expect(
      turns(false)[2]
        ?.slice(2)
        .map(({ text }) => lastSaid(text)),
    ).toEqual([1, 1, 1, 1, 1, 1]);
    expect(lastSaid(turns(false)[3]?.[0]?.text ?? "")).toBe(1);
  });

  it("tells the scene once, before the first words, and of seven others", async () => {
    const subject = conformist([]);
    await run(async () => subject, requestOf({ arms: "group" }));
    expect(subject.heard[0]?.scene).toContain("whom you have never met");
    expect(subject.heard.slice(1).every(({ scene }) => scene === undefined)).toBe(true);
    expect(subject.heard[0]?.interlocutors.map(({ id }) => id)).toEqual([
      ...["experimenter", "ruth", "martin", "grace", "peter", "helen", "simon", "laura"],
    ]);
  });

  it("holds majorities of 1 to 8, all heard before the subject", async () => {
    const sizes = [1, 2, 3, 4, 5, 6, 7, 8];
    const plan = await conformity.plan(
      requestOf({ arms: sizes.map((size) => `majority-${size}`).join(",") }),
    );
    const heard = [...plan.sessions()].map((session) => plan.item(session, 1, []).lines.length - 1);
    expect(heard).toEqual(sizes);
  });

  it("has one who dissents in the arm of that name", async () => {
    const subject = conformist([]);
    await run(async () => subject, requestOf({ arms: "dissenter" }));
    const critical = subject.heard[2]?.said.slice(2).map(({ by, text }) => [by, lastSaid(text)]);
    expect(critical?.filter(([, line]) => line !== 1)).toEqual([["peter", 3]]);
  });
});

it("is put to every character apart, also by the method without one", async () => {
  const subject = conformist([]);
  const samples = await run(
    async () => subject,
    requestOf({ arms: "control" }, { characters: people, methods: ["blank"] }),
  );
  expect(samples).toHaveLength(3 * 18);
  expect(table("by-arm", samples)).toMatchObject([{ subjects: 3, errors: 0 }]);
});

describe("the figures", () => {
  it("of a subject that conforms in exactly 5 of 12 are 5 of 12", async () => {
    // Trials 1 and 2 are neutral: what the group says there is right.
    const subject = conformist([1, 2, 3, 4, 6, 7, 8]);
    const group = await run(async () => subject, requestOf({ arms: "group" }));
    expect(unitsOf("conformity", group).filter((value) => value === 1)).toHaveLength(5);
    expect(unitsOf("conformity", group)).toHaveLength(12);
    expect(unitsOf("ever", group)).toEqual([1]);
    expect(table("by-arm", group)).toMatchObject([
      {
        arm: "group",
        subjects: 1,
        critical: 12,
        answered: 12,
        rate: 5 / 12,
        ever: 1,
        other: 0,
        unparsable: 0,
      },
    ]);
    const trials = table("by-trial", group);
    expect(trials.map(({ trial }) => trial)).toEqual(Array.from({ length: 18 }, (_, at) => at + 1));
    expect(trials.filter(({ kind }) => kind === "neutral").map(({ conformity: rate }) => rate)).toEqual(
      Array(6).fill(null),
    );
  });

  it("set the group beside the control, with tests over subjects and over trials", async () => {
    const subject = () => conformist([3, 4, 6, 7, 8]);
    const shared = subject();
    const samples = await run(async () => shared, requestOf({}, { repeats: 6 }), 8);
    expect(table("by-arm", samples)).toMatchObject([
      { arm: "control", subjects: 6, critical: 72 },
      { arm: "group", subjects: 6, critical: 72, rate: 5 / 12 },
    ]);
    const [row] = table("difference", samples);
    expect(row).toMatchObject({ arm: "group", rate: 5 / 12, pairs: 6 });
    // Six subjects, all with the same sign: 2 / 2^6.
    expect(row?.p).toBeCloseTo(2 / 64, 12);
    expect(row?.pHolm).toBe(row?.p);
    // Six repeats alike: no resample tells more than another, and the pooled interval takes trials as independent.
    expect(row).toMatchObject({
      difference: 5 / 12,
      low: "none: every resample gives the same value",
      high: null,
    });
    expect(Number(row?.pooledLow)).toBeGreaterThan(0);
  });

  it("count 'I don't know' as an error, leave out what cannot be read, and give no mean to refusals", async () => {
    const replies = ["I don't know.", "1 or 2.", "I'd rather not take part in this."];
    const subject = new ScriptedSubject((said, _turn, call) => replies[call - 2] ?? `Line ${lengths(said)}`);
    const samples = await run(async () => subject, requestOf({ arms: "group" }));
    expect(samples.slice(2, 5).map(({ status, shown }) => [status, shown])).toEqual([
      ["answered", "does not know"],
      ["unparsable", null],
      ["refused", null],
    ]);
    expect(samples[2]?.scores).toEqual({ critical: 1, conformed: 0, error: 1 });
    expect(table("by-arm", samples)).toMatchObject([
      { critical: 12, answered: 11, rate: 0, ever: 0, other: 1, refused: 1, unparsable: 1 },
    ]);
    expect(unitsOf("error", samples)).toEqual([1, { leftOut: "unparsable" }, ...Array(10).fill(0)]);
  });

  it("count errors only where an answer is right", async () => {
    const subject = conformist([3, 4]);
    const group = await run(async () => subject, requestOf({ arms: "group" }));
    const open = group.map((sample) =>
      sample.item === group[5]?.item
        ? {
            ...sample,
            data: { ...Object(sample.data), correct: null },
            scores: { critical: 1, conformed: 0 },
          }
        : sample,
    );
    expect(trialOf(open[5] ?? { data: null })).toMatchObject({ critical: true, correct: null });
    expect(table("by-arm", open)).toMatchObject([{ answered: 12, rate: 2 / 12, other: 0, errors: 2 / 11 }]);
  });

  it("of a condition whose every session broke before a critical trial are none of twelve", async () => {
    const subject = new ScriptedSubject((said, _turn, call) => {
      if (call === 1) throw new Error("server down");
      return String(lengths(said));
    });
    const samples = await run(async () => subject, requestOf({ arms: "group" }));
    for (const id of ["conformity", "error"])
      expect(unitsOf(id, samples)).toEqual(Array(12).fill({ leftOut: "skipped" }));
  });

  it("take the mean of whole sessions, with how many they are", async () => {
    let calls = 0;
    const subject = new ScriptedSubject((said) => {
      // The second session breaks after one critical trial, in which it goes along.
      calls++;
      if (calls === 18 + 4) throw new Error("server down");
      return `Line ${calls === 18 + 3 ? lastSaid(said) : lengths(said)}.`;
    });
    const samples = await run(async () => subject, requestOf({ arms: "group" }, { repeats: 2 }));
    expect(table("by-arm", samples)).toMatchObject([
      { subjects: 2, answered: 13, whole: 1, mean: 0, known: 2, ever: 1 / 2 },
    ]);
  });

  it("leave a subject undecided whose session broke before it went along", async () => {
    const subject = new ScriptedSubject((said, _turn, call) => {
      if (call === 3) throw new Error("server down");
      return String(lengths(said));
    });
    const samples = await run(async () => subject, requestOf({ arms: "group" }));
    expect(unitsOf("ever", samples)).toEqual([{ leftOut: "error" }]);
    expect(table("by-arm", samples)).toMatchObject([{ subjects: 1, ever: null }]);
  });
});

it("has twelve critical trials, and the right line is as long as the standard", async () => {
  const { trials } = await loadProtocol("asch");
  expect(trials.filter(({ group, correct }) => group !== correct)).toHaveLength(12);
  for (const { options = [], facts, correct } of trials)
    expect(options.findIndex(({ says }) => says === facts.standard) + 1).toBe(correct);
});

const reference = process.env.REFERENCE_DIR ?? "";
it.skipIf(reference === "")("follows the published trials (needs REFERENCE_DIR)", async () => {
  const { trials } = await loadProtocol("asch");
  const published: { trials: { correct: number; group: number }[] } = JSON.parse(
    readFileSync(join(reference, "asch-trials.json"), "utf8"),
  );
  expect(trials.map(({ correct, group }) => [correct, group])).toEqual(
    published.trials.map(({ correct, group }) => [correct, group]),
  );
});

describe("a group of simulacra", () => {
  it("is asked in turn, each knowing the others and the subject, and agreement is counted", async () => {
    const opened: SubjectPlan[] = [];
    const player = new ScriptedSubject(() => "It's line 1.");
    const subject = new ScriptedSubject(() => "Line 1.");
    const samples = await run(
      async (plan) => {
        opened.push(plan);
        return plan.kind === "simulacrum" && plan.character === "anna" && plan.method === "macm"
          ? subject
          : player;
      },
      requestOf({ party: "simulacra", arms: "group", partyCharacter: "cleo" }, { methods: ["macm"] }),
    );
    expect(opened.map((plan) => plan.kind === "simulacrum" && `${plan.character} ${plan.method}`)).toEqual([
      "anna macm",
      "cleo prompt",
    ]);
    const ruth = player.heard.find(({ thread }) => thread.endsWith("/ruth"));
    expect(ruth?.interlocutors.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["Dr. Keller", "Martin", "Laura", "ANNA"]),
    );
    expect(ruth?.interlocutors.some(({ id }) => id === "ruth")).toBe(false);
    expect(ruth?.scene).toContain("visual judgement");
    expect(samples[0]?.question).toContain("Ruth: It's line 1.");
    expect(trialOf(samples[0] ?? { data: null })?.others).toEqual([1, 1, 1, 1, 1, 1]);
    expect(samples[0]?.scores).toEqual({ error: 1, agreed: 1 });
    expect(unitsOf("conformity", samples)).toEqual([]);
    expect(unitsOf("agreement", samples)).toEqual(Array(18).fill(1));
    expect(table("agreement", samples)).toMatchObject([
      { arm: "group among simulacra", majorities: 18, agreed: 18, wrong: 12, agreedWrong: 12 },
    ]);
  });

  it("leaves an arm without others as it is", async () => {
    const plan = await conformity.plan(requestOf({ party: "simulacra", partyCharacter: "cleo" }));
    const [group, control] = [...plan.sessions()];
    expect(group?.condition.arm).toBe("group among simulacra");
    expect(control?.condition.arm).toBe("control");
    expect(control?.parties).toBeUndefined();
  });

  it("needs somebody beside the subject", async () => {
    expect(await conformity.validate(requestOf({ party: "simulacra" }))).toEqual([
      "Nobody is left to sit beside ANNA. Name more characters, or set partyCharacter.",
    ]);
  });
});

describe("a protocol of one's own", () => {
  it("of another kind runs the same way: a favour before a favour", async () => {
    const subject = new ScriptedSubject((said, _turn, call) =>
      said.includes("sticker") ? "Of course." : call === 1 ? "Yes, all right." : "No, I'm sorry.",
    );
    const samples = await run(async () => subject, requestOf({ protocol: "foot-in-the-door" }));
    expect(inArm(samples, "foot-in-the-door: small-first").map(({ item, shown }) => [item, shown])).toEqual([
      ["small", "yes"],
      ["large", "yes"],
    ]);
    expect(unitsOf("conformity", inArm(samples, "foot-in-the-door: small-first"))).toEqual([1]);
    expect(unitsOf("conformity", inArm(samples, "foot-in-the-door: control"))).toEqual([0]);
    expect(unitsOf("error", samples)).toEqual([]);
    // Nothing is right here: a "no" is no error.
    expect(table("by-arm", samples)).toMatchObject([
      { arm: "foot-in-the-door: control", rate: 0, other: null, errors: null },
      { arm: "foot-in-the-door: small-first", rate: 1, other: null, errors: null },
    ]);
    expect(table("difference", samples)).toMatchObject([
      {
        arm: "foot-in-the-door: small-first",
        rate: 1,
        control: 0,
        difference: 1,
        p: "none: there are too few values",
      },
    ]);
  });

  it("is another session as soon as its words are others", async () => {
    const subject = conformist([]);
    await run(async () => subject, requestOf({ arms: "control" }));
    const own = JSON.parse(
      readFileSync(new URL("../../data/instruments/conformity/asch.json", import.meta.url), "utf8"),
    );
    const path = join(folder, "mine.json");
    writeFileSync(path, JSON.stringify(own));
    expect((await planned(path, subject)).settled).toBe(18);
    own.question = `Now look. ${own.question}`;
    writeFileSync(path, JSON.stringify(own));
    expect((await planned(path, subject)).settled).toBe(0);
  });

  const planned = async (path: string, subject: Subject) => {
    const plan = await conformity.plan(requestOf({ arms: "control", protocol: path }));
    return pendingSessions(conformity, plan, new Subjects(async () => subject), ledger);
  };
});

it.each(["prompt", "macm"] as const)("puts all trials to a simulacrum by the method %s", async (method) => {
  const model = scriptedAgents({ respond: ({ said }) => `Line ${lastSaid(said)}, I'd say.` });
  const open = async () =>
    SimulacrumSubject.open({
      character: ferrywoman,
      method,
      model,
      home: folder,
      embeddings: new LexicalEmbeddings(),
      embeddingModel: "lexical",
    });
  const samples = await run(
    open,
    requestOf({ arms: "group" }, { characters: [ferrywoman], methods: [method] }),
  );
  expect(samples.map(({ status, degraded }) => [status, degraded])).toEqual(Array(18).fill(["answered", []]));
  expect(unitsOf("conformity", samples)).toEqual(Array(12).fill(1));
  const prompts = model.calls
    .map(({ messages }) => messages.map(({ text }) => text).join("\n"))
    .filter((prompt) => !prompt.includes("<just-said>"));
  expect(prompts).toHaveLength(18);
  for (const prompt of prompts) {
    expect(prompt).toContain("Laura");
    expect(prompt).toContain("whom you have never met");
    expect(prompt).toMatch(/Simon: [^\n]*\d[^\n]*$/u);
  }
});
