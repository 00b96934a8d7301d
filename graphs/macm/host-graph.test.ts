import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AIMessage, type BaseMessage, HumanMessage, SystemMessage } from "@langchain/core/messages";
import {
  END,
  MemorySaver,
  MessagesAnnotation,
  MessagesValue,
  START,
  StateGraph,
  StateSchema,
} from "@langchain/langgraph";
import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import {
  callsOf,
  promptsOf,
  anna as scripted,
  scriptedAgents,
} from "../../dev/doubles/graphs/scripted-agents.js";
import type { SimulacrumOptions } from "../simulacrum/options.js";
import { createSimulacrum, type Simulacrum } from "../simulacrum/simulacrum.js";

// The graph inside a host's graph, and called by hosts that keep the conversation themselves.

const opened: Simulacrum[] = [];
afterEach(async () => {
  for (const person of opened.splice(0)) await person.close();
});

async function open(options: Partial<SimulacrumOptions> = {}) {
  const model = scriptedAgents({ respond: ({ said }) => `Re: ${said.split("\n").at(-1)?.slice(0, 60)}` });
  const person = await createSimulacrum({ character: scripted, model, embeddings: "lexical", ...options });
  opened.push(person);
  return { person, model };
}

const t = { configurable: { thread_id: "t" } };
const texts = (messages: readonly BaseMessage[]) => messages.map(({ text }) => text);
const storedIn = async (person: Simulacrum, thread = "t") =>
  (await person.memory.transcript.turns(thread)).map(({ stimulus, answer }) => [
    ...stimulus.map(({ text }) => text),
    answer.text,
  ]);

describe("inside a host's graph", () => {
  it("leaves the host's keys of the same names alone", async () => {
    const { person } = await open();
    const HostState = new StateSchema({
      messages: MessagesValue,
      mood: z.string().default("the host's mood"),
      thought: z.string().default("the host's thought"),
      feeling: z.number().default(7),
      memories: z.array(z.string()).default(() => ["the host's memory"]),
      reflection: z.string().default("the host's reflection"),
      earlier: z.string().default("the host's earlier"),
    });
    const host = new StateGraph(HostState)
      .addNode("anna", person.graph)
      .addEdge(START, "anna")
      .addEdge("anna", END)
      .compile();
    const out = await host.invoke({ messages: [new HumanMessage("What did your father build?")] }, t);
    expect(out).toMatchObject({
      mood: "the host's mood",
      thought: "the host's thought",
      feeling: 7,
      memories: ["the host's memory"],
      reflection: "the host's reflection",
      earlier: "the host's earlier",
    });
    expect(texts(out.messages)).toEqual(["What did your father build?", "Re: What did your father build?"]);
    expect(out.messages.at(-1)?.name).toBe("anna-berg");
  });

  it.each([true, false])("stores one stimulus a turn (host with checkpointer: %s)", async (keeps) => {
    const { person, model } = await open();
    const host = new StateGraph(MessagesAnnotation)
      .addNode("anna", person.graph)
      .addEdge(START, "anna")
      .addEdge("anna", END)
      .compile(keeps ? { checkpointer: new MemorySaver() } : {});
    let history: { role: string; content: string }[] = [];
    for (const said of ["One.", "Two.", "Two.", "Three."]) {
      const asked = { role: "user", content: said };
      const out = await host.invoke({ messages: keeps ? [asked] : [...history, asked] }, t);
      history = [...history, asked, { role: "assistant", content: out.messages.at(-1)?.text ?? "" }];
      expect(texts(out.messages)).toEqual(history.map(({ content }) => content));
    }
    expect(await storedIn(person)).toEqual([
      ["One.", "Re: One."],
      ["Two.", "Re: Two."],
      ["Two.", "Re: Two."],
      ["Three.", "Re: Three."],
    ]);
    expect(
      promptsOf(model, "respond")
        .at(-1)
        ?.match(/Re: Two\./gu),
    ).toHaveLength(2);
  });

  it.each(["in the process", "in a file"])("answers without a thread (memory %s)", async (where) => {
    const home = where === "in a file" ? await mkdtemp(join(tmpdir(), "simulacra-host-")) : undefined;
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => unhandled.push(reason);
    process.on("unhandledRejection", note);
    try {
      const { person } = await open(home === undefined ? {} : { home });
      const host = new StateGraph(MessagesAnnotation)
        .addNode("anna", person.graph)
        .addEdge(START, "anna")
        .addEdge("anna", END)
        .compile();
      for (const graph of [host, person.graph]) {
        const out = await graph.invoke({ messages: [new HumanMessage("Hello there.")] });
        expect(texts(out.messages)).toEqual(["Hello there.", "Re: Hello there."]);
      }
      const streamed = await person.graph.stream({ messages: [new HumanMessage("And you?")] });
      const ran: string[] = [];
      for await (const chunk of streamed) ran.push(...Object.keys(chunk));
      expect(ran.at(-1)).toBe("remember");
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(await person.memory.list({ kinds: ["short", "long"] })).toEqual([]);
      await person.close();
      expect(unhandled).toEqual([]);
    } finally {
      process.off("unhandledRejection", note);
      if (home !== undefined) await rm(home, { recursive: true, force: true });
    }
  });

  it("lets two of them talk, with a moderator", async () => {
    const bert = { ...scripted, id: "bert-lind", name: "Bert Lind" };
    const { person: anna, model } = await open();
    const { person: other, model: otherModel } = await open({ character: bert });
    const host = new StateGraph(MessagesAnnotation)
      .addNode("moderator", ({ messages }) => ({
        messages: new AIMessage({ content: `Round ${messages.length}.`, name: "moderator" }),
      }))
      .addNode("anna", anna.graph)
      .addNode("bert", other.graph)
      .addEdge(START, "moderator")
      .addEdge("moderator", "anna")
      .addEdge("anna", "bert")
      .addConditionalEdges("bert", ({ messages }) => (messages.length < 7 ? "moderator" : END))
      .compile();
    const out = await host.invoke({ messages: [new HumanMessage("Talk about boats.")] }, t);
    expect(out.messages.map(({ name }) => name)).toEqual([
      undefined,
      "moderator",
      "anna-berg",
      "bert-lind",
      "moderator",
      "anna-berg",
      "bert-lind",
    ]);
    expect((await storedIn(anna)).map((turn) => turn.length)).toEqual([3, 3]);
    expect((await storedIn(other)).map((turn) => turn.length)).toEqual([4, 3]);
    // Each hears the other by name and reads its own words as its own.
    expect(promptsOf(model, "respond").at(-1)).toContain("bert-lind: Re:");
    expect(promptsOf(model, "respond").at(-1)).toContain("moderator: Round 4.");
    expect(promptsOf(otherModel, "respond").at(-1)).toContain("anna-berg: Re:");
    const own =
      callsOf(model, "respond")
        .at(-1)
        ?.messages.filter(({ type }) => type === "ai") ?? [];
    expect(own).toHaveLength(1);
  });

  it("is stateless without a thread", async () => {
    const { person } = await open();
    const history = [new HumanMessage("One."), new AIMessage("First."), new HumanMessage("Two?")];
    const out = await person.graph.invoke({ messages: history });
    expect(texts(out.messages)).toEqual(["One.", "First.", "Two?", "Re: Two?"]);
    expect(await person.memory.list({ kinds: ["short", "long"] })).toEqual([]);
    expect(await storedIn(person)).toEqual([]);
  });
});

