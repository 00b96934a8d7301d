import { getEventListeners } from "node:events";
import { describe, expect, it } from "vitest";
import {
  anna,
  callsOf,
  promptsOf,
  type Script,
  scriptedAgents,
} from "../../dev/doubles/graphs/scripted-agents.js";
import { createSimulacrum, type Simulacrum } from "../simulacrum/simulacrum.js";

const ben = { id: "ben", name: "Ben" };
const carl = { id: "carl", name: "Carl" };

/** Anna, to whom Ben has told something that was recalled twice since. */
async function rehearsed(script: Script = {}, latencyMs = 0) {
  const model = scriptedAgents({ respond: () => "I see.", ...script }, { latencyMs });
  const person = await createSimulacrum({ character: anna, model, embeddings: "lexical" });
  await person.ask("My uncle Rui repairs accordions in a cellar in Porto.", {
    thread: "1",
    interlocutor: ben,
  });
  for (const thread of ["2", "3"])
    await person.ask("What does my uncle Rui repair in that cellar in Porto?", { thread, interlocutor: ben });
  return { person, model };
}

describe("consolidation", () => {
  it("costs no call in a turn, and four or five afterwards, counted apart", async () => {
    const { person, model } = await rehearsed();
    expect(model.calls).toHaveLength(12);
    expect(await person.memory.consolidation.due()).toHaveLength(1);
    expect(await person.consolidate()).toEqual({ consolidated: 1, refused: 0, failed: 0, waiting: 0 });
    expect(person.consolidationUsage.snapshot().calls).toBe(4);
    const episode = (await person.memory.list({ kinds: ["short"] }))[0];
    const kept = (await person.memory.list({ kinds: ["long"] }))[0];
    expect(episode?.supersededBy).toBe(kept?.id);
    await person.close();
  });

  it("keeps what failed for the next occasion, and gives up after three", async () => {
    const { person, model } = await rehearsed({ summary: () => new Error("down") });
    for (let attempt = 1; attempt <= 3; attempt++) {
      expect(await person.consolidate()).toEqual({ consolidated: 0, refused: 0, failed: 1, waiting: 1 });
    }
    const before = model.calls.length;
    expect(await person.consolidate()).toEqual({ consolidated: 0, refused: 0, failed: 0, waiting: 1 });
    expect(model.calls).toHaveLength(before);
    expect((await person.memory.consolidation.due())[0]?.due).toMatchObject({
      attempts: 3,
      reason: "rehearsed",
    });
    await person.close();
  });

  it.each<[string, (person: Simulacrum, stop: AbortController) => unknown]>([
    ["its caller", (_person, stop) => stop.abort()],
    ["a turn", (person) => person.ask("Good morning.", { thread: "4", interlocutor: ben })],
  ])("is stopped midway by %s, which counts as no attempt", async (_name, cut) => {
    const { person, model } = await rehearsed({}, 50);
    const stop = new AbortController();
    const report = person.consolidate({ signal: stop.signal });
    await expect.poll(() => callsOf(model, "content").length, { interval: 1 }).toBe(1);
    await cut(person, stop);
    expect(await report).toEqual({ consolidated: 0, refused: 0, failed: 0, waiting: 1 });
    expect((await person.memory.consolidation.due())[0]?.due.attempts).toBe(0);
    expect(await person.consolidate()).toMatchObject({ consolidated: 1, waiting: 0 });
    await person.close();
  });

  it("goes on with what has been made of an episode when it is called off", async () => {
    const { person, model } = await rehearsed({}, 60);
    const stop = new AbortController();
    const report = person.consolidate({ signal: stop.signal });
    await expect.poll(() => callsOf(model, "summary").length, { interval: 1 }).toBe(1);
    stop.abort();
    expect(await report).toMatchObject({ consolidated: 0, waiting: 1 });
    const [waiting] = await person.memory.consolidation.due();
    const episode = waiting && (await person.memory.consolidation.read(waiting.due.episode));
    expect(Object.keys(episode?.making ?? {})).toEqual(expect.arrayContaining(["content", "feeling"]));
    // Of what was said, only what is their own holds a word.
    expect(Object.keys(waiting?.due ?? {}).sort()).toEqual(["attempts", "episode", "reason", "since"]);
    expect(await person.consolidate()).toMatchObject({ consolidated: 1, waiting: 0 });
    expect(callsOf(model, "content")).toHaveLength(1);
    expect(callsOf(model, "feeling-of-memory")).toHaveLength(1);
    await person.close();
  });

  it("keeps nothing of what was made of somebody who is forgotten meanwhile", async () => {
    const { person } = await rehearsed();
    const [waiting] = await person.memory.consolidation.due();
    if (!waiting) throw new Error("nothing is due");
    await person.memory.consolidation.keepPart(waiting.key, "content", "Rui repairs accordions.");
    await person.forget("ben");
    await person.memory.consolidation.keepPart(waiting.key, "summary", "Rui repairs.");
    expect(await person.memory.consolidation.due()).toEqual([]);
    await person.close();
  });

  it("tells the agents when the talk was, and with whom", async () => {
    const { person, model } = await rehearsed();
    await person.consolidate();
    const year = String(new Date().getFullYear());
    for (const part of ["content", "feeling-of-memory"] as const)
      expect(promptsOf(model, part)[0]).toMatch(
        new RegExp(`a talk that you had on [^<]*${year}[^<]*, with Ben,`, "u"),
      );
    await person.close();
  });

  it("leaves no listener behind on a signal that lives on", async () => {
    const { person } = await rehearsed();
    const { signal } = new AbortController();
    expect(await person.consolidate({ signal })).toMatchObject({ consolidated: 1 });
    expect(getEventListeners(signal, "abort")).toEqual([]);
    await person.ask("Good morning.", { thread: "4", interlocutor: ben, signal });
    expect(getEventListeners(signal, "abort")).toEqual([]);
    await person.close();
  });

  it("does not begin where there is no time, and what waits stays", async () => {
    const { person } = await rehearsed();
    expect(await person.consolidate({ forMs: 0 })).toEqual({
      consolidated: 0,
      refused: 0,
      failed: 0,
      waiting: 1,
    });
    expect(await person.consolidate()).toMatchObject({ consolidated: 1, waiting: 0 });
    await person.close();
  });

  it("shows Thinking the older memories of the same owner only", async () => {
    const { person, model } = await rehearsed();
    await person.ask("My uncle Rui repairs concertinas in a cellar in Porto.", {
      thread: "c1",
      interlocutor: carl,
    });
    for (const thread of ["c2", "c3"])
      await person.ask("What does my uncle Rui repair in that cellar in Porto?", {
        thread,
        interlocutor: carl,
      });
    expect(await person.consolidate()).toMatchObject({ consolidated: 2, waiting: 0 });
    expect(callsOf(model, "outdated")).toHaveLength(0);
    await person.ask("My uncle Rui sold the cellar in Porto and repairs clocks in Braga now.", {
      thread: "4",
      interlocutor: ben,
    });
    for (const thread of ["5", "6"])
      await person.ask("Which clocks does my uncle Rui repair in Braga now?", { thread, interlocutor: ben });
    await person.consolidate();
    const [asked] = promptsOf(model, "outdated");
    expect(asked).toContain("accordions");
    expect(asked).not.toContain("concertinas");
    await person.close();
  });

  it("does nothing for the methods without a mind", async () => {
    const person = await createSimulacrum({
      character: anna,
      method: "prompt",
      model: scriptedAgents(),
      embeddings: "lexical",
    });
    await person.ask("Hello there.", { thread: "1", interlocutor: ben });
    expect(await person.consolidate()).toEqual({ consolidated: 0, refused: 0, failed: 0, waiting: 0 });
    await person.close();
  });
});
