import { MemorySaver } from "@langchain/langgraph";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { defineAgent } from "../../agents/agent.js";
import { anna, scriptedAgents } from "../../dev/doubles/graphs/scripted-agents.js";
import type { SimulacrumOptions, TurnOptions } from "./options.js";
import { createSimulacrum } from "./simulacrum.js";

const character = { ...anna, story: "First.\n\nSecond.\n\nThird." };
const open = (options: Partial<SimulacrumOptions> = {}) =>
  createSimulacrum({ character, model: scriptedAgents(), embeddings: "lexical", ...options });

describe("the memory of a simulacrum that is plugged into an app", () => {
  const question = anna.memories[0]?.content ?? "";

  it.each(["macm", "rag", "prompt"] as const)("holds the life of who is played by %s", async (method) => {
    const person = await open({ method });
    const found = await person.asRetriever().invoke(question);
    expect(found[0]?.pageContent).toBe(question);
    expect(await person.recallTool().invoke({ query: question })).toContain(question);
    expect(await person.asStore().search(["life"], { limit: 100 })).toHaveLength(anna.memories.length);
    expect((await person.memory.recall([question], {})).nothingRelevant).toBe(false);
    await person.close();
  });

  it.each([
    [{ method: "blank" }, /plays nobody/u],
    [{ memoryMode: "off" }, /is off \(memoryMode\)/u],
  ] as const)("is refused with %o, which is not the same as remembering nothing", async (options, why) => {
    const person = await open(options);
    const refusal = { code: "invalid_option", message: expect.stringMatching(why) };
    for (const plug of ["asRetriever", "recallTool", "asStore"] as const)
      expect(() => person[plug](), plug).toThrow(expect.objectContaining(refusal));
    await expect(person.memory.recall([question], {})).rejects.toMatchObject(refusal);
    await person.ask("Hello.", { thread: "t" });
    await person.close();
  });
});

const wants = defineAgent({
  id: "wants",
  does: "Asks",
  node: "read_wants",
  writes: { key: "wants", schema: z.string() },
  act: async () => "",
  shown: { title: "Wants", text: (part) => part },
  whenItFails: "It was not asked.",
});

describe("options", () => {
  it.each([
    [{ recallLimit: 0 }, "Option recallLimit: expected a whole number from 1 to 100, but got 0."],
    [{ recallLimit: 2.5 }, /recallLimit.*got 2\.5/u],
    [{ contextTokens: Number.NaN }, /contextTokens: expected a whole number from 1000 .*got NaN/u],
    [{ method: "magic" }, 'Option method: expected "blank" or "prompt" or "rag" or "macm", but got "magic".'],
    [{ memoryMode: "of" }, /memoryMode.*"off", but got "of"/u],
    [{ memory: { rehearsals: -1 } }, /memory\.rehearsals.*got -1/u],
    [{ memory: { dynamics: { keptPerTurn: 2, pull: 0, halfLifeMinutes: 1 } } }, /keptPerTurn.*0 to 1/u],
    [{ ranking: { recencyWeight: -1 } }, /recencyWeight/u],
    [{ clock: 5 }, "Option clock: expected a function, but got 5."],
    [{ home: "" }, /Option home: expected text/u],
    [{ character: {} }, "Option character: expected a character, as findCharacter gives it, but got"],
    [
      { checkpointer: MemorySaver },
      /Option checkpointer: expected a checkpointer of LangGraph, or false, but got/u,
    ],
    [{ store: {} }, /Option store: expected a memory store/u],
    [{ agents: { without: {} } }, /Option agents\.without: expected a list/u],
    [{ agents: { add: null } }, /Option agents\.add: expected a list/u],
    [{ agents: { add: [{ ...wants, writes: { key: "wants" } }] } }, /as defineAgent takes them/u],
    [{ agents: { add: [{ ...wants, node: "valueOf" }] } }, /“valueOf”.*taken already/u],
  ] as [object, string | RegExp][])("%o are refused before anything is opened", async (options, message) => {
    await expect(open(options)).rejects.toMatchObject({ code: "invalid_option" });
    await expect(open(options)).rejects.toThrow(message);
  });

  it("of turns and tools are refused as well", async () => {
    const person = await open();
    for (const options of [{ timeoutMs: 0 }, { timeoutMs: Number.NaN }, { thread: "" }] as TurnOptions[]) {
      const [name = ""] = Object.keys(options);
      const refusal = { code: "invalid_option", details: { option: name } };
      await expect(person.ask("Hello.", options)).rejects.toMatchObject(refusal);
      expect(() => person.asTool(options), name).toThrow(expect.objectContaining(refusal));
    }
    for (const k of [0, -1, 1.5, Number.NaN]) {
      expect(() => person.asRetriever({ k })).toThrow(/Option k: expected a whole number from 1 to 1000/u);
      expect(() => person.recallTool({ k })).toThrow(/Option k/u);
    }
    await expect(person.consolidate({ forMs: -1 })).rejects.toMatchObject({ code: "invalid_option" });
    expect((await person.ask("Hello.", { timeoutMs: Number.POSITIVE_INFINITY })).answer).not.toBe("");
    expect((await person.ask("Hello.", { timeoutMs: 2 ** 40 })).answer).not.toBe("");
    await person.close();
  });

  it.each([
    [{ interlocutor: { id: " " } }, "Option interlocutor.id: expected an id of 1 to 200 characters, but got"],
    [
      { interlocutor: { id: "thread:t" } },
      /interlocutor\.id: expected an id that does not begin with thread:/u,
    ],
    [
      { interlocutor: "ben" },
      /Option interlocutor: expected a person, \{id, name\?, relationship\?\}, but got "ben"/u,
    ],
    [
      { interlocutor: { id: "ben", name: "" } },
      /interlocutor\.name: expected a name of 1 to 120 characters/u,
    ],
    [{ present: [{ id: "ben" }, { id: "" }] }, /present\.1\.id/u],
    [{ present: { id: "ben" } }, /Option present: expected a list of people, but got object/u],
  ] as [object, string | RegExp][])("people %o are refused before anybody speaks", async (who, message) => {
    const person = await open();
    const refusal = expect.objectContaining({ code: "invalid_option" });
    for (const options of [who, { ...who, thread: "t" }])
      await expect(person.ask("Hello.", options)).rejects.toEqual(refusal);
    await expect(person.ask("Hello.", who)).rejects.toThrow(message);
    expect(() => person.asTool(who)).toThrow(refusal);
    expect(() => person.asSubagent(who)).toThrow(refusal);
    await person.close();
  });
});
