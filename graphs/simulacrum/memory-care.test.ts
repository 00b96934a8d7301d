import { MemorySaver } from "@langchain/langgraph";
import { describe, expect, it } from "vitest";
import { anna, callsOf, type Script, scriptedAgents } from "../../dev/doubles/graphs/scripted-agents.js";
import type { SimulacrumOptions } from "./options.js";
import { createSimulacrum } from "./simulacrum.js";

// What must hold of memories that are forgotten, consolidated or taken back while other things happen.

const ana = { id: "ana", name: "Ana" };
const ben = { id: "ben", name: "Ben" };
const secret = "I have hidden my mother's necklace under the third floorboard.";
const open = async (script: Script = {}, options: Partial<SimulacrumOptions> = {}, latencyMs = 0) => {
  const model = scriptedAgents({ respond: () => "I see.", ...script }, { latencyMs });
  return {
    model,
    person: await createSimulacrum({ character: anna, model, embeddings: "lexical", ...options }),
  };
};
const rehearse = async (person: Awaited<ReturnType<typeof open>>["person"]) => {
  await person.ask("My uncle Rui repairs accordions in a cellar in Porto.", {
    thread: "1",
    interlocutor: ben,
  });
  for (const thread of ["2", "3"]) {
    await person.ask("What does my uncle Rui repair in that cellar in Porto?", { thread, interlocutor: ben });
  }
};

describe("forgetting", () => {
  it("waits for the turn under way and leaves nothing of it", async () => {
    const { person } = await open({}, {}, 30);
    await person.ask("Hello, it is me again.", { thread: "t", interlocutor: ana });
    const turn = person.ask(secret, { thread: "t", interlocutor: ana });
    await new Promise((resolve) => setTimeout(resolve, 20));
    await person.forget("ana");
    await turn;
    expect(JSON.stringify(await person.memory.list())).not.toContain("floorboard");
    expect(await person.memory.transcript.turns("t")).toEqual([]);
    await person.close();
  });

  it("leaves nothing in the conversations of others who were there and recalled it", async () => {
    const { person } = await open({}, { checkpointer: new MemorySaver() });
    await person.ask(secret, { thread: "g", present: [ana, ben] });
    await person.ask("Keep it to yourselves.", { thread: "g2", present: [ana, ben] });
    const config = { configurable: { thread_id: "a" } };
    const kept = async () => JSON.stringify((await person.graph.getState(config)).values);
    await person.ask("Where is the necklace hidden, under which floorboard?", {
      thread: "a",
      interlocutor: ana,
    });
    expect(await kept()).toContain("third floorboard");
    await person.forget("ben");
    expect(await kept()).not.toContain("third floorboard");
    // Her own conversation goes on.
    expect((await person.memory.transcript.turns("a")).length).toBe(1);
    await person.close();
  });

  it("is not undone by another conversation that puts the last one into short-term memory", async () => {
    const { person } = await open();
    await person.ask(secret, { thread: "1", interlocutor: ana });
    const { store, transcript } = person.memory;
    let opening: Promise<unknown> = Promise.resolve();
    await store.transact(async (transaction) => {
      opening = transcript.openThread("2", { audience: ["ana"], method: "macm", remembers: true });
      transaction.delete(["turns", "1"], "00000001");
      transaction.delete(["threads"], "1");
    });
    await opening;
    expect(await transcript.thread("1")).toBeNull();
    await person.close();
  });

  it("is not undone by a turn that was stopped while it waited to be stored", async () => {
    const { person } = await open();
    await person.ask("Hello, it is me again.", { thread: "t", interlocutor: ana });
    const { store, transcript } = person.memory;
    const transact = store.transact.bind(store);
    let asked = 0;
    // The turn begins; what is to be stored at its end waits until the turn was stopped.
    store.transact = async (work) => {
      if (++asked > 1) await new Promise((resolve) => setTimeout(resolve, 150));
      return transact(work);
    };
    await expect(person.ask(secret, { thread: "t", interlocutor: ana, timeoutMs: 100 })).rejects.toThrow();
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect((await transcript.turns("t")).length).toBe(1);
    await person.close();
  });

  it("reaches a conversation that was opened meanwhile", async () => {
    const { person } = await open({}, { checkpointer: new MemorySaver() }, 60);
    await person.ask(secret, { thread: "g", present: [ana, ben] });
    await person.ask("Keep it to yourselves.", { thread: "g2", present: [ana, ben] });
    const slow = person.ask("And one thing more.", { thread: "g2", present: [ana, ben] });
    await new Promise((resolve) => setTimeout(resolve, 20));
    // It waits for the turn under way, and she opens another conversation before that ends.
    const forgetting = person.forget("ben");
    await new Promise((resolve) => setTimeout(resolve, 60));
    const hers = person.ask("Where is the necklace hidden, under which floorboard?", {
      thread: "a",
      interlocutor: ana,
    });
    await Promise.all([slow, forgetting, hers]);
    const { values } = await person.graph.getState({ configurable: { thread_id: "a" } });
    expect(JSON.stringify(values)).not.toContain("third floorboard");
    await person.close();
  });

  it("that was cut short is ended by forgetting again", async () => {
    const checkpointer = new MemorySaver();
    const { person } = await open({}, { checkpointer });
    await person.ask(secret, { thread: "t", interlocutor: ana });
    const deleteThread = checkpointer.deleteThread.bind(checkpointer);
    checkpointer.deleteThread = () => Promise.reject(new Error("killed here"));
    await expect(person.forget("ana")).rejects.toThrow("killed here");
    checkpointer.deleteThread = deleteThread;
    await person.forget("ana");
    expect((await person.graph.getState({ configurable: { thread_id: "t" } })).values).toEqual({});
    await person.close();
  });

  it("is not undone by a consolidation that was under way", async () => {
    const { person } = await open({}, {}, 30);
    await rehearse(person);
    const consolidating = person.consolidate();
    await new Promise((resolve) => setTimeout(resolve, 40));
    await person.forget("ben");
    await consolidating;
    expect(await person.memory.list({ kinds: ["short", "long"] })).toEqual([]);
    expect(await person.memory.consolidation.due()).toEqual([]);
    await person.close();
  });
});

