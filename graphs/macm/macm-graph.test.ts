import { HumanMessage } from "@langchain/core/messages";
import { MemorySaver } from "@langchain/langgraph";
import { describe, expect, it } from "vitest";
import { anna, callsOf, promptsOf, scriptedAgents } from "../../dev/doubles/graphs/scripted-agents.js";
import type { SimulacrumOptions } from "../simulacrum/options.js";
import { createSimulacrum } from "../simulacrum/simulacrum.js";

const ben = { id: "ben", name: "Ben", relationship: "a passenger" };
const open = (options: Partial<SimulacrumOptions> = {}) =>
  createSimulacrum({ character: anna, embeddings: "lexical", ...options });

describe.each(["drawn", "beside"] as const)("MACM, %s", (wiring) => {
  it("makes four calls and accounts for the mind of the turn", async () => {
    const model = scriptedAgents({
      think: () => "He asks about Father.",
      feel: () => '{"text":"Warm.","valence":0.6,"arousal":0.3}',
    });
    const person = await open({ model, wiring });
    const turn = await person.ask("What did your father Olaf build?", { thread: "t", interlocutor: ben });
    expect(turn.usage.calls).toBe(4);
    expect(turn.degraded).toEqual([]);
    expect(turn.mind?.thought).toBe("He asks about Father.");
    expect(turn.mind?.feeling).toEqual({ text: "Warm.", valence: 0.6, arousal: 0.3 });
    expect(turn.mind?.memories[0]?.source).toEqual({ kind: "import", key: "001" });
    expect(turn.mind?.mood?.valence).toBeGreaterThan(0.1);
    const [spoken] = promptsOf(model, "respond");
    expect(spoken).toContain("larch");
    expect(spoken).toContain("proud and safe");
    expect(spoken).toContain("He asks about Father.");
    await person.close();
  });

  it("lets Thinking and Emotion work at the same time", async () => {
    const model = scriptedAgents({}, { latencyMs: 60 });
    const person = await open({ model, wiring });
    await person.ask("Hello.", { thread: "t" });
    const [first, second] = (["think", "feel"] as const).map((agent) => callsOf(model, agent)[0]);
    if (!first || !second) throw new Error("an agent was not called");
    expect(Math.max(first.start, second.start)).toBeLessThan(Math.min(first.end ?? 0, second.end ?? 0));
    await person.close();
  });

  it("streams the answer, and nothing else as tokens", async () => {
    const model = scriptedAgents({
      respond: () => "Larch, mostly, and a little oak.",
      think: () => "SECRET THOUGHT",
    });
    const person = await open({ model, wiring });
    const tokens: string[] = [];
    const nodes: string[] = [];
    for await (const event of person.stream("What did he build with?", { thread: "t" })) {
      if (event.type === "token") tokens.push(event.text);
      if (event.type === "update") nodes.push(event.node);
    }
    expect(tokens.join("")).toBe("Larch, mostly, and a little oak.");
    expect(tokens.length).toBeGreaterThan(2);
    expect(nodes).toEqual(
      expect.arrayContaining(["reflect", "recall", "think", "feel", "respond", "remember"]),
    );
    await person.close();
  });

  it.each([
    ["top", { reflect: () => new Error("down") }],
    ["thinking", { think: () => new Error("down") }],
    ["emotion", { feel: () => new Error("down") }],
  ] as const)("goes on without %s, says so, and invents nothing", async (agent, script) => {
    const model = scriptedAgents(script);
    const person = await open({ model, wiring });
    const first = await person.ask("Hello there, Anna.", { thread: "t", interlocutor: ben });
    expect(first.degraded).toEqual([agent]);
    expect(first.answer).not.toBe("");
    if (agent === "thinking") expect(first.mind?.thought).toBeNull();
    if (agent === "emotion") expect(first.mind?.feeling).toBeNull();
    if (agent === "top") expect(first.mind?.reflection).toBeNull();
    await person.close();
  });

  it("does not think yesterday's thought when Thinking fails today", async () => {
    let turn = 0;
    const model = scriptedAgents({ think: () => (++turn === 1 ? "YESTERDAY" : new Error("down")) });
    const person = await open({ model, wiring });
    await person.ask("Hello.", { thread: "t" });
    const second = await person.ask("And now?", { thread: "t" });
    expect(second.mind?.thought).toBeNull();
    expect(promptsOf(model, "respond").at(-1)).not.toContain("YESTERDAY");
    await person.close();
  });

  it("keeps what was said when the voice fails, and answers it next time", async () => {
    let down = true;
    const model = scriptedAgents({ respond: ({ said }) => (down ? new Error("down") : `about: ${said}`) });
    const person = await open({ model, wiring });
    await expect(person.ask("My dog Rex is ill.", { thread: "t" })).rejects.toThrow();
    down = false;
    const turn = await person.ask("What shall I do?", { thread: "t" });
    expect(turn.answer).toContain("Rex");
    await person.close();
  });

  it("tells the voice when a memory was asked for and there is none", async () => {
    const model = scriptedAgents();
    const person = await open({ model, wiring });
    const turn = await person.ask("Which orchestra played at your wedding in Vienna?", { thread: "t" });
    expect(promptsOf(model, "respond")[0]).toMatch(/say that you don't remember or don't know/u);
    // What was only nearest was not remembered, so it is not rehearsed.
    expect((await person.memory.transcript.turns("t"))[0]?.recalled).toEqual([]);
    expect(turn.degraded).toEqual([]);
    await person.close();
  });

  it("shows the voice the one memory of a short story, whatever its words", async () => {
    const model = scriptedAgents();
    const [memory] = anna.memories;
    const character = { ...anna, memories: memory ? [memory] : [] };
    const person = await open({ character, model, wiring });
    await person.ask("How old are you?", { thread: "t" });
    expect(promptsOf(model, "respond")[0]).toContain("larch");
    await person.close();
  });
});

