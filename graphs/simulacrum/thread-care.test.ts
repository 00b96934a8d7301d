import { MemorySaver } from "@langchain/langgraph";
import { describe, expect, it, vi } from "vitest";
import { anna, promptsOf, type Script, scriptedAgents } from "../../dev/doubles/graphs/scripted-agents.js";
import type { SimulacrumOptions } from "./options.js";
import { createSimulacrum } from "./simulacrum.js";

// What must hold around a turn when something goes wrong, or two things happen at once.

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

describe("a thread", () => {
  it("belongs to its first speaker even when the first turn fails", async () => {
    let down = true;
    const { person, model } = await open({ respond: () => (down ? new Error("down") : "I see.") });
    await expect(person.ask(secret, { thread: "t", interlocutor: ana })).rejects.toThrow();
    down = false;
    await expect(person.ask("What was said?", { thread: "t", interlocutor: ben })).rejects.toMatchObject({
      code: "thread_people",
    });
    expect(promptsOf(model, "respond").filter((prompt) => prompt.includes("What was said?"))).toEqual([]);
    expect((await person.forget("ana")).threads).toBe(1);
    await person.close();
  });

  it("is not talked in where the memory had no room to open it", async () => {
    const { person, model } = await open();
    person.memory.store.transact = () => Promise.reject(new Error("no room"));
    await expect(person.ask(secret, { thread: "t", interlocutor: ana })).rejects.toThrow("no room");
    expect(model.calls).toEqual([]);
    await person.close();
  });

  it("cannot be claimed by a person who calls themself a thread", async () => {
    const { person } = await open();
    await person.ask(secret, { thread: "abc" });
    await expect(person.ask("And?", { thread: "x", interlocutor: { id: "thread:abc" } })).rejects.toThrow();
    await person.close();
  });

  it("is closed to others where nothing is remembered, too", async () => {
    const checkpointer = new MemorySaver();
    const off = { memoryMode: "off", checkpointer } as const;
    const { person, model } = await open({}, off);
    await person.ask(secret, { thread: "t", interlocutor: ana });
    const closed = { code: "thread_people" };
    const his = { thread: "t", interlocutor: ben };
    await expect(person.ask("What did she say?", his)).rejects.toMatchObject(closed);
    await expect(
      person.ask("And now?", { thread: "t", present: [ana, ben], interlocutor: ana }),
    ).rejects.toMatchObject(closed);
    await person.ask("It is me again.", { thread: "t", interlocutor: ana });
    await person.close();
    const { person: next } = await open({}, off);
    await expect(next.ask("What did she say?", his)).rejects.toMatchObject(closed);
    await next.close();
    expect(promptsOf(model, "respond")).toHaveLength(2);
  });

  it("refuses a speaker who is not in the room", async () => {
    const { person } = await open();
    await expect(
      person.ask("Hello.", { thread: "g", present: [ana], interlocutor: ben }),
    ).rejects.toMatchObject({ code: "invalid_input" });
    await person.close();
  });

  it("does not keep yesterday's people for a host that names nobody", async () => {
    const { person } = await open();
    const { HumanMessage } = await import("@langchain/core/messages");
    const config = { configurable: { thread_id: "g" } };
    await person.graph.invoke({ messages: [new HumanMessage(secret)], present: [ana, ben] }, config);
    await expect(
      person.graph.invoke({ messages: [new HumanMessage("And?")], interlocutor: { id: "carl" } }, config),
    ).rejects.toMatchObject({
      code: "thread_people",
    });
    await person.close();
  });
});

