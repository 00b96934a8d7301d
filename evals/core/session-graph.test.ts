import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { characterSchema } from "../../data/character.js";
import { SimulacraError } from "../../data/errors.js";
import { ScriptedSubject } from "../../dev/doubles/evals/scripted-subject.js";
import { sums } from "../../dev/doubles/evals/sums.js";
import type { Sample } from "./contract.js";
import { collected } from "./ledger.js";
import { pendingSessions } from "./pending-sessions.js";
import { runSessions } from "./run-sessions.js";
import { InProcessQueue } from "./session-queue.js";
import { SqliteLedger } from "./sqlite-ledger.js";
import { Subjects } from "./subjects.js";

let folder: string;
let ledger: SqliteLedger;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "eval-"));
  ledger = await SqliteLedger.open(join(folder, "ledger.sqlite"));
});
afterEach(async () => {
  await ledger.close();
  rmSync(folder, { recursive: true });
});

const anna = characterSchema.parse({ id: "anna", name: "Anna" });

async function run(
  subject: ScriptedSubject,
  { items = 3, together = false, repeats = 1, concurrency = 1 } = {},
) {
  const plan = await sums.plan({
    characters: [anna],
    methods: ["prompt"],
    models: ["scripted"],
    repeats,
    seed: "1",
    framing: "friend",
    settings: { items, together },
  });
  const pending = await pendingSessions(sums, plan, new Subjects(async () => subject), ledger);
  await runSessions(pending.sessions, {
    instrument: sums,
    plan,
    ledger,
    queue: new InProcessQueue(concurrency),
  });
  return pending;
}
const samples = async (): Promise<Sample[]> =>
  (await collected(ledger.samples())).sort((a, b) => Number(a.item) - Number(b.item));

describe("a session", () => {
  it("puts every item to the subject, reads and scores the reply, and keeps it", async () => {
    await run(new ScriptedSubject((said) => (said.includes("2") ? "That makes 4." : "Six?? 7")));
    expect(
      (await samples()).map(({ item, status, answer, scores }) => [item, status, answer, scores]),
    ).toEqual([
      ["1", "answered", 7, { right: 0 }],
      ["2", "answered", 4, { right: 1 }],
      ["3", "answered", 7, { right: 0 }],
    ]);
    expect((await samples())[0]).toMatchObject({
      question: "What is 1 and 1?",
      keyShown: "2",
      usage: { voice: { calls: 1 } },
    });
  });

  it("of several items is one thread, and each item is heard once", async () => {
    const subject = new ScriptedSubject(() => "2");
    await run(subject, { together: true });
    expect(new Set(subject.heard.map(({ thread }) => thread)).size).toBe(1);
    expect(subject.heard.map(({ said }) => said.map(({ text }) => text))).toEqual([
      ["What is 1 and 1?"],
      ["What is 2 and 2?"],
      ["What is 3 and 3?"],
    ]);
    expect(subject.ended).toHaveLength(1);
  });

  it("tells refusals, unparsable replies and errors apart, and skips what comes after an error", async () => {
    const replies = ["I would rather not say.", "No idea.", new Error("server down"), "8"];
    const subject = new ScriptedSubject((_said, _turn, call) => {
      const reply = replies[call] ?? "";
      if (reply instanceof Error) throw reply;
      return reply;
    });
    await run(subject, { items: 5, together: true });
    expect((await samples()).map(({ status }) => status)).toEqual([
      "refused",
      "unparsable",
      "error",
      "skipped",
      "skipped",
    ]);
    expect((await samples())[2]?.reason).toBe("server down");
  });

  it("takes no answer out of a reply that was cut, and a declined one as refused, whatever they say", async () => {
    const declined = new SimulacraError("model_declined", "declined", "model", { said: "I cannot." });
    const subject = new ScriptedSubject((_said, _turn, call) => {
      if (call === 1) throw declined;
      return call === 0 ? { text: "2", ended: "cut" } : "6";
    });
    await run(subject, { items: 3, together: true });
    expect((await samples()).map(({ status, reply }) => [status, reply])).toEqual([
      ["unparsable", "2"],
      ["refused", "I cannot."],
      ["answered", "6"],
    ]);
  });

  it("in which something failed is put again from its first item; what it cost is kept", async () => {
    let fails = true;
    const subject = () =>
      new ScriptedSubject((said) => {
        if (fails && said.includes("2")) throw new Error("server down");
        return "2";
      });
    await run(subject(), { together: true });
    fails = false;
    const again = await run(subject(), { together: true });
    expect(again).toMatchObject({ planned: 3, settled: 0 });
    expect((await samples()).map(({ status }) => status)).toEqual(["answered", "answered", "answered"]);
    expect((await ledger.superseded()).map(({ status, usage }) => [status, usage.voice?.calls ?? 0])).toEqual(
      [
        ["answered", 1],
        ["error", 0],
        ["skipped", 0],
      ],
    );
    expect((await run(subject(), { together: true })).sessions).toEqual([]);
  });

  it("runs beside others, and more repeats extend the run", async () => {
    const subject = new ScriptedSubject(async () => "2");
    await run(subject, { repeats: 1, concurrency: 2 });
    const more = await run(subject, { repeats: 3, concurrency: 32 });
    expect(more).toMatchObject({ planned: 9, settled: 3 });
    expect(await samples()).toHaveLength(9);
    expect(subject.heard).toHaveLength(9);
  });
});
