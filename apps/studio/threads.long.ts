import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  answerTo,
  ben,
  ida,
  pairs,
  StudioServer,
  say,
  talkSchema,
  wordsOf,
} from "../../dev/doubles/apps/studio-server.js";

// Whose a thread on the server is, and what becomes of one that does not run straight on. After a restart: restart.long.ts.

let studio: StudioServer;
beforeAll(async () => {
  studio = await StudioServer.start();
}, 60_000);
afterAll(() => studio.close());

/** What the models are shown when Ben asks this in a thread of its own. */
async function recalledLater(words: string, context: object = ben): Promise<string> {
  studio.shown();
  await studio.told(await studio.newThread(), words, context);
  return studio.shown();
}

describe.each(["persist", "overlay", "off"])("a thread of two people, memory mode %s", (memoryMode) => {
  const secret = "I have hidden my mother's necklace under the third floorboard.";
  const asBen = { ...ben, memoryMode };
  const asIda = { ...ida, memoryMode };
  const inAnotherMode = { ...ida, memoryMode: memoryMode === "persist" ? "off" : "persist" };

  it("stays the first one's, also when what was open was closed", async () => {
    const thread = await studio.newThread();
    const told = [secret];
    await studio.told(thread, secret, asBen);
    for (const closes of [false, true]) {
      if (closes) await studio.closeOpened();
      studio.shown();
      for (const context of [asIda, closes ? { ...asBen, interlocutor: "" } : inAnotherMode])
        await expect(studio.told(thread, "What did he say?", context)).rejects.toThrow(/other people/u);
      await expect(studio.client.runs.wait(thread, "macm", { input: null, context: asIda })).rejects.toThrow(
        /other people/u,
      );
      expect(studio.shown()).toBe("");
      told.push(closes ? "And me once more." : "It is me again.");
      expect(await studio.told(thread, told.at(-1) ?? "", asBen)).toEqual(pairs(...told));
      const prompts = studio.shown();
      expect([secret, "What did he say?"].map((words) => prompts.includes(words))).toEqual([true, false]);
    }
  });

  it("is in no prompt of another's thread", async () => {
    const thread = await studio.newThread();
    await studio.told(thread, secret, asBen);
    for (const context of [asIda, inAnotherMode])
      expect(
        (await recalledLater("What lies under the third floorboard?", context)).includes("necklace"),
      ).toBe(false);
  });
});