describe("leaving early", () => {
  it("stops the turn before the thread is free again", async () => {
    const { person } = await open({}, {}, 40);
    for await (const event of person.stream("My boat is called Petrel.", {
      thread: "t",
      interlocutor: ben,
    })) {
      if (event.type === "update") break;
    }
    const turn = await person.ask("What did I say?", { thread: "t", interlocutor: ben });
    expect(turn.answer).toBe("I see.");
    const turns = await person.memory.transcript.turns("t");
    expect(turns).toHaveLength(1);
    expect(turns[0]?.stimulus.map(({ text }) => text)).toEqual([
      "My boat is called Petrel.",
      "What did I say?",
    ]);
    await person.close();
  });

  it("keeps the time limit while another turn has the thread", async () => {
    const { person } = await open({}, {}, 150);
    const slow = person.ask("One.", { thread: "t", interlocutor: ben });
    const start = performance.now();
    const tooLate = { code: "model_timeout", details: { timeoutMs: 80 } };
    await expect(person.ask("Two.", { thread: "t", interlocutor: ben, timeoutMs: 80 })).rejects.toMatchObject(
      tooLate,
    );
    expect(performance.now() - start).toBeLessThan(400);
    await slow;
    await person.close();
  });

  it("says that the time was over, wherever in a turn it ends, asked or streamed", async () => {
    const { person } = await open({}, {}, 60);
    const turn = { thread: "t", interlocutor: ben };
    for (const timeoutMs of [5, 30, 90, 130]) {
      await expect(person.ask("One.", { ...turn, timeoutMs })).rejects.toMatchObject({
        code: "model_timeout",
      });
      const streamed = async () => {
        for await (const event of person.stream("One.", { timeoutMs })) if (event.type === "result") return;
      };
      await expect(streamed()).rejects.toMatchObject({ code: "model_timeout", details: { timeoutMs } });
    }
    await person.close();
  });
});

describe("a clock that is set back", () => {
  it("loses nothing of a conversation, and says nothing twice", async () => {
    const { person, model } = await open();
    const turn = { thread: "t", interlocutor: ana };
    const now = Date.now();
    try {
      vi.useFakeTimers({ toFake: ["Date"], now: now + 86_400_000 });
      await person.ask("I have a red kite.", turn);
      vi.setSystemTime(now);
      await person.ask("I have a blue boat.", turn);
      await person.ask("I have a green door.", turn);
    } finally {
      vi.useRealTimers();
    }
    expect(promptsOf(model, "respond").at(-1)).toContain("blue boat");
    const turns = await person.memory.transcript.turns("t");
    expect(turns.map(({ stimulus }) => stimulus.map(({ text }) => text))).toEqual([
      ["I have a red kite."],
      ["I have a blue boat."],
      ["I have a green door."],
    ]);
    await person.close();
  });
});

describe("a turn that was stored, and whose checkpoint was not", () => {
  it("is not told a second time where the checkpoints held nothing but its first words", async () => {
    const checkpointer = new MemorySaver();
    let down = false;
    const script = { respond: () => (down ? new Error("down") : "I see.") };
    const { person, model } = await open(script, { checkpointer });
    const turn = { thread: "t", interlocutor: ana };
    await person.ask("I have a red kite.", turn);
    await person.ask("I have a blue boat.", turn);
    await checkpointer.deleteThread("t");
    down = true;
    await expect(person.ask("I have a green door.", turn)).rejects.toThrow();
    down = false;
    const asItWas = structuredClone(checkpointer.storage);
    await person.ask("Are you there?", turn);
    checkpointer.storage = asItWas;
    await person.ask("Good.", turn);
    expect((await person.memory.transcript.turns("t")).at(-1)?.stimulus.map(({ text }) => text)).toEqual([
      "Good.",
    ]);
    const shown = promptsOf(model, "respond").at(-1) ?? "";
    expect(shown.match(/green door/gu)).toHaveLength(1);
    expect(shown).toContain("blue boat");
    await person.close();
  });
});

describe("words of a turn that failed", () => {
  it("yield to what was said last, in the turn that answers them and in the next", async () => {
    let down = true;
    const { person, model } = await open({ respond: () => (down ? new Error("down") : "I see.") });
    const turn = { thread: "t", interlocutor: ana };
    const long = "The ferry was late, and then it rained upon the pier all afternoon. ".repeat(40);
    await expect(person.ask(long, turn)).rejects.toThrow();
    down = false;
    await person.ask("In short: I missed my brother.", turn);
    await person.ask("What did I say?", turn);
    for (const agent of ["reflect", "think", "feel", "respond"] as const)
      for (const prompt of promptsOf(model, agent).slice(-2)) expect(prompt).toContain("missed my brother");
    await person.close();
  });
});

describe("the same words by another speaker", () => {
  it("are another message, and said again later, a later one", async () => {
    let down = true;
    const { person } = await open({ respond: () => (down ? new Error("down") : "I see.") });
    const says = (who: typeof ana) =>
      person.ask("Yes.", { thread: "g", present: [ana, ben], interlocutor: who });
    for (const who of [ana, ana, ben]) await expect(says(who)).rejects.toThrow();
    down = false;
    await says(ana);
    const [turn] = await person.memory.transcript.turns("g");
    expect(turn?.stimulus.map(({ name }) => name)).toEqual(["ana", "ben", "ana"]);
    await person.close();
  });
});