describe("a host that keeps the conversation", () => {
  it("asks again after a failed turn without being heard twice", async () => {
    let down = false;
    const model = scriptedAgents({ respond: () => (down ? new Error("down") : "Aye.") });
    const { person } = await open({ model });
    await person.graph.invoke({ messages: [new HumanMessage("One.")] }, t);
    const resent = () => [new HumanMessage("One."), new AIMessage("Aye."), new HumanMessage("Two.")];
    down = true;
    await expect(person.graph.invoke({ messages: resent() }, t)).rejects.toThrow();
    down = false;
    await person.graph.invoke({ messages: resent() }, t);
    expect(await storedIn(person)).toEqual([
      ["One.", "Aye."],
      ["Two.", "Aye."],
    ]);
  });

  it("gets another answer to the same words, in place of the first", async () => {
    let answers = 0;
    const model = scriptedAgents({ respond: () => `Answer ${++answers}.` });
    const { person } = await open({ model });
    await person.graph.invoke({ messages: [new HumanMessage("One.")] }, t);
    await person.graph.invoke({ messages: [new HumanMessage("Two.")] }, t);
    const history = [new HumanMessage("One."), new AIMessage("Answer 1."), new HumanMessage("Two.")];
    const out = await person.graph.invoke({ messages: history }, t);
    expect(texts(out.messages)).toEqual(["One.", "Answer 1.", "Two.", "Answer 3."]);
    expect(await storedIn(person)).toEqual([
      ["One.", "Answer 1."],
      ["Two.", "Answer 3."],
    ]);
  });

  it("sends only the newest words to a graph without checkpointer: what was before is known, and not put out", async () => {
    const { person, model } = await open();
    for (const said of ["My boat is called Heron.", "It is green.", "And old."]) {
      const scene = new SystemMessage("On the night ferry.");
      const out = await person.graph.invoke({ messages: [scene, new HumanMessage(said)] }, t);
      expect(texts(out.messages)).toEqual(["On the night ferry.", said, `Re: ${said}`]);
    }
    const spoken = promptsOf(model, "respond").at(-1) ?? "";
    expect(spoken.indexOf("Heron")).toBeGreaterThan(0);
    expect(spoken.indexOf("Heron")).toBeLessThan(spoken.indexOf("green"));
    expect(spoken).toContain("On the night ferry.");
    expect(await storedIn(person)).toHaveLength(3);
  });

  it("loses its checkpoints, and the conversation goes on as long as working memory holds it", async () => {
    const checkpointer = new MemorySaver();
    const { person, model } = await open({ checkpointer });
    for (const said of ["My boat is called Heron.", "It is green."]) await person.ask(said, { thread: "t" });
    await checkpointer.deleteThread("t");
    for (const said of ["And old.", "And slow."]) {
      await person.graph.invoke({ messages: [new HumanMessage(said)] }, t);
      expect(promptsOf(model, "respond").at(-1)).toMatch(/Heron[\s\S]*green[\s\S]*And old/u);
    }
    for (let turn = 0; turn < 3; turn++) await person.withdraw("t");
    await person.ask("Well?", { thread: "t" });
    expect(promptsOf(model, "respond").at(-1)).toContain("Heron");
    expect(promptsOf(model, "respond").at(-1)).not.toMatch(/green|old|slow/u);
    expect(await storedIn(person)).toHaveLength(2);
  });

  it.each([false, true])(
    "delivers words again, by their id: they are answered anew and stored once (checkpointer: %s)",
    async (keeps) => {
      let answers = 0;
      const model = scriptedAgents({ respond: () => `Answer ${++answers}.` });
      const { person } = await open({ model, ...(keeps && { checkpointer: new MemorySaver() }) });
      for (const id of ["1", "1", "2", "2"])
        await person.graph.invoke({ messages: [new HumanMessage({ content: `Said ${id}.`, id })] }, t);
      expect(await storedIn(person)).toEqual([
        ["Said 1.", "Answer 2."],
        ["Said 2.", "Answer 4."],
      ]);
    },
  );

  it("is heard again after a failure that was not its own", async () => {
    const { person } = await open();
    const { transcript } = person.memory;
    const message = new HumanMessage({ content: "Hello.", id: "1" });
    await person.graph.invoke({ messages: [new HumanMessage("Before.")] }, t);
    const { begin } = transcript;
    transcript.begin = () => Promise.reject(new Error("disk full"));
    await expect(person.graph.invoke({ messages: [message] }, t)).rejects.toThrow("disk full");
    transcript.begin = begin;
    await person.graph.invoke({ messages: [message] }, t);
    expect((await storedIn(person)).at(-1)).toEqual(["Hello.", "Re: Hello."]);
  });

  it("tells the scene anew each time, or changes it", async () => {
    const { person, model } = await open();
    for (const scene of ["On the pier.", "On the pier.", "In the wheelhouse."]) {
      await person.graph.invoke({ messages: [new SystemMessage(scene), new HumanMessage("Cold?")] }, t);
    }
    expect(promptsOf(model, "respond").at(-1)).toMatch(
      /<scene>\nOn the pier\.\nIn the wheelhouse\.\n<\/scene>/u,
    );
  });

  it("need not say who is present for the names of several to be known", async () => {
    const { person, model } = await open();
    const messages = [
      new HumanMessage({ content: "I am cold.", name: "Lena" }),
      new HumanMessage({ content: "I am not.", name: "Mo" }),
    ];
    await person.graph.invoke({ messages }, t);
    for (const agent of ["reflect", "think", "feel", "respond"] as const) {
      expect(promptsOf(model, agent)[0], agent).toContain("Lena: I am cold.\nMo: I am not.");
      expect(promptsOf(model, agent)[0], agent).toMatch(/Talking with: Lena.*; Mo/u);
    }
  });
});

describe("a memory that fails", () => {
  it("keeps what was recalled before in the same turn", async () => {
    const { person, model } = await open({ wiring: "beside" });
    const recall = person.memory.recall.bind(person.memory);
    let asked = 0;
    person.memory.recall = (...given) =>
      ++asked === 1 ? recall(...given) : Promise.reject(new Error("the disk is gone"));
    const turn = await person.ask("What did your father Olaf build from larch?", { thread: "t" });
    expect(asked).toBe(2);
    expect(turn.degraded).toEqual(["memory"]);
    expect(turn.mind?.memories.map(({ id }) => id)).toContain("life/001");
    expect(promptsOf(model, "respond")[0]).toContain("built boats from larch");
  });

  it("is told to the voice where a memory was asked for", async () => {
    const { person, model } = await open();
    person.memory.recall = () => Promise.reject(new Error("the disk is gone"));
    const turn = await person.ask("What did your father build?", { thread: "t" });
    expect(turn.degraded).toEqual(["memory"]);
    expect(promptsOf(model, "respond")[0]).toContain("cannot call up your memories right now");
    await person.ask("Good morning.", { thread: "t" });
    expect(promptsOf(model, "respond")[1]).not.toContain("cannot call up your memories");
  });
});