describe("a thread that does not run straight on", () => {
  it("refuses another person and another method in a thread, and keeps their words out of it", async () => {
    const thread = await studio.newThread();
    await studio.told(thread, "Good morning.");
    const refusal = (context: object, graph = "macm") => studio.told(thread, "Let me in.", context, graph);
    await expect(refusal(ida)).rejects.toThrow(/opened with other people/u);
    await expect(refusal(ben, "prompt")).rejects.toThrow(/played by the method macm/u);
    await expect(refusal({ ...ben, character: "kuo-yu-hsiang" })).rejects.toThrow(/another character/u);
    await expect(refusal({ ...ben, character: "nobody" })).rejects.toThrow(/does not fit/u);
    const words = await studio.told(thread, "Still me.");
    expect(words).toEqual(["Good morning.", answerTo("Good morning."), "Still me.", answerTo("Still me.")]);
  });

  it("knows a history that a host sends again", async () => {
    const thread = await studio.newThread();
    const history: { role: string; content: string }[] = [];
    for (const content of ["One.", "Two.", "Two."]) {
      history.push({ role: "user", content });
      const input = { messages: history };
      expect(wordsOf(await studio.client.runs.wait(thread, "macm", { input, context: ben }))).toHaveLength(
        history.length + 1,
      );
      history.push({ role: "assistant", content: answerTo(content) });
    }
    expect(await studio.stored(thread)).toEqual(
      ["One.", "Two.", "Two."].map((said) => [said, answerTo(said)]),
    );
  });
  /** The checkpoint from which the last turn was run: before its words (edit) or after them (answer again). */
  async function checkpoint(thread: string, messages: number) {
    const history = await studio.client.threads.getHistory(thread, { limit: 50 });
    const found = history.find(
      ({ values }) => (talkSchema.safeParse(values).data?.messages.length ?? 0) === messages,
    );
    if (!found?.checkpoint.checkpoint_id) throw new Error("no such checkpoint");
    return found.checkpoint.checkpoint_id;
  }

  it("takes an edited turn back, with all that it stored", async () => {
    const thread = await studio.newThread();
    for (const words of ["One.", "My uncle is called Rufus.", "Three."]) await studio.told(thread, words);
    const checkpointId = await checkpoint(thread, 2);
    const input = say("My aunt is called Mabel.");
    const values = await studio.client.runs.wait(thread, "macm", { input, context: ben, checkpointId });
    expect(wordsOf(values)).toEqual(
      ["One.", "My aunt is called Mabel."].flatMap((said) => [said, answerTo(said)]),
    );
    expect(await studio.stored(thread)).toEqual(
      ["One.", "My aunt is called Mabel."].map((said) => [said, answerTo(said)]),
    );
    expect((await recalledLater("What is my uncle called?")).includes("Rufus")).toBe(false);
    // As Studio does: it always says from where it goes on.
    const head = (await studio.client.threads.getState(thread)).checkpoint.checkpoint_id ?? "";
    await studio.client.runs.wait(thread, "macm", { input: say("Four."), context: ben, checkpointId: head });
    expect((await studio.stored(thread)).map(([said]) => said)).toEqual([
      "One.",
      "My aunt is called Mabel.",
      "Four.",
    ]);
  });

  it("takes back all that was left when it goes on from far before, and from a branch that was left", async () => {
    const thread = await studio.newThread();
    const parrot = "My parrot Zebedee lives in the bell tower.";
    for (const words of ["One.", parrot, "Three.", "Four."]) await studio.told(thread, words);
    const left = await checkpoint(thread, 8);
    const run = (words: string, checkpointId: string) =>
      studio.client.runs.wait(thread, "macm", { input: say(words), context: ben, checkpointId });
    await run("I keep no animals, but my mill Ironside grinds rye.", await checkpoint(thread, 2));
    expect((await studio.stored(thread)).map(([said]) => said)).toEqual([
      "One.",
      "I keep no animals, but my mill Ironside grinds rye.",
    ]);
    expect((await recalledLater("Who is it that lives in the bell tower?")).includes("Zebedee")).toBe(false);
    studio.shown();
    expect(wordsOf(await run("Five.", left))).toEqual(pairs("One.", parrot, "Three.", "Four.", "Five."));
    expect(studio.shown().includes("Ironside")).toBe(false);
    expect((await studio.stored(thread)).map(([said]) => said)).toEqual(["One.", "Five."]);
    expect((await recalledLater("What does my mill grind?")).includes("Ironside")).toBe(false);
  });

  it("takes a turn back that is edited in the history that a host sends again", async () => {
    const thread = await studio.newThread();
    const code = "The alarm code of my shop is 8813, please keep it.";
    for (const words of ["One.", code, "Do you like plums?"]) await studio.told(thread, words);
    const input = {
      messages: [
        { role: "user", content: "One." },
        { role: "assistant", content: answerTo("One.") },
        { role: "user", content: "Please keep an eye on my shop." },
      ],
    };
    const values = await studio.client.runs.wait(thread, "macm", { input, context: ben });
    expect(wordsOf(values)).toEqual(pairs("One.", "Please keep an eye on my shop."));
    expect((await studio.stored(thread)).map(([said]) => said)).toEqual([
      "One.",
      "Please keep an eye on my shop.",
    ]);
    expect((await recalledLater("What is the alarm code of my shop?")).includes("8813")).toBe(false);
  });

  it("answers again without keeping the answer twice", async () => {
    const thread = await studio.newThread();
    await studio.told(thread, "One.");
    await studio.told(thread, "Two.");
    const checkpointId = await checkpoint(thread, 3);
    await studio.client.runs.wait(thread, "macm", { input: null, context: ben, checkpointId });
    expect(await studio.stored(thread)).toEqual(["One.", "Two."].map((said) => [said, answerTo(said)]));
  });

  it("goes on from the memory where the server has lost a turn", async () => {
    const thread = randomUUID();
    await studio.client.threads.create({ threadId: thread });
    await studio.told(thread, "My boat is called the Heron.");
    await studio.client.threads.delete(thread);
    await studio.client.threads.create({ threadId: thread });
    studio.shown();
    const words = await studio.told(thread, "Well?");
    expect(words).toEqual(
      ["My boat is called the Heron.", "Well?"].flatMap((said) => [said, answerTo(said)]),
    );
    expect(studio.agents.prompts.find(({ agent }) => agent === "respond")?.prompt).toContain("Heron");
    expect(await studio.stored(thread)).toHaveLength(2);
  });

  it("is usable after a run was cancelled", async () => {
    const thread = await studio.newThread();
    await studio.told(thread, "One.");
    studio.agents.voiceLatencyMs = 5_000;
    const { run_id } = await studio.client.runs.create(thread, "macm", { input: say("Two."), context: ben });
    await expect.poll(() => studio.agents.prompts.at(-1)?.prompt, { timeout: 5_000 }).toContain("Two.");
    await studio.client.runs.cancel(thread, run_id, true);
    studio.agents.voiceLatencyMs = 0;
    const words = await studio.told(thread, "Three.");
    expect(words.slice(2, 4)).toEqual(["Two.", "Three."]);
    expect((await studio.stored(thread)).map((turn) => turn.slice(0, -1))).toEqual([
      ["One."],
      ["Two.", "Three."],
    ]);
  });

  it("survives words that come while it answers", async () => {
    const thread = await studio.newThread();
    studio.agents.voiceLatencyMs = 400;
    const first = await studio.client.runs.create(thread, "macm", { input: say("One."), context: ben });
    await expect(studio.told(thread, "Refused.")).rejects.toThrow(/already running/u);
    const enqueued = await studio.client.runs.create(thread, "macm", {
      input: say("Two."),
      context: ben,
      multitaskStrategy: "enqueue",
    });
    await studio.client.runs.join(thread, first.run_id);
    await studio.client.runs.join(thread, enqueued.run_id);
    const slow = await studio.client.runs.create(thread, "macm", { input: say("Three."), context: ben });
    await expect.poll(() => studio.agents.prompts.at(-1)?.prompt, { timeout: 5_000 }).toContain("Three.");
    const last = await studio.client.runs.create(thread, "macm", {
      input: say("Four."),
      context: ben,
      multitaskStrategy: "interrupt",
    });
    await studio.client.runs.join(thread, last.run_id);
    studio.agents.voiceLatencyMs = 0;
    expect((await studio.client.runs.get(thread, slow.run_id)).status).toBe("interrupted");
    const turns = await studio.stored(thread);
    expect(turns.flatMap((turn) => turn.slice(0, -1))).toEqual(["One.", "Two.", "Three.", "Four."]);
    expect(wordsOf((await studio.client.threads.getState(thread)).values).at(-1)).toBe(turns.at(-1)?.at(-1));
  });
});