describe("consolidation", () => {
  it("never buries what was said under what a weak model makes of it", async () => {
    const { person } = await open({ content: () => "I hear you. Tell me more about that." });
    await rehearse(person);
    await person.consolidate();
    const [kept] = await person.memory.list({ kinds: ["long"] });
    expect(kept?.content).toContain("accordions in a cellar in Porto");
    await person.close();
  });

  it("of an overlay never happens: the lasting memory stays as it was", async () => {
    const { person, model } = await open({}, { memoryMode: "overlay" });
    await rehearse(person);
    const calls = model.calls.length;
    await person.close();
    expect(model.calls).toHaveLength(calls);
  });

  it("is not paid for by somebody who only looks", async () => {
    const { SqliteMemoryStore } = await import("../../memory/index.js");
    const { LexicalEmbeddings } = await import("../../models/index.js");
    const store = await SqliteMemoryStore.open({
      path: ":memory:",
      embeddings: new LexicalEmbeddings(),
      embeddingModel: "lexical-384",
    });
    const first = await open({}, { store });
    await rehearse(first.person);
    const second = await open({}, { store });
    await second.person.memory.list();
    await second.person.close();
    expect(second.model.calls).toHaveLength(0);
    expect(await first.person.memory.consolidation.due()).toHaveLength(1);
    await first.person.close();
    await store.close();
  });

  it("tries again at the next opening what was given up", async () => {
    const { SqliteMemoryStore } = await import("../../memory/index.js");
    const { LexicalEmbeddings } = await import("../../models/index.js");
    const store = await SqliteMemoryStore.open({
      path: ":memory:",
      embeddings: new LexicalEmbeddings(),
      embeddingModel: "lexical-384",
    });
    const failing = await open({ summary: () => new Error("down") }, { store });
    await rehearse(failing.person);
    for (let attempt = 0; attempt < 4; attempt++) await failing.person.consolidate();
    const corrected = await open({}, { store });
    expect(await corrected.person.consolidate()).toMatchObject({ consolidated: 1, waiting: 0 });
    expect(callsOf(corrected.model, "summary")).toHaveLength(1);
    await corrected.person.close();
    await store.close();
  });
});

describe("a turn that is taken back", () => {
  it("gives back what its memory had replaced", async () => {
    const { person } = await open({
      outdated: () => '{"outdated":[1]}',
      content: ({ prompt }) =>
        prompt.includes("Braga")
          ? "Rui sold the cellar in Porto and repairs clocks in Braga."
          : "Rui repairs accordions in a cellar in Porto.",
    });
    await rehearse(person);
    await person.consolidate();
    await person.ask("My uncle Rui sold the cellar in Porto and repairs clocks in Braga now.", {
      thread: "4",
      interlocutor: ben,
    });
    for (const thread of ["5", "6"])
      await person.ask("Which clocks does my uncle Rui repair in Braga now?", { thread, interlocutor: ben });
    await person.consolidate();
    const replaced = async () =>
      (await person.memory.list({ kinds: ["long"] })).find(({ text }) => text.includes("accordions"))
        ?.supersededBy;
    expect(await replaced()).toBeDefined();
    await person.withdraw("4");
    expect(await replaced()).toBeUndefined();
    expect(JSON.stringify(await person.memory.list())).not.toContain("repairs clocks in Braga.");
    await person.close();
  });
});
