import { AIMessage, type BaseMessage, HumanMessage } from "@langchain/core/messages";
import { MemorySaver } from "@langchain/langgraph";
import { afterEach, describe, expect, it } from "vitest";
import { anna, promptsOf, type Script, scriptedAgents } from "../../dev/doubles/graphs/scripted-agents.js";
import type { SimulacrumOptions } from "./options.js";
import { createSimulacrum, type Simulacrum } from "./simulacrum.js";

// A host that keeps the conversation itself: what it edits, leaves out, cuts or asks again, and what the store makes of it.

const opened: Simulacrum[] = [];
afterEach(async () => {
  for (const person of opened.splice(0)) await person.close();
});

const ana = { id: "ana", name: "Ana" };
const mal = { id: "mal", name: "Mal" };
const t = { configurable: { thread_id: "t" } };

async function open(options: Partial<SimulacrumOptions> = {}, script: Script = {}) {
  const voice = { down: false };
  const model = scriptedAgents({
    respond: ({ said }) => (voice.down ? new Error("down") : `Re: ${said.split("\n").at(-1)}`),
    ...script,
  });
  const person = await createSimulacrum({ character: anna, model, embeddings: "lexical", ...options });
  opened.push(person);
  const run = (messages: BaseMessage[], interlocutor = ana) =>
    person.graph.invoke({ messages, interlocutor }, t);
  /** What the host keeps, by itself and with ids. */
  const kept: BaseMessage[] = [];
  return {
    person,
    voice,
    run,
    kept,
    /** Says something; `sent` is what the host sends of what it keeps. */
    async say(text: string, sent = (all: BaseMessage[]) => all) {
      kept.push(said(text, `h-${kept.length}`));
      const answer = (await run(sent(kept))).messages.at(-1);
      if (answer) kept.push(answer);
    },
    stored: async () =>
      (await person.memory.transcript.turns("t")).map(({ stimulus }) =>
        stimulus.map(({ text }) => text).join("|"),
      ),
    spoken: () => promptsOf(model, "respond").at(-1) ?? "",
  };
}
const said = (content: string, id?: string) =>
  new HumanMessage({ content, name: "ana", ...(id !== undefined && { id }) });
const answered = (content: string, id: string) => new AIMessage({ content, name: "anna-berg", id });
const times = (text: string, part: string) => text.split(part).length - 1;
const last = (all: BaseMessage[]) => all.slice(-1);

describe("a host that leaves something out", () => {
  it("in the middle loses no turn", async () => {
    const host = await open();
    for (const text of ["One.", "Two.", "Three.", "Four.", "Five."]) await host.say(text);
    await host.say("Six.", (all) => [...all.slice(0, 4), ...all.slice(-3)]);
    expect(await host.stored()).toEqual(["One.", "Two.", "Three.", "Four.", "Five.", "Six."]);
  });

  it("goes back to the first of several turns with the same words, by their ids", async () => {
    const host = await open({}, { respond: () => "Yes." });
    for (const text of ["Hm.", "Hm.", "Hm.", "Hm."]) await host.say(text);
    await host.say("Back.", (all) => [...all.slice(0, 2), ...last(all)]);
    expect(await host.stored()).toEqual(["Hm.", "Back."]);
  });

  it("goes back further than a turn looks, to words that were said again later, and keeps no ids", async () => {
    const host = await open();
    for (let turn = 1; turn <= 14; turn++)
      await host.say(turn === 3 || turn === 10 ? "Hm." : turn === 5 ? "My pin is 4711." : `Word ${turn}.`);
    const bare = host.kept
      .slice(0, 6)
      .map((message) =>
        message.type === "ai" ? new AIMessage(message.text) : new HumanMessage({ content: message.text }),
      );
    await host.run([...bare, said("Back.")]);
    expect(await host.stored()).toEqual(["Word 1.", "Word 2.", "Hm.", "Back."]);
    expect(host.spoken()).not.toContain("4711");
  });

  it("and sends only what people said, without ids, says nothing twice", async () => {
    const host = await open();
    await host.run([new HumanMessage("One.")]);
    await host.run([new HumanMessage("One."), new HumanMessage("Two.")]);
    expect(await host.stored()).toEqual(["One.", "Two."]);
  });
});

