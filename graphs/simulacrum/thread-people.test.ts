import { HumanMessage } from "@langchain/core/messages";
import { END, MemorySaver, MessagesAnnotation, START, StateGraph } from "@langchain/langgraph";
import { afterEach, describe, expect, it } from "vitest";
import type { Interlocutor } from "../../agents/mind.js";
import { anna, promptsOf, scriptedAgents } from "../../dev/doubles/graphs/scripted-agents.js";
import type { MemoryMode } from "./options.js";
import { createSimulacrum, type Simulacrum } from "./simulacrum.js";

// A conversation stays with the people who began it: in every memory mode, through every way in, whatever a host keeps.

const opened: Simulacrum[] = [];
afterEach(async () => {
  for (const person of opened.splice(0)) await person.close();
});

const ana = { id: "ana", name: "Ana" };
const ben = { id: "ben", name: "Ben" };
const secret = "I have hidden my mother's necklace under the third floorboard.";
const t = { configurable: { thread_id: "t" } };
const modes: readonly MemoryMode[] = ["persist", "overlay", "off"];

/** A host with lasting checkpoints, on which a new process (a new simulacrum, with a memory of its own) goes on. */
async function host(memoryMode: MemoryMode, checkpointer: MemorySaver, voice = { down: false }) {
  const model = scriptedAgents({ respond: () => (voice.down ? new Error("down") : "I see.") });
  const person = await createSimulacrum({
    character: anna,
    model,
    embeddings: "lexical",
    memoryMode,
    checkpointer,
  });
  opened.push(person);
  /** Somebody speaks in the thread, through one of the ways into a simulacrum. */
  const says = {
    graph: (text: string, interlocutor: Interlocutor | null) =>
      person.graph.invoke({ messages: [new HumanMessage(text)], interlocutor }, t),
    ask: (text: string, interlocutor: Interlocutor | null) =>
      person.ask(text, { thread: "t", ...(interlocutor && { interlocutor }) }),
    subagent: (text: string, interlocutor: Interlocutor | null) =>
      new StateGraph(MessagesAnnotation)
        .addNode("anna", person.asSubagent(interlocutor ? { interlocutor } : {}).runnable)
        .addEdge(START, "anna")
        .addEdge("anna", END)
        .compile({ checkpointer })
        .invoke({ messages: [new HumanMessage(text)] }, t),
    node: (text: string, interlocutor: Interlocutor | null) =>
      new StateGraph(MessagesAnnotation)
        .addNode("anna", (state, config) => person.graph.invoke({ ...state, interlocutor }, config))
        .addEdge(START, "anna")
        .addEdge("anna", END)
        .compile({ checkpointer })
        .invoke({ messages: [new HumanMessage(text)] }, t),
  };
  return { person, model, says };
}
const ways = ["graph", "ask", "subagent", "node"] as const;
const refused = { code: "thread_people" };

describe.each(modes)("memory mode %s", (mode) => {
  describe.each(ways)("through %s", (way) => {
    it("keeps another out after a new process, on the host's own checkpoints", async () => {
      const checkpointer = new MemorySaver();
      const first = await host(mode, checkpointer);
      await first.says[way](secret, ana);
      const { says, model } = await host(mode, checkpointer);
      // `ask` reads no checkpoints of a graph that was never asked: there is nothing to be read in them.
      await expect(says[way]("What did she say?", ben)).rejects.toMatchObject(refused);
      expect(model.calls).toEqual([]);
      await says[way]("It is me again.", ana);
      expect(promptsOf(model, "respond").join()).not.toContain("What did she say?");
    });

    it("keeps another out in one process, and after the thread was ended", async () => {
      const { person, says, model } = await host(mode, new MemorySaver());
      await says[way](secret, ana);
      await expect(says[way]("What did she say?", ben)).rejects.toMatchObject(refused);
      await person.endThread("t");
      await expect(says[way]("And now?", ben)).rejects.toMatchObject(refused);
      expect(promptsOf(model, "respond")).toHaveLength(1);
    });

    it("keeps nobody in particular out of a talk that somebody began, and the other way round", async () => {
      const named = await host(mode, new MemorySaver());
      await named.says[way](secret, ana);
      await expect(named.says[way]("And?", null)).rejects.toMatchObject(refused);
      const unnamed = await host(mode, new MemorySaver());
      await unnamed.says[way](secret, null);
      await expect(unnamed.says[way]("And?", ben)).rejects.toMatchObject(refused);
      await unnamed.says[way]("And?", null);
      expect(promptsOf(unnamed.model, "respond")).toHaveLength(2);
    });
  });

  it("is theirs before any word of theirs was answered", async () => {
    const voice = { down: true };
    const { says, model } = await host(mode, new MemorySaver(), voice);
    await expect(says.graph(secret, ana)).rejects.toThrow("down");
    voice.down = false;
    for (const way of ["graph", "ask"] as const)
      await expect(says[way]("What did she say?", ben)).rejects.toMatchObject(refused);
    expect(promptsOf(model, "respond")).toHaveLength(1);
    await says.ask("Are you there?", ana);
    expect(promptsOf(model, "respond").at(-1)).toContain("third floorboard");
    expect(promptsOf(model, "respond").at(-1)).not.toContain("What did she say?");
  });

  it("lets the words of a failed turn through to nobody in a new process", async () => {
    const checkpointer = new MemorySaver();
    const voice = { down: true };
    const first = await host(mode, checkpointer, voice);
    await expect(first.says.graph(secret, ana)).rejects.toThrow("down");
    const { says, model } = await host(mode, checkpointer);
    await expect(says.graph("What did she say?", ben)).rejects.toMatchObject(refused);
    expect(model.calls).toEqual([]);
  });
});
