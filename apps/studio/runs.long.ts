import { randomUUID } from "node:crypto";
import { HumanMessage } from "@langchain/core/messages";
import { RemoteGraph } from "@langchain/langgraph/remote";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import {
  answerTo,
  ben,
  ida,
  StudioServer,
  say,
  talkSchema,
  wordsOf,
} from "../../dev/doubles/apps/studio-server.js";

// What a server's clients do beside talking straight on.

let studio: StudioServer;
beforeAll(async () => {
  studio = await StudioServer.start();
}, 60_000);
afterAll(() => studio.close());

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

  it("refuses another person in a thread of which nothing is remembered", async () => {
    const thread = await studio.newThread();
    const off = { memoryMode: "off" };
    await studio.told(thread, "Good morning.", { ...ben, ...off });
    await expect(studio.told(thread, "Let me in.", ida)).rejects.toThrow(/other people/u);
    expect(await studio.told(thread, "Still me.", { ...ben, ...off })).toHaveLength(4);
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
    // As Studio does: it always says from where it goes on.
    const head = (await studio.client.threads.getState(thread)).checkpoint.checkpoint_id ?? "";
    await studio.client.runs.wait(thread, "macm", { input: say("Four."), context: ben, checkpointId: head });
    expect((await studio.stored(thread)).map(([said]) => said)).toEqual([
      "One.",
      "My aunt is called Mabel.",
      "Four.",
    ]);
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

describe("assistants, hosts and the other graphs", () => {
  it("talks as an assistant was configured", async () => {
    const assistant = await studio.client.assistants.create({
      graphId: "macm",
      name: "Hester at the lock",
      context: { ...ida, wiring: "beside", memoryMode: "off" },
    });
    const thread = await studio.newThread();
    const updates = new Set<string>();
    for await (const { event, data } of studio.client.runs.stream(thread, assistant.assistant_id, {
      input: say("Do you know me?"),
      streamMode: "updates",
      streamSubgraphs: true,
    }))
      if (event.startsWith("updates")) for (const node of Object.keys(data as object)) updates.add(node);
    expect(updates).toContain("recall_again");
    expect(studio.agents.prompts.at(-1)?.prompt).toContain("Ida");
    expect(await studio.stored(thread)).toEqual([]);
  });

  it("keeps nothing of a run without a thread", async () => {
    const input = say("Nobody will know that I ate the last pear.");
    const values = await studio.client.runs.wait(null, "macm", { input, context: ben });
    expect(wordsOf(values).at(-1)).toContain("pear");
    studio.shown();
    await studio.told(await studio.newThread(), "Who ate the last pear?");
    expect(studio.agents.prompts.map(({ prompt }) => prompt).join()).not.toContain("Nobody will know");
  });

  it("is a node of a host by RemoteGraph", async () => {
    const remote = new RemoteGraph({ graphId: "prompt", url: studio.url });
    const thread_id = await studio.newThread();
    const out = await remote.invoke(
      { messages: [new HumanMessage("Morning.")] },
      { configurable: { thread_id, ...ben } },
    );
    expect(wordsOf(out)).toEqual(["Morning.", answerTo("Morning.")]);
    expect(await studio.stored(thread_id)).toHaveLength(1);
  });

  it("builds one part of the life story, and finds it made the next time", async () => {
    const built = async (part: number) =>
      studio.client.runs.wait(await studio.newThread(), "memory-construction", { input: { part } });
    expect(await built(1)).toMatchObject({
      found: 0,
      pending: [],
      failed: [],
      made: [{ part: 1, summary: "Something was told." }],
    });
    const calls = studio.agents.prompts.length;
    expect(await built(1)).toMatchObject({ found: 1, made: [] });
    expect(studio.agents.prompts).toHaveLength(calls);
    await expect(built(10_000)).rejects.toThrow(/there is no part 10000/u);
    const all = z
      .object({ total: z.number(), found: z.number(), made: z.array(z.unknown()) })
      .parse(await built(0));
    expect(all.found).toBe(1);
    expect(all.made).toHaveLength(all.total - 1);
  });

  it("works off what is due, and says what became of it", async () => {
    const uncle = { interlocutor: "nephew", interlocutorName: "Nephew" };
    await studio.told(
      await studio.newThread(),
      "My uncle Rui repairs accordions in a cellar in Porto.",
      uncle,
    );
    for (let time = 0; time < 2; time++)
      await studio.told(
        await studio.newThread(),
        "What does my uncle Rui repair in that cellar in Porto?",
        uncle,
      );
    const done = await studio.client.runs.wait(await studio.newThread(), "consolidation", { input: {} });
    expect(done).toMatchObject({
      waiting: 0,
      outcomes: expect.arrayContaining([
        {
          episode: expect.stringContaining("accordions"),
          outcome: "consolidated",
          memory: expect.any(String),
        },
      ]),
    });
    expect(
      await studio.client.runs.wait(await studio.newThread(), "consolidation", { input: {} }),
    ).toMatchObject({
      due: [],
    });
  });
});
