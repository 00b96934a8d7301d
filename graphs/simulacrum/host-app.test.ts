import { AIMessage, type BaseMessage, HumanMessage, ToolMessage } from "@langchain/core/messages";
import { fakeModel } from "@langchain/core/testing";
import { tool } from "@langchain/core/tools";
import {
  END,
  MemorySaver,
  MessagesAnnotation,
  MessagesValue,
  START,
  StateGraph,
  StateSchema,
} from "@langchain/langgraph";
import { createAgent } from "langchain";
import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { anna, promptsOf, scriptedAgents } from "../../dev/doubles/graphs/scripted-agents.js";
import type { SimulacrumOptions } from "./options.js";
import { createSimulacrum, type Simulacrum } from "./simulacrum.js";

// What the app of somebody else sees of a simulacrum: in its streams, its state, its checkpoints and its agents.

const opened: Simulacrum[] = [];
afterEach(async () => {
  for (const person of opened.splice(0)) await person.close();
});

const INNER = "INNER";
/** Anna, whose inner agents all say INNER. */
async function open(options: Partial<SimulacrumOptions> = {}) {
  const model = scriptedAgents({
    reflect: () => JSON.stringify({ keyElements: [INNER], asksForMemory: true, queries: [INNER] }),
    think: () => `${INNER} thought`,
    feel: () => JSON.stringify({ text: `${INNER} feeling`, valence: 0, arousal: 0.2 }),
    respond: ({ said }) => `Re: ${said.split("\n").at(-1)?.slice(0, 40)}`,
  });
  const person = await createSimulacrum({ character: anna, model, embeddings: "lexical", ...options });
  opened.push(person);
  return { person, model };
}

const hostOf = (person: Simulacrum) =>
  new StateGraph(MessagesAnnotation)
    .addNode("anna", person.graph)
    .addEdge(START, "anna")
    .addEdge("anna", END)
    .compile();

const agentTalkingTo = (person: Simulacrum) =>
  createAgent({
    name: "host",
    model: fakeModel()
      .respondWithTools([{ name: "talk_to_anna-berg", args: { message: "Hello Anna" }, id: "1" }])
      .respond(new AIMessage("She says hello.")),
    tools: [person.asTool()],
    checkpointer: new MemorySaver(),
  });

const inThread = (thread: string) => ({ configurable: { thread_id: thread } });
const long = (turn: number) => new HumanMessage(`Turn ${turn}. ${"the grey ferry left at noon ".repeat(60)}`);

interface Heard {
  message: BaseMessage;
  node: unknown;
  speaker: unknown;
}

/** What comes out of streamMode "messages", with or without subgraphs. */
async function heardFrom(stream: AsyncIterable<unknown>, subgraphs: boolean): Promise<Heard[]> {
  const heard: Heard[] = [];
  for await (const event of stream) {
    const [message, meta] = (subgraphs ? (event as [string[], unknown])[1] : event) as [
      BaseMessage,
      Record<string, unknown>,
    ];
    heard.push({ message, node: meta.langgraph_node, speaker: meta.lc_agent_name });
  }
  return heard;
}

describe.each([false, true])("a host's message stream (subgraphs: %s)", (subgraphs) => {
  it.each([
    ["without checkpoints", {}],
    ["with checkpoints", { checkpointer: new MemorySaver() }],
  ] as const)("carries the answer only, turn after turn, %s", async (_name, options) => {
    const { person } = await open({ ...options, contextTokens: 2048 });
    const host = hostOf(person);
    // Long turns: the window overflows, and is written anew.
    for (let turn = 0; turn < 3; turn++) {
      const stream = await host.stream(
        { messages: [long(turn)] },
        { ...inThread("t"), streamMode: "messages", subgraphs },
      );
      const heard = await heardFrom(stream, subgraphs);
      expect(heard.map(({ message }) => message.text).join("")).toMatch(new RegExp(`^Re: Turn ${turn}`, "u"));
      expect(new Set(heard.map(({ node }) => node))).toEqual(new Set(["respond"]));
      expect(new Set(heard.map(({ message }) => message.id)).size).toBe(1);
      expect(new Set(heard.map(({ speaker }) => speaker))).toEqual(new Set(["anna-berg"]));
    }
    expect(await person.memory.list({ kinds: ["short"] })).not.toEqual([]);
  });

  it("tells the agent's words from those of the person it talks to", async () => {
    const { person } = await open();
    const agent = agentTalkingTo(person);
    const stream = await agent.stream(
      { messages: [new HumanMessage("Say hello to Anna.")] },
      { ...inThread("t"), streamMode: "messages", subgraphs },
    );
    const heard = await heardFrom(stream, subgraphs);
    const saidBy = (name: string) =>
      heard
        .filter(({ speaker, message }) => speaker === name && !ToolMessage.isInstance(message))
        .map(({ message }) => message.text)
        .join("");
    expect(saidBy("anna-berg")).toBe("Re: Hello Anna");
    expect(saidBy("host")).toContain("She says hello.");
    // The turn's mind travels in the tool message's artifact, for programs; no text holds it.
    expect(heard.map(({ message }) => message.text).join("\n")).not.toContain(INNER);
  });
});

