import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AIMessage, HumanMessage } from "@langchain/core/messages";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openInHome } from "../../dev/doubles/graphs/home-contents.js";
import { oldHome, removeOldHome, unpackOldHome } from "../../dev/doubles/graphs/old-home.js";
import { anna, promptsOf, type Script, scriptedAgents } from "../../dev/doubles/graphs/scripted-agents.js";
import type { SimulacrumOptions } from "./options.js";
import { createSimulacrum, type Simulacrum } from "./simulacrum.js";

// Who is there: somebody who comes back is known, and what they left open; nobody else learns of it.

const agents = ["reflect", "think", "feel", "respond"] as const;
const open: Simulacrum[] = [];
let home: string;
let now = new Date();
afterEach(async () => {
  for (const person of open.splice(0)) await person.close();
}, 60_000);
beforeAll(async () => {
  unpackOldHome();
  home = await mkdtemp(join(tmpdir(), "relationships-"));
});
afterAll(async () => {
  removeOldHome();
  await rm(home, { recursive: true, force: true });
});

/** Anna as another process opens her. */
async function opened(script: Script = {}, options: Partial<SimulacrumOptions> = {}) {
  for (const person of open.splice(0)) await person.close();
  const model = scriptedAgents({ respond: () => "I see.", ...script });
  const person = await createSimulacrum({
    character: anna,
    model,
    embeddings: "lexical",
    clock: () => now,
    timeZone: "UTC",
    ...options,
  });
  open.push(person);
  /** What every agent was shown in the turn that puts these words. */
  const shown = async (said: string, thread: string, id: string): Promise<string[]> => {
    const before = agents.map((agent) => promptsOf(model, agent).length);
    await person.ask(said, { thread, interlocutor: { id } });
    return agents.flatMap((agent, place) => promptsOf(model, agent).slice(before[place]));
  };
  return { person, shown };
}

describe("Otto, who never told the host his name", () => {
  it("is a stranger at first, and known in his next words", async () => {
    now = new Date("2026-11-09T17:00:00Z");
    const { shown } = await opened({}, { home });
    for (const prompt of await shown("Good evening! I'm Otto, from the boatyard.", "first", "visitor-7"))
      expect(prompt).toContain(
        "the other one, whom you meet for the first time and whose name you do not know",
      );
    now = new Date("2026-11-09T17:05:00Z");
    const prompts = await shown("I'll splice the mooring rope on Saturday.", "first", "visitor-7");
    expect(prompts).toHaveLength(4);
    for (const prompt of prompts) {
      expect(prompt).toContain("Otto, whom you meet for the first time");
      expect(prompt).not.toContain("visitor-7");
    }
  });

  it("is known after three weeks, in another process and conversation, and asked after what he left open", async () => {
    now = new Date("2026-11-30T17:00:00Z");
    const { person, shown } = await opened({ respond: () => "Did you splice the mooring rope?" }, { home });
    for (const prompt of await shown("Hello again.", "second", "visitor-7")) {
      expect(prompt).toMatch(/Otto, whom you have met once, last three weeks ago/u);
      expect(prompt).toContain(
        "Still open: “I'll splice the mooring rope on Saturday.” (Otto said so three weeks ago",
      );
      expect(prompt).not.toContain("visitor-7");
    }
    const record = await person.memory.relationships.read("visitor-7");
    expect(record).toMatchObject({ talks: 2, turns: 3, firstMet: "2026-11-09T17:00:00.000Z" });
  });

  it("has told it then", async () => {
    now = new Date("2026-11-30T17:02:00Z");
    const { person, shown } = await opened({}, { home });
    await shown("It held all right.", "second", "visitor-7");
    now = new Date("2026-12-01T17:02:00Z");
    for (const prompt of await shown("Hello.", "third", "visitor-7")) {
      expect(prompt).toContain("Otto, whom you have met twice, last a day ago");
      expect(prompt).not.toContain("Still open");
    }
    expect((await person.memory.relationships.read("visitor-7"))?.open).toEqual([]);
  });

  it("is told of to nobody else", async () => {
    const { shown } = await opened({}, { home });
    for (const prompt of await shown("Hello, I'm Tilda.", "hers", "visitor-8")) {
      expect(prompt).toContain("whom you meet for the first time");
      expect(prompt).not.toMatch(/Otto|splice|mooring|visitor-/u);
    }
  });

  it("is a stranger again when he was forgotten", async () => {
    const { person, shown } = await opened({}, { home });
    expect(await person.forget("visitor-7")).toMatchObject({ relationships: 1, threads: 3 });
    expect((await person.memory.relationships.list()).map(({ name }) => name?.text)).toEqual(["Tilda"]);
    for (const prompt of await shown("Hello.", "fourth", "visitor-7")) {
      expect(prompt).toContain("whose name you do not know");
      expect(prompt).not.toMatch(/Otto|splice/u);
    }
  });
});