describe("the graph itself", () => {
  it("is a compiled LangGraph graph with declared input and output", async () => {
    const person = await open({ model: scriptedAgents(), checkpointer: new MemorySaver() });
    const out = await person.graph.invoke(
      { messages: [new HumanMessage("Hello.")], interlocutor: ben },
      { configurable: { thread_id: "t" } },
    );
    expect(Object.keys(out).sort()).toEqual(["degraded", "messages", "mind"]);
    expect(out.messages.at(-1)?.name).toBe("anna-berg");
    expect((await person.graph.getGraphAsync()).drawMermaid()).toContain("reflect");
    await person.close();
  });

  it("does not store twice what a host sends again", async () => {
    const model = scriptedAgents();
    const person = await open({ model });
    const config = { configurable: { thread_id: "t" } };
    const first = await person.graph.invoke({ messages: [new HumanMessage("One.")] }, config);
    const history = first.messages.map(({ type, text }) => ({ type, text }));
    await person.graph.invoke(
      { messages: [new HumanMessage("One."), ...first.messages.slice(1), new HumanMessage("Two.")] },
      config,
    );
    const turns = await person.memory.transcript.turns("t");
    expect(history).toHaveLength(2);
    expect(turns.map(({ stimulus }) => stimulus.map(({ text }) => text))).toEqual([["One."], ["Two."]]);
    await person.close();
  });

  it("takes a host's system message as scene", async () => {
    const model = scriptedAgents();
    const person = await open({ model });
    const { SystemMessage } = await import("@langchain/core/messages");
    await person.graph.invoke(
      { messages: [new SystemMessage("On the night ferry."), new HumanMessage("Cold?")] },
      { configurable: { thread_id: "t" } },
    );
    expect(promptsOf(model, "respond")[0]).toMatch(/<scene>\nOn the night ferry\.\n<\/scene>/u);
    await person.close();
  });
});