describe("a host's events", () => {
  it("mark every inner call, so that a filter by tag leaves the answer", async () => {
    const { person } = await open();
    const untagged: string[] = [];
    const inner = new Set<string>();
    const events = hostOf(person).streamEvents(
      { messages: [new HumanMessage("Cold?")] },
      { version: "v2", ...inThread("t") },
    );
    for await (const { event, data, tags, name } of events) {
      if (event !== "on_chat_model_stream") continue;
      if (tags?.includes("nostream")) inner.add(name);
      else untagged.push(data.chunk.text);
    }
    expect(untagged.join("")).toBe("Re: Cold?");
    expect([...inner].sort()).toEqual(["emotion", "thinking", "top"]);
  });
});

describe("asked inside a host's node or tool", () => {
  it("keeps its own conversation, and leaves nothing in the host's checkpoints", async () => {
    const { person, model } = await open();
    const checkpointer = new MemorySaver();
    const host = new StateGraph(MessagesAnnotation)
      .addNode("ask", async ({ messages }) => ({
        messages: new AIMessage((await person.ask(messages.at(-1)?.text ?? "", { thread: "inner" })).answer),
      }))
      .addEdge(START, "ask")
      .addEdge("ask", END)
      .compile({ checkpointer });
    for (const said of ["My boat is called Heron.", "It leaks."])
      await host.invoke({ messages: [new HumanMessage(said)] }, inThread("outer"));
    const own = await person.memory.transcript.turns("inner");
    expect(own.map(({ stimulus, answer }) => [...stimulus, answer].map(({ text }) => text))).toEqual([
      ["My boat is called Heron.", "Re: My boat is called Heron."],
      ["It leaks.", "Re: It leaks."],
    ]);
    expect(promptsOf(model, "respond").at(-1)).toContain("Heron");
    expect(Object.keys(checkpointer.storage)).toEqual(["outer"]);
    expect(JSON.stringify(await host.getState(inThread("outer")))).not.toContain(INNER);
  });

  it("runs within the host's trace", async () => {
    const { person } = await open();
    const parents = new Map<string, string | undefined>();
    const names = new Map<string, string>();
    const note = (name: string | undefined, id: string, parent: string | undefined) => {
      parents.set(id, parent);
      names.set(id, name ?? "");
    };
    const callbacks = [
      {
        handleChainStart: (
          _chain: unknown,
          _inputs: unknown,
          id: string,
          parent?: string,
          _tags?: string[],
          _meta?: object,
          _type?: string,
          name?: string,
        ) => note(name, id, parent),
        handleToolStart: (
          _tool: unknown,
          _input: string,
          id: string,
          parent?: string,
          _tags?: string[],
          _meta?: object,
          name?: string,
        ) => note(name, id, parent),
      },
    ];
    await agentTalkingTo(person).invoke(
      { messages: [new HumanMessage("Say hello to Anna.")] },
      { ...inThread("t"), callbacks },
    );
    const think = [...names].find(([, name]) => name === "think")?.[0];
    const above: string[] = [];
    for (let id = think && parents.get(think); id !== undefined; id = parents.get(id))
      above.push(names.get(id) ?? "");
    expect(above[0]).toBe("anna-berg-macm");
    expect(above).toContain("talk_to_anna-berg");
    expect(above.at(-1)).toBe("host");
  });

  it("stops when the host is stopped", async () => {
    const model = scriptedAgents({}, { latencyMs: 200 });
    const person = await createSimulacrum({ character: anna, model, embeddings: "lexical" });
    opened.push(person);
    const stop = new AbortController();
    const run = person.asTool().invoke({ message: "Hello" }, { signal: stop.signal });
    setTimeout(() => stop.abort(), 50);
    await expect(run).rejects.toThrow();
    expect(promptsOf(model, "respond")).toEqual([]);
  });
});

describe("as a tool of an agent", () => {
  it("remembers the caller's thread, and accounts for the turn in the artifact", async () => {
    const { person } = await open();
    const { messages } = await agentTalkingTo(person).invoke(
      { messages: [new HumanMessage("Say hello to Anna.")] },
      inThread("t"),
    );
    const told = messages.find(ToolMessage.isInstance);
    expect(told?.content).toBe("Re: Hello Anna");
    expect(told?.artifact).toMatchObject({
      degraded: [],
      thread: "t",
      mind: { thought: `${INNER} thought` },
    });
    expect(await person.memory.transcript.turns("t")).toHaveLength(1);
  });
});

