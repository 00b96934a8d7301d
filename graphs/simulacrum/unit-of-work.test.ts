import { HumanMessage } from "@langchain/core/messages";
import { afterEach, describe, expect, it } from "vitest";
import { anna, scriptedAgents } from "../../dev/doubles/graphs/scripted-agents.js";
import type { SimulacrumOptions } from "./options.js";
import { createSimulacrum, type Simulacrum } from "./simulacrum.js";

// A turn loads what it needs once, and is kept as one transaction.

const opened: Simulacrum[] = [];
afterEach(async () => {
  for (const person of opened.splice(0)) await person.close();
});

const ana = { id: "ana", name: "Ana" };
const talk = { thread: "t", interlocutor: ana };

/** How often a turn goes to the store: batches of reads and writes, and transactions. */
async function counted(options: Partial<SimulacrumOptions> = {}) {
  const person = await createSimulacrum({
    character: anna,
    model: scriptedAgents(),
    embeddings: "lexical",
    ...options,
  });
  opened.push(person);
  const { store } = person.memory;
  const calls: string[] = [];
  const batch = store.batch.bind(store);
  const transact = store.transact.bind(store);
  store.batch = (operations) => {
    calls.push("batch");
    return batch(operations);
  };
  store.transact = (work) => {
    calls.push("transact");
    return transact(work);
  };
  return { person, calls };
}

describe("a turn's ways to the store", () => {
  it.each([
    ["macm", {}],
    ["macm beside", { wiring: "beside" }],
    ["prompt", { method: "prompt" }],
    ["macm with short windows", { contextTokens: 1_200 }],
  ] as const)("are ten at most: %s", async (_name, options) => {
    const { person, calls } = await counted(options);
    for (const said of ["My boat is called Heron.", "It is green.", "My sister Lena painted it in Sandholm."])
      await person.ask(said, talk);
    calls.length = 0;
    await person.ask("What is my boat called, and who painted it?", talk);
    expect(calls.length).toBeLessThanOrEqual(10);
    expect(calls.filter((call) => call === "transact")).toHaveLength(2);
    calls.length = 0;
    await person.graph.invoke(
      { messages: [new HumanMessage("And what colour is it?")], interlocutor: ana },
      { configurable: { thread_id: "t" } },
    );
    expect(calls.length).toBeLessThanOrEqual(10);
  });
});
