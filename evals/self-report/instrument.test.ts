import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { type Character, findCharacter, ownCharactersFolder } from "../../data/index.js";
import { LexicalEmbeddings, ScriptedChatModel } from "../../models/index.js";
import type { Framing, Sample } from "../core/contract.js";
import { collected } from "../core/ledger.js";
import { pendingSessions } from "../core/pending-sessions.js";
import { runSessions } from "../core/run-sessions.js";
import { InProcessQueue } from "../core/session-queue.js";
import { SimulacrumSubject } from "../core/simulacrum-subject.js";
import { SqliteLedger } from "../core/sqlite-ledger.js";
import { Subjects } from "../core/subjects.js";
import { filledIn } from "./filled-in.js";
import selfReport from "./instrument.js";
import { questionsOf } from "./questions.js";

const hester = await findCharacter("hester-tranter", [ownCharactersFolder()]);
const questions = hester.questionnaire ? questionsOf(hester.questionnaire) : [];

/** The same person with few questions, where the questions do not matter. */
const short: Character = {
  ...hester,
  questionnaire: {
    cloze: hester.questionnaire?.cloze.slice(0, 2) ?? [],
    singleChoice: hester.questionnaire?.singleChoice.slice(0, 1) ?? [],
    multipleChoice: hester.questionnaire?.multipleChoice.slice(0, 1) ?? [],
  },
};

/** A voice that knows every right answer, or what `spoil` makes of it. */
function knowing(spoil: (answer: string, question: string, call: number) => string = (answer) => answer) {
  return new ScriptedChatModel({
    replies: (messages, { call }) => {
      const said = messages.at(-1)?.text ?? "";
      const question = questions.find(({ text }) => said.includes(text));
      if (!question) throw new Error(`Asked what no questionnaire asks: ${said}`);
      const right = question.options.filter((_, at) => question.keys.includes("ABCDEF"[at] ?? ""));
      const letters = said.split("\n").flatMap((line) => {
        const [, letter, text] = /^([A-F])\. (.*)$/u.exec(line) ?? [];
        return letter !== undefined && right.includes(text ?? "") ? [letter] : [];
      });
      const answer = question.kind === "cloze" ? String(question.keys[0]) : letters.join(", ");
      return spoil(`The answer is ${answer}.`, question.id, call);
    },
  });
}

async function fillIn(
  model: ScriptedChatModel,
  { repeats = 1, framing = "friend" as Framing, seed = "1", character = short } = {},
) {
  const folder = mkdtempSync(join(tmpdir(), "self-report-"));
  const ledger = await SqliteLedger.open(join(folder, "ledger.sqlite"));
  const embeddings = new LexicalEmbeddings();
  const subjects = new Subjects(() =>
    SimulacrumSubject.open({
      character,
      method: "prompt",
      model,
      embeddings,
      embeddingModel: "lexical",
    }),
  );
  try {
    const request = {
      characters: [character],
      methods: ["prompt" as const],
      models: ["scripted"],
      repeats,
      seed,
      framing,
      settings: {},
    };
    const plan = await selfReport.plan(request);
    const { sessions } = await pendingSessions(selfReport, plan, subjects, ledger);
    await runSessions(sessions, { instrument: selfReport, plan, ledger, queue: new InProcessQueue(4) });
    return await collected(ledger.samples());
  } finally {
    await subjects.close();
    await ledger.close();
    rmSync(folder, { recursive: true });
  }
}

it("gives all 50 points to who knows every answer, in both scorings and in any order of the options", async () => {
  const samples = await fillIn(knowing(), { repeats: 2, character: hester });
  expect(filledIn(samples)).toMatchObject([
    { points: 50, published: 50, pointsInAll: 50, guessed: 8.5 },
    { points: 50, published: 50, pointsInAll: 50, guessed: 8.5 },
  ]);
  const orders = (item: string) =>
    samples.filter((sample) => sample.item === item).map(({ question }) => question);
  expect(questions.some(({ id, options }) => options.length > 0 && new Set(orders(id)).size === 2)).toBe(
    true,
  );
});

it("puts every question anew when one is added: what a questionnaire has in all decides its sum", async () => {
  const versions = async (character: Character) => {
    const plan = await selfReport.plan({
      characters: [character],
      methods: ["prompt"],
      models: ["scripted"],
      repeats: 1,
      seed: "1",
      framing: "friend",
      settings: {},
    });
    return new Map(
      [...plan.sessions()].flatMap(({ items }) => items.map(({ id, version }) => [id, version])),
    );
  };
  const [before, after] = [await versions(short), await versions(hester)];
  expect(after.size).toBeGreaterThan(before.size);
  for (const [id, version] of before) expect(after.get(id)).not.toBe(version);
});

it("counts refused and unparsable items as nothing in the sum, and has no sum while an item is in error", async () => {
  const spoilt: Record<string, string> = {
    "cloze/1": "I'd rather not say.",
    "single/1": "Hm.",
    "multiple/1": "I don't know.",
  };
  const samples = await fillIn(knowing((answer, question) => spoilt[question] ?? answer));
  expect(filledIn(samples)).toMatchObject([
    { points: 2, counts: { answered: 2, refused: 1, unparsable: 1, error: 0 } },
  ]);
  const share = selfReport.measures.find(({ id }) => id === "share")?.units(samples) ?? [];
  expect(share.filter(({ value }) => typeof value === "number")).toHaveLength(2);
  expect(share.find(({ item }) => item === "multiple/1")?.value).toBe(0);

  const failing = await fillIn(
    knowing((answer, question) => {
      if (question === "cloze/2") throw new Error("server down");
      return answer;
    }),
  );
  expect(filledIn(failing)).toMatchObject([{ points: { leftOut: "error" } }]);
});

it("puts the same questions in the same order for the same seed, and says who asks", async () => {
  const asked = (samples: Sample[]) => samples.map(({ item, question }) => `${item} ${question}`).sort();
  const first = asked(await fillIn(knowing()));
  expect(asked(await fillIn(knowing()))).toEqual(first);
  expect(asked(await fillIn(knowing(), { seed: "2" }))).not.toEqual(first);
  const model = knowing();
  const neutral = await fillIn(model, { framing: "neutral" });
  const [table] = selfReport.tables?.([...(await fillIn(knowing())), ...neutral]) ?? [];
  expect(table?.rows.map(({ framing }) => framing)).toEqual(["friend", "neutral"]);
  expect(model.calls[0]?.messages.at(-2)?.text).toContain("an interviewer");
});