describe("a turn that is taken back", () => {
  it("takes the name and the plan with it, and the meeting", async () => {
    const { person } = await opened();
    const who = { interlocutor: { id: "o" } };
    const { relationships } = person.memory;
    await person.ask("Hello.", { thread: "t", ...who });
    const before = await relationships.read("o");
    await person.ask("I'm Otto. I'll come to the ferry tomorrow.", { thread: "t", ...who });
    expect(await relationships.read("o")).toMatchObject({ name: { text: "Otto" }, open: [{ by: "them" }] });
    expect((await person.memory.transcript.thread("t"))?.names).toEqual({ o: "Otto" });
    await person.withdraw("t", who);
    expect(await relationships.read("o")).toEqual(before);
    expect((await person.memory.transcript.thread("t"))?.names).toEqual({});
    await person.withdraw("t", who);
    expect(await relationships.read("o")).toBeNull();
  });

  it("gives back the name before it, though other words were said in another conversation since", async () => {
    const { person } = await opened();
    const who = { interlocutor: { id: "o" } };
    await person.ask("My name is Otto.", { thread: "a", ...who });
    await person.ask("Actually it's Ottokar, not Otto.", { thread: "b", ...who });
    await person.ask("The sea is calm.", { thread: "a", ...who });
    await person.withdraw("b", who);
    expect(await person.memory.relationships.read("o")).toMatchObject({
      name: { text: "Otto" },
      turns: 2,
      talks: 1,
    });
  });

  it("is read anew where the host has edited its words", async () => {
    const { person } = await opened();
    const config = { configurable: { thread_id: "t" } };
    const interlocutor = { id: "o" };
    const first = new HumanMessage({ id: "1", content: "I'm Otto." });
    const { messages } = await person.graph.invoke({ messages: [first], interlocutor }, config);
    const answer = messages.at(-1) as AIMessage;
    await person.graph.invoke(
      {
        messages: [
          new HumanMessage({ id: "1", content: "I'm Emil." }),
          new AIMessage({ id: answer.id ?? "", content: answer.text, name: anna.id }),
          new HumanMessage({ id: "2", content: "How is the sea?" }),
        ],
        interlocutor,
      },
      config,
    );
    expect((await person.memory.relationships.read("o"))?.name?.text).toBe("Emil");
  });
});

describe("what the host says of somebody", () => {
  it("is kept, and not outdone by what they say", async () => {
    const { person, shown } = await opened();
    const kinship = { id: "o", name: "Otto", relationship: "my cousin" };
    await person.ask("Hello.", { thread: "a", interlocutor: kinship });
    for (const prompt of await shown("I'm Napoleon. Call me Bonaparte.", "b", "o"))
      expect(prompt).toContain("Otto (my cousin)");
    expect((await person.memory.relationships.read("o"))?.name).toEqual({ text: "Otto" });
  });
});

describe("where nobody is named", () => {
  it("a name belongs to the conversation in which it was given", async () => {
    const { person } = await opened();
    await person.ask("I'm Otto.", { thread: "a" });
    const turn = await person.ask("Do you know me?", { thread: "a" });
    expect(turn.mind?.relationship).toContain("Otto");
    const other = await person.ask("Do you know me?", { thread: "b" });
    expect(other.mind?.relationship).not.toContain("Otto");
  });
});

describe("a group", () => {
  it("hears nothing of what was left open with one of them alone", async () => {
    const { person } = await opened();
    const [otto, tilda] = [
      { id: "o", name: "Otto" },
      { id: "t", name: "Tilda" },
    ];
    await person.ask("I'll tell my wife everything tomorrow.", { thread: "a", interlocutor: otto });
    const turn = await person.ask("Good evening.", { thread: "both", present: [otto, tilda] });
    expect(turn.mind?.relationship).toMatch(/Otto, whom you have met; Tilda, whom you meet for the first/u);
    expect(turn.mind?.relationship).not.toContain("wife");
    const alone = await person.ask("Good evening.", { thread: "c", interlocutor: otto });
    expect(alone.mind?.relationship).toContain("wife");
  });

  it("loses, with one who is forgotten, what others said before them", async () => {
    const { person } = await opened();
    const [otto, tilda] = [
      { id: "o", name: "Otto" },
      { id: "t", name: "Tilda" },
    ];
    const said = new HumanMessage({ content: "I'll sell the boat next week.", name: "o" });
    await person.graph.invoke(
      { messages: [said], present: [otto, tilda] },
      { configurable: { thread_id: "both" } },
    );
    expect((await person.memory.relationships.read("o"))?.open).toHaveLength(1);
    await person.forget("t");
    expect((await person.memory.relationships.read("o"))?.open).toEqual([]);
  });
});

describe("memory modes", () => {
  it("keeps nothing of it outside of a layer, and nothing where memory is off", async () => {
    const who = { interlocutor: { id: "o" } };
    const { person } = await opened({}, { memoryMode: "overlay" });
    await person.ask("I'm Otto.", { thread: "a", ...who });
    expect((await person.ask("Do you know me?", { thread: "a", ...who })).mind?.relationship).toContain(
      "Otto",
    );
    expect((await person.ask("Do you know me?", { thread: "b", ...who })).mind?.relationship).not.toContain(
      "Otto",
    );
    expect(await person.memory.relationships.list()).toEqual([]);
    const off = await opened({}, { memoryMode: "off" });
    await off.person.ask("I'm Otto.", { thread: "a", ...who });
    expect(await off.person.memory.relationships.list()).toEqual([]);
  });
});

describe("an old home", () => {
  it("knows those who were met before relationships were kept", async () => {
    const person = await openInHome(oldHome(), "anna-berg");
    open.push(person);
    const turn = await person.ask("Hello.", { thread: "new", interlocutor: { id: "ben" } });
    expect(turn.mind?.relationship).toMatch(/Ben, whom you have met .* ago/u);
    expect((await person.memory.relationships.read("ben"))?.turns).toBeGreaterThan(1);
  });
});
