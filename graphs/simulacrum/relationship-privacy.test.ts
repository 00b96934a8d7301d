import { HumanMessage } from "@langchain/core/messages";
import { afterEach, describe, expect, it } from "vitest";
import { anna, promptsOf, scriptedAgents } from "../../dev/doubles/graphs/scripted-agents.js";
import { createSimulacrum, type Simulacrum } from "./simulacrum.js";

// Who knows what of somebody: what two are to each other alone is nobody else's, and goes with those who go.

const agents = ["reflect", "think", "feel", "respond"] as const;
const open: Simulacrum[] = [];
let now = new Date("2026-04-07T10:00:00Z");
const later = (days: number) => {
  now = new Date(now.getTime() + days * 86_400_000);
};
afterEach(async () => {
  for (const person of open.splice(0)) await person.close();
});

async function opened() {
  const model = scriptedAgents({ respond: () => "I see." });
  const person = await createSimulacrum({
    character: anna,
    model,
    embeddings: "lexical",
    clock: () => now,
    timeZone: "UTC",
  });
  open.push(person);
  /** All that the agents are shown in a group's turn, in which one of them speaks. */
  const group = async (
    text: string,
    thread: string,
    present: { id: string; name?: string }[],
    by?: string,
  ) => {
    const before = agents.map((agent) => promptsOf(model, agent).length);
    const said = new HumanMessage({ content: text, name: by ?? present[0]?.id ?? "" });
    await person.graph.invoke({ messages: [said], present }, { configurable: { thread_id: thread } });
    return agents.flatMap((agent, place) => promptsOf(model, agent).slice(before[place])).join("\n");
  };
  const alone = (text: string, thread: string, id: string, about: object = {}) =>
    person.ask(text, { thread, interlocutor: { id, ...about } });
  const stored = async () => JSON.stringify(await person.memory.relationships.list());
  return { person, group, alone, stored };
}
const [rune, siv] = [{ id: "r" }, { id: "s" }];

describe("in a group", () => {
  it("nobody hears how the character knows somebody, calls them or how often it met them alone", async () => {
    const { person, group, alone } = await opened();
    await alone("Hello.", "1", "r", { name: "Rune", relationship: "my parole officer" });
    await alone("Call me Peanut, when nobody hears us.", "2", "s");
    later(3);
    await alone("Hello.", "3", "s");
    const prompts = await group("Good evening.", "both", [rune, siv]);
    expect(prompts).toContain("whom you have met");
    expect(prompts).not.toMatch(/parole|Rune|Peanut|have met (?:once|twice)|days ago/u);
    await group("And again.", "both", [rune, siv]);
    expect((await person.memory.transcript.thread("both"))?.names).toEqual({});
    expect((await alone("Hello.", "4", "s")).mind?.relationship).toContain("Peanut, whom you have met");
    expect((await alone("Hello.", "5", "r")).mind?.relationship).toContain("Rune (my parole officer)");
  });

  it("they are called as all of them heard it, or as the host says now", async () => {
    const { group, alone } = await opened();
    await group("I'm Rune.", "both", [rune, siv], "r");
    await alone("Call me Peanut.", "1", "r");
    const prompts = await group("Hello.", "again", [rune, siv]);
    expect(prompts).toContain("Rune, whom you have met");
    expect(prompts).not.toContain("Peanut");
    expect(await group("Hello.", "third", [rune, { id: "x" }])).not.toMatch(/Rune|Peanut/u);
    expect(await group("Hello.", "fourth", [{ id: "r", name: "Mr Dahl" }, { id: "x" }])).toContain("Mr Dahl");
    expect((await alone("Hello.", "2", "r")).mind?.relationship).toMatch(/Peanut|Mr Dahl/u);
  });

  it("the turn that settles a private plan keeps none of its words", async () => {
    const { person, group, alone, stored } = await opened();
    await alone("I'll burn the ledgers on Friday.", "1", "r");
    later(5);
    await group("The ledgers are burnt, what a fire.", "both", [rune, siv], "r");
    expect(JSON.stringify(await person.memory.transcript.turns("both"))).not.toContain("on Friday");
    expect((await person.memory.relationships.read("r"))?.open).toEqual([]);
    await person.withdraw("both", { present: [rune, siv] });
    expect((await person.memory.relationships.read("r"))?.open).toHaveLength(1);
    await person.forget("r");
    expect(await stored()).not.toContain("ledgers");
  });
});

describe("one who is forgotten", () => {
  it("takes with them what was said before them, settled or not, and it does not come back", async () => {
    const { person, group, alone, stored } = await opened();
    await group("I'm Rune. I'll dig up the crate on Sunday.", "both", [rune, siv], "r");
    later(4);
    await alone("The crate is dug up and empty.", "1", "r");
    await person.forget("s");
    const turns = JSON.stringify(await person.memory.transcript.turns("1"));
    expect((await stored()) + turns).not.toMatch(/on Sunday|Rune|"s"/u);
    expect((await person.memory.transcript.thread("1"))?.names).toEqual({});
    await person.withdraw("1", { interlocutor: rune });
    expect(await stored()).not.toContain("crate");
  });
});

describe("turns taken back in another order than they were said", () => {
  it.each([[["a", "b", "c"]], [["b", "a", "c"]], [["c", "a", "b"]], [["a", "c", "b"]]])(
    "%j leave nothing of them",
    async (order) => {
      const { person, alone } = await opened();
      const { relationships, transcript } = person.memory;
      await alone("Good day.", "first", "r");
      const before = await relationships.read("r");
      later(1);
      await alone("I'm Rune. I'll mend the accordion tomorrow.", "a", "r");
      later(4);
      await alone("It's Runar, not Rune. The accordion is mended.", "b", "r");
      later(4);
      await alone("I'll tune the piano tomorrow.", "c", "r");
      for (const thread of order) await person.withdraw(thread, { interlocutor: rune });
      expect(await relationships.read("r")).toEqual(before);
      for (const thread of ["first", "a", "b", "c"])
        expect((await transcript.thread(thread))?.names).toEqual({});
    },
  );
});
