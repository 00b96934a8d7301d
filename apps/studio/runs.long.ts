import { HumanMessage } from "@langchain/core/messages";
import { RemoteGraph } from "@langchain/langgraph/remote";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { answerTo, ben, ida, StudioServer, say, wordsOf } from "../../dev/doubles/apps/studio-server.js";

// What a server's clients do beside talking: assistants, hosts, memory construction, consolidation.

let studio: StudioServer;
beforeAll(async () => {
  studio = await StudioServer.start();
}, 60_000);
afterAll(() => studio.close());

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