describe("what only the host knows", () => {
  it("stays in its place: a greeting, and a talk of before", async () => {
    const host = await open();
    host.kept.push(
      answered("Greetings from the ferry.", "g"),
      said("My dog is Rex.", "x1"),
      answered("Good.", "x2"),
    );
    for (const text of ["One.", "Two.", "Three."]) await host.say(text);
    expect(host.spoken()).toMatch(/Greetings[\s\S]*Rex[\s\S]*Re: One\.[\s\S]*Re: Two\.[\s\S]*Three\./u);
    expect(await host.stored()).toEqual(["One.", "Two.", "Three."]);
  });

  it("stands once where it was said between turns", async () => {
    const host = await open();
    await host.say("One.");
    host.kept.push(said("Elsewhere.", "e1"), answered("Elsewhere too.", "e2"));
    for (const text of ["Two.", "Three."]) await host.say(text);
    expect(times(host.spoken(), "Re: Two.")).toBe(1);
    expect(times(host.spoken(), "Elsewhere.")).toBe(1);
  });

  it("is sent alone before new words, and words of a failed turn still wait", async () => {
    const host = await open();
    const greeting = answered("Welcome aboard.", "g");
    await host.run([greeting, said("One.")]);
    host.voice.down = true;
    await expect(host.run([greeting, said("My dog is Rex.")])).rejects.toThrow("down");
    host.voice.down = false;
    await host.run([greeting, said("Three.")]);
    expect(host.spoken()).toMatch(/Welcome[\s\S]*Re: One\./u);
    expect(await host.stored()).toEqual(["One.", "My dog is Rex.|Three."]);
  });
});

describe("a turn that does not come to its end", () => {
  it("takes back nothing: another answer that fails, and the host goes on with the old one", async () => {
    const host = await open();
    for (const text of ["One.", "Two."]) await host.say(text);
    host.voice.down = true;
    await expect(host.run(host.kept.slice(0, 3))).rejects.toThrow("down");
    host.voice.down = false;
    expect(await host.stored()).toEqual(["One.", "Two."]);
    await host.say("Three.");
    await host.say("Four.");
    expect(await host.stored()).toEqual(["One.", "Two.", "Three.", "Four."]);
    expect(times(host.spoken(), "Re: Two.")).toBe(1);
  });

  it("leaves no words waiting that were answered before: what is taken back is their turn", async () => {
    const host = await open();
    for (const text of ["One.", "Two."]) await host.say(text);
    host.voice.down = true;
    for (const sent of [host.kept.slice(0, 3), host.kept.slice(2, 3)])
      await expect(host.run(sent)).rejects.toThrow("down");
    expect(await host.person.withdraw("t")).toEqual({ stimulus: "Two.", answer: "Re: Two." });
    expect(await host.stored()).toEqual(["One."]);
  });

  it("takes back nothing: a history that asks for nothing", async () => {
    const host = await open();
    for (const text of ["One.", "Two.", "Three."]) await host.say(text);
    await expect(host.run(host.kept.slice(0, 2))).rejects.toThrow("nothing to answer");
    expect(await host.stored()).toEqual(["One.", "Two.", "Three."]);
  });

  it("takes back nothing: new words that a guard stops", async () => {
    const host = await open({
      guard: {
        stimulus: (text) => (text.includes("STOP") ? { action: "stop", reason: "no" } : { action: "allow" }),
      },
    });
    for (const text of ["One.", "Two."]) await host.say(text);
    await host.run([...host.kept.slice(0, 2), said("STOP it.", "s")]);
    expect(await host.stored()).toEqual(["One.", "Two."]);
  });

  it("leaves words of another run waiting", async () => {
    let release = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    let held = true;
    const answer = async () => {
      if (held) {
        held = false;
        await gate;
      }
      return { action: "allow" as const };
    };
    const host = await open({ guard: { answer } });
    const first = host.run([said("First.")]);
    await expect.poll(() => held).toBe(false);
    host.voice.down = true;
    await expect(host.run([said("Second.")])).rejects.toThrow("down");
    host.voice.down = false;
    release();
    await first;
    await host.run([said("Third.")]);
    expect((await host.stored()).join()).toContain("Second.");
  });

  it("stores what two runs at the same time have both heard once", async () => {
    const gates: (() => void)[] = [];
    const answer = async () => {
      await new Promise<void>((resolve) => gates.push(resolve));
      return { action: "allow" as const };
    };
    const host = await open({ guard: { answer } });
    const first = host.run([said("First.", "1")]);
    await expect.poll(() => gates.length).toBe(1);
    const second = host.run([said("Second.", "2")]);
    await expect.poll(() => gates.length).toBe(2);
    gates[0]?.();
    await first;
    gates[1]?.();
    await second;
    expect(await host.stored()).toEqual(["First.", "Second."]);
  });

  it("is not stored where its people were forgotten meanwhile", async () => {
    let release = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    let held = false;
    const answer = async () => {
      held = true;
      await gate;
      return { action: "allow" as const };
    };
    const host = await open({ guard: { answer } });
    const turn = host.run([said("My secret is plums.")]);
    await expect.poll(() => held).toBe(true);
    await host.person.forget("ana");
    release();
    await turn;
    expect(await host.stored()).toEqual([]);
  });
});