describe("as a subagent", () => {
  const state = new StateSchema({
    messages: MessagesValue,
    mind: z.string().default("the host's mind"),
    degraded: z.string().default("the host's"),
    interlocutor: z.string().default("the host's interlocutor"),
    present: z.number().default(3),
    mood: z.string().default("the host's mood"),
    thought: z.string().default("the host's thought"),
    feeling: z.string().default("the host's feeling"),
    memories: z.array(z.string()).default(() => ["the host's memory"]),
  });

  it("reads and writes messages only, whatever else the host keeps, and says who speaks", async () => {
    const { person } = await open();
    const anna = person.asSubagent({ interlocutor: { id: "ben", name: "Ben" } });
    expect(anna).toMatchObject({ name: "anna-berg", description: expect.stringContaining("an AI plays") });
    const host = new StateGraph(state)
      .addNode("delegate", anna.runnable)
      .addEdge(START, "delegate")
      .addEdge("delegate", END)
      .compile();
    const stream = await host.stream(
      { messages: [new HumanMessage("What did your father build?")] },
      { ...inThread("t"), streamMode: ["messages", "values"] },
    );
    let values: unknown;
    const speakers = new Set<unknown>();
    for await (const [mode, payload] of stream) {
      if (mode === "values") values = payload;
      else speakers.add((payload[1] as Record<string, unknown>).lc_agent_name);
    }
    expect(values).toMatchObject({
      mind: "the host's mind",
      degraded: "the host's",
      interlocutor: "the host's interlocutor",
      present: 3,
      mood: "the host's mood",
      thought: "the host's thought",
      feeling: "the host's feeling",
      memories: ["the host's memory"],
    });
    expect(speakers).toEqual(new Set(["anna-berg"]));
    expect((await person.memory.transcript.turns("t"))[0]?.audience).toEqual(["ben"]);
  });

  it("works as the `task` tool of deep agents calls it, with and without a thread", async () => {
    const { person } = await open();
    const { name, runnable } = person.asSubagent();
    const task = tool(
      async ({ description }: { description: string }, config) => {
        const { messages } = await runnable.invoke({ messages: [new HumanMessage(description)] }, config);
        return messages.at(-1)?.text ?? "";
      },
      { name: "task", description: name, schema: z.object({ description: z.string() }) },
    );
    for (const thread of ["t", undefined]) {
      const agent = createAgent({
        model: fakeModel()
          .respondWithTools([{ name: "task", args: { description: "Greet me." }, id: "1" }])
          .respond(new AIMessage("Done.")),
        tools: [task],
      });
      const config = thread === undefined ? {} : inThread(thread);
      const { messages } = await agent.invoke({ messages: [new HumanMessage("Go.")] }, config);
      expect(messages.find(ToolMessage.isInstance)?.content).toBe("Re: Greet me.");
    }
    expect(await person.memory.transcript.turns("t")).toHaveLength(1);
  });

  it("knows a history that is sent again", async () => {
    const { person } = await open();
    const { runnable } = person.asSubagent();
    let messages: BaseMessage[] = [];
    for (const said of ["One.", "Two.", "Three."]) {
      ({ messages } = await runnable.invoke(
        { messages: [...messages, new HumanMessage(said)] },
        inThread("t"),
      ));
    }
    const turns = await person.memory.transcript.turns("t");
    expect(turns.map(({ stimulus }) => stimulus.map(({ text }) => text))).toEqual([
      ["One."],
      ["Two."],
      ["Three."],
    ]);
  });
});

describe("its memory in a host", () => {
  it("is a store of the host's graph, of one owner", async () => {
    const { person } = await open({ contextTokens: 2048 });
    const ben = { id: "ben", name: "Ben" };
    await person.ask("I hid the necklace under the third floorboard.", { thread: "b", interlocutor: ben });
    await person.ask("Something else, about tide tables.", { thread: "b2", interlocutor: ben });
    const found = async (owner?: string) => {
      const host = new StateGraph(MessagesAnnotation)
        .addNode("look", async (_state, { store }) => ({
          messages: new AIMessage(JSON.stringify(await store?.search([], { query: "necklace", limit: 20 }))),
        }))
        .addEdge(START, "look")
        .addEdge("look", END)
        .compile({ store: person.asStore(owner === undefined ? {} : { owner }) });
      return (await host.invoke({ messages: [] })).messages.at(-1)?.text ?? "";
    };
    expect(await found("ben")).toContain("floorboard");
    for (const owner of [undefined, "carl"]) {
      expect(await found(owner)).toContain("larch");
      expect(await found(owner)).not.toContain("floorboard");
    }
    const [first] = await person.asRetriever({ owner: "ben" }).invoke("Where is the necklace?");
    expect(first?.metadata.source).toMatchObject({ kind: "thread", thread: "b" });
    expect(await person.asRetriever().invoke("Where is the necklace, under which floorboard?")).toEqual([]);
  });
});
