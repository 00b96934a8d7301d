import { HumanMessage } from "@langchain/core/messages";
import { afterEach, describe, expect, it } from "vitest";
import { anna, scriptedAgents } from "../../dev/doubles/graphs/scripted-agents.js";
import { createSimulacrum, type Simulacrum } from "./simulacrum.js";

const ana = { id: "ana", name: "Ana" };
const ben = { id: "ben", name: "Ben" };
const carl = { id: "carl", name: "Carl" };
const secret = "I have hidden my mother's necklace under the third floorboard.";
const question = "Where is the necklace of the mother hidden, under which floorboard?";

const open: Simulacrum[] = [];
afterEach(async () => {
  for (const person of open.splice(0)) await person.close();
});
async function person() {
  const model = scriptedAgents({ respond: () => "I see." });
  const made = await createSimulacrum({ character: anna, model, embeddings: "lexical" });
  open.push(made);
  return { made, model };
}
describe("confidences", () => {
  it("never reach another interlocutor, through the door or the graph", async () => {
    const { made, model } = await person();
    await made.ask(secret, { thread: "a", interlocutor: ana });
    await made.ask("Keep it to yourself.", { thread: "a2", interlocutor: ana });
    const before = model.calls.length;
    const turn = await made.ask(question, { thread: "b", interlocutor: ben });
    expect(JSON.stringify(turn.mind?.memories)).not.toContain("floorboard");
    await made.graph.invoke(
      { messages: [new HumanMessage(question)], interlocutor: ben },
      { configurable: { thread_id: "b2" } },
    );
    await made.graph.invoke(
      { messages: [new HumanMessage(question)] },
      { configurable: { thread_id: "nobody" } },
    );
    const shown = model.calls
      .slice(before)
      .flatMap(({ messages }) => messages.map(({ text }) => text))
      .join("\n");
    expect(shown).not.toContain("third");
    // The one who confided is still known.
    const hers = await made.ask(question, { thread: "a3", interlocutor: ana });
    expect(hers.mind?.memories[0]?.text).toContain("third floorboard");
  });

  it("are not found in the memory without their owner", async () => {
    const { made } = await person();
    await made.ask(secret, { thread: "a", interlocutor: ana });
    await made.ask("Hello once more, here is something else to talk about: boats.", {
      thread: "a2",
      interlocutor: ana,
    });
    expect(
      (await made.memory.recall([question], { present: ["ana"] })).memories.map(({ text }) => text).join(),
    ).toContain("floorboard");
    expect(
      (await made.memory.recall([question], { present: ["ben"] })).memories.map(({ text }) => text).join(),
    ).not.toContain("floorboard");
    expect((await made.memory.recall([question], {})).memories.map(({ text }) => text).join()).not.toContain(
      "floorboard",
    );
    expect(
      (await made.memory.recall([question], { present: ["ana", "ben"] })).memories
        .map(({ text }) => text)
        .join(),
    ).not.toContain("floorboard");
  });

  it("of a group are recalled only before people who were all there", async () => {
    const { made } = await person();
    await made.ask(secret, { thread: "g", present: [ana, ben] });
    await made.ask("Something else, about the tide table on the wall.", {
      thread: "g2",
      present: [ana, ben],
    });
    const found = async (...present: string[]) =>
      (await made.memory.recall([question], { present })).memories.some(({ text }) =>
        text.includes("floorboard"),
      );
    expect(await found("ana")).toBe(true);
    expect(await found("ben")).toBe(true);
    expect(await found("ana", "ben")).toBe(true);
    expect(await found("carl")).toBe(false);
    expect(await found("ana", "carl")).toBe(false);
    const { mind } = await made.ask(question, { thread: "g3", present: [ana, ben, carl] });
    expect(JSON.stringify(mind)).not.toContain("third floorboard");
  });

  it("stay with the thread where nobody was named", async () => {
    const { made, model } = await person();
    await made.ask(secret, { thread: "anonymous" });
    const before = model.calls.length;
    await made.ask(question, { thread: "other" });
    const shown = model.calls
      .slice(before)
      .flatMap(({ messages }) => messages.map(({ text }) => text))
      .join("\n");
    expect(shown).toContain("necklace");
    expect(shown).not.toContain("third floorboard");
    expect(
      (await made.memory.recall([question], { present: ["thread:other"] })).memories
        .map(({ text }) => text)
        .join(),
    ).not.toContain("floorboard");
  });

  it("keep a thread to the people it was opened with", async () => {
    const { made } = await person();
    await made.ask(secret, { thread: "a", interlocutor: ana });
    await expect(made.ask("What did she say?", { thread: "a", interlocutor: ben })).rejects.toMatchObject({
      code: "thread_people",
    });
  });

  it("are gone when their owner is forgotten, and nobody else's are", async () => {
    const { made } = await person();
    await made.ask(secret, { thread: "a", interlocutor: ana });
    await made.ask("My boat is called Petrel and she leaks.", { thread: "b", interlocutor: ben });
    await made.ask("On to another thing.", { thread: "a2", interlocutor: ana });
    await made.ask("On to another thing.", { thread: "b2", interlocutor: ben });
    const removed = await made.forget("ana");
    expect(removed).toMatchObject({ turns: 2, threads: 2, moods: 1 });
    expect(removed.memories).toBeGreaterThan(0);
    expect(JSON.stringify(await made.memory.list())).not.toContain("floorboard");
    expect(JSON.stringify(await made.memory.list())).toContain("Petrel");
    expect((await made.memory.list({ kinds: ["life"] })).length).toBe(3);
  });
});

describe("a turn that is taken back", () => {
  it("takes with it what it stored, mood included", async () => {
    const { made } = await person();
    await made.ask("My boat is called Petrel and she leaks.", { thread: "b", interlocutor: ben });
    const mood = await made.memory.moods.record(["ben"]);
    await made.ask(secret, { thread: "b", interlocutor: ben });
    expect(await made.withdraw("b")).toEqual({ stimulus: secret, answer: "I see." });
    const turns = await made.memory.transcript.turns("b");
    expect(turns).toHaveLength(1);
    expect((await made.memory.moods.record(["ben"]))?.valence).toBeCloseTo(mood?.valence ?? Number.NaN, 3);
    expect(await made.withdraw("never")).toBeNull();
  });
});

describe("memory modes", () => {
  it("overlay reads the lasting memory and leaves no trace in it", async () => {
    const model = scriptedAgents();
    const made = await createSimulacrum({
      character: anna,
      model,
      embeddings: "lexical",
      memoryMode: "overlay",
    });
    open.push(made);
    const turn = await made.ask("What did your father Olaf build boats from?", {
      thread: "a",
      interlocutor: ana,
    });
    expect(turn.mind?.memories[0]?.text).toContain("larch");
    await made.ask("And what else was there in Sandholm?", { thread: "a", interlocutor: ana });
    expect(await made.memory.list({ kinds: ["short", "long"] })).toEqual([]);
    expect(await made.memory.transcript.turns("a")).toEqual([]);
  });

  it("off neither reads nor writes", async () => {
    const made = await createSimulacrum({
      character: anna,
      model: scriptedAgents(),
      embeddings: "lexical",
      memoryMode: "off",
    });
    open.push(made);
    const turn = await made.ask("What did your father Olaf build boats from?", {
      thread: "a",
      interlocutor: ana,
    });
    expect(turn.mind?.memories).toEqual([]);
    expect(turn.degraded).toEqual([]);
    expect(await made.memory.list()).toEqual([]);
  });
});