describe("a stranger", () => {
  it("who tries a hundred times and more is never heard", async () => {
    const host = await open({ checkpointer: new MemorySaver() });
    await host.run([said("One.")]);
    for (let attempt = 1; attempt <= 101; attempt++)
      await expect(host.run([new HumanMessage(`Obey ${attempt}!`)], mal)).rejects.toMatchObject({
        code: "thread_people",
      });
    await host.run([said("Two.")]);
    expect(host.spoken()).not.toContain("Obey");
    expect(await host.stored()).toEqual(["One.", "Two."]);
  });

  it("takes no words away that wait for an answer", async () => {
    const host = await open({ checkpointer: new MemorySaver() });
    await host.run([said("One.")]);
    host.voice.down = true;
    await expect(host.run([said("My waiting words.")])).rejects.toThrow("down");
    host.voice.down = false;
    await expect(host.run([new HumanMessage("Obey!")], mal)).rejects.toMatchObject({ code: "thread_people" });
    await host.run([said("Two.")]);
    expect(await host.stored()).toEqual(["One.", "My waiting words.|Two."]);
  });
});

it.each(["off", "overlay", "persist"] as const)(
  "forgetting reaches a host's checkpoints (%s)",
  async (memoryMode) => {
    const checkpointer = new MemorySaver();
    const host = await open({ checkpointer, memoryMode });
    await host.run([said("My secret is plums.")]);
    expect(await host.person.forget("ana")).toMatchObject({ threads: 1 });
    expect(JSON.stringify((await checkpointer.getTuple(t)) ?? "")).not.toContain("plums");
  },
);

it("words that a guard took out do not come back beside words that the host edits", async () => {
  const host = await open({
    guard: {
      stimulus: (text) =>
        text.includes("4711")
          ? { action: "replace", text: "[taken out]", reason: "pin" }
          : { action: "allow" },
    },
  });
  const pin = () => said("My pin is 4711.", "p");
  const answer = (await host.run([pin(), said("Nice day.", "q")])).messages.at(-1);
  await host.run([pin(), said("Nice evening.", "q"), ...(answer ? [answer] : []), said("Next.", "n")]);
  expect((await host.stored()).join()).not.toContain("4711");
  expect(host.spoken()).not.toContain("4711");
});
