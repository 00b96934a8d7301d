import { BaseCallbackHandler } from "@langchain/core/callbacks/base";
import { awaitAllCallbacks } from "@langchain/core/callbacks/promises";
import { HumanMessage } from "@langchain/core/messages";
import { LangChainTracer } from "@langchain/core/tracers/tracer_langchain";
import { END, MessagesAnnotation, START, StateGraph } from "@langchain/langgraph";
import { Client } from "langsmith";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { anna, type Script, scriptedAgents } from "../../dev/doubles/graphs/scripted-agents.js";
import { type RunNode, TraceServer } from "../../dev/doubles/models/trace-server.js";
import type { Method } from "../../graphs/methods.js";
import { constructMemories } from "../memory-construction/construct-memories.js";
import type { SimulacrumOptions } from "./options.js";
import { createSimulacrum } from "./simulacrum.js";

const ben = { id: "ben", name: "Ben" };
let server: TraceServer;
beforeAll(async () => {
  // LangChain makes one client of a process, of what the environment says when the first run begins.
  server = await TraceServer.start();
  for (const [name, value] of Object.entries(server.env)) vi.stubEnv(name, value);
});
afterEach(async () => {
  await awaitAllCallbacks();
  server.runs.clear();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await server.close();
});

/** Callbacks of one request of a host, and all the words that they were told. */
class Listening extends BaseCallbackHandler {
  name = "listening";
  words = "";
  override handleChainStart = (_: unknown, inputs: unknown) => this.hear(inputs);
  override handleChainEnd = (outputs: unknown) => this.hear(outputs);
  private hear(what: unknown): void {
    this.words += JSON.stringify(what);
  }
}

const open = (options: Partial<SimulacrumOptions> = {}, script: Script = {}) =>
  createSimulacrum({ character: anna, embeddings: "lexical", model: scriptedAgents(script), ...options });

/** What a reader sees: names with those below them, without what LangGraph hides. */
const outline = ({ name, children }: RunNode): unknown => {
  const shown = children.filter(({ tags }) => !tags?.includes("langsmith:hidden")).map(outline);
  return shown.length === 0 ? name : { [name ?? ""]: shown };
};
const all = (run: RunNode): RunNode[] => [run, ...run.children.flatMap(all)];
const sent = async () => {
  await awaitAllCallbacks();
  return server.trees();
};

describe("a turn as LangSmith gets it", () => {
  it("is one trace with the agents as named runs", async () => {
    const person = await open();
    await person.ask("What did your father Olaf build?", { thread: "t1", interlocutor: ben });
    const trees = await sent();
    expect(trees.map(outline)).toEqual([
      {
        "anna-berg-macm": [
          "begin_turn",
          { reflect: ["top"] },
          { recall: ["memories"] },
          { feel: ["emotion"] },
          { think: ["thinking"] },
          { respond: ["respond"] },
          "remember",
        ],
      },
    ]);
    for (const run of trees.flatMap(all)) {
      expect(run.tags).toEqual(
        expect.arrayContaining(["kind:turn", "character:anna-berg", "method:macm", "thread:t1"]),
      );
      expect(run.extra?.metadata).toMatchObject({
        character: "anna-berg",
        method: "macm",
        wiring: "drawn",
        model: "scripted",
        embeddingModel: "lexical-384",
        thread_id: "t1",
        promptVersions: expect.stringContaining("respond"),
      });
      expect(run).toMatchObject({ session_name: "simulacra-tests", end_time: expect.anything() });
    }
    await person.close();
  });

  it("shows what was recalled with its score parts, and the shares of each prompt", async () => {
    const person = await open();
    await person.ask("What did your father Olaf build?", { thread: "t1", interlocutor: ben });
    const runs = (await sent()).flatMap(all);
    const memories = runs.find(({ name }) => name === "memories");
    expect(memories).toMatchObject({
      run_type: "retriever",
      outputs: {
        documents: [
          { metadata: { lexical: expect.any(Number), support: expect.any(Number), source: { key: "001" } } },
        ],
      },
    });
    const spoken = runs.find(({ name, run_type }) => name === "respond" && run_type === "llm");
    expect(JSON.parse(String(spoken?.extra?.metadata?.sections))).toEqual(
      expect.arrayContaining([
        { name: "memories", tokens: expect.any(Number) },
        { name: "just-said", tokens: expect.any(Number) },
      ]),
    );
    await person.close();
  });

  it.each<[Method, string[]]>([
    ["rag", ["retrieve", "respond", "remember"]],
    ["prompt", ["respond", "remember"]],
    ["blank", ["respond", "remember"]],
  ])("of %s has its nodes", async (method, nodes) => {
    const person = await open({ method });
    await person.ask("Hello.", { thread: "t1" });
    const [turn, ...more] = await sent();
    expect(more).toEqual([]);
    expect(turn?.name).toBe(`anna-berg-${method}`);
    expect(turn?.children.map(({ name }) => name)).toEqual(expect.arrayContaining(nodes));
    expect(turn?.tags).toContain(`method:${method}`);
    await person.close();
  });

  it("stays one trace when a reply is asked again, and says so", async () => {
    let asked = 0;
    const person = await open(
      {},
      {
        reflect: () =>
          ++asked === 1 ? "no JSON" : '{"keyElements":["x"],"asksForMemory":false,"queries":["x"]}',
      },
    );
    await person.ask("Hello.", { thread: "t1" });
    const trees = await sent();
    expect(trees).toHaveLength(1);
    const tops = trees.flatMap(all).filter(({ name }) => name === "top");
    expect(tops.map(({ extra }) => extra?.metadata?.reask ?? false)).toEqual([false, true]);
    expect(tops[1]?.tags).toContain("reask");
    await person.close();
  });

  it("tells what failed, and ends", async () => {
    const person = await open({}, { respond: () => new Error("The voice is hoarse.") });
    await person.ask("Hello.", { thread: "t1" }).catch(() => undefined);
    const [turn, ...more] = await sent();
    expect(more).toEqual([]);
    expect(turn?.error).toContain("hoarse");
    expect(turn?.end_time).toBeTruthy();
    await person.close();
  });

  it("hangs below the run of a host's graph", async () => {
    const person = await open();
    const host = new StateGraph(MessagesAnnotation)
      .addNode("anna", person.graph)
      .addEdge(START, "anna")
      .addEdge("anna", END)
      .compile({ name: "host" });
    await host.invoke({ messages: [new HumanMessage("Hello.")] }, { configurable: { thread_id: "h1" } });
    const [tree, ...more] = await sent();
    expect(more).toEqual([]);
    const runs = tree ? all(tree) : [];
    expect(tree?.name).toBe("host");
    expect(runs.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["anna-berg-macm", "think", "thinking"]),
    );
    expect(runs.find(({ name }) => name === "thinking")?.tags).toEqual(
      expect.arrayContaining(["character:anna-berg", "thread:h1"]),
    );
    await person.close();
  });

  it("tags the thread of a host that invokes the graph itself", async () => {
    const person = await open();
    await person.graph.invoke(
      { messages: [new HumanMessage("Hello.")] },
      { configurable: { thread_id: "h2" } },
    );
    const [tree] = await sent();
    expect(tree?.tags).toEqual(expect.arrayContaining(["character:anna-berg", "method:macm", "thread:h2"]));
    await person.close();
  });
});

describe("other work", () => {
  it("is a trace of its own: consolidation", async () => {
    const person = await open();
    await person.ask("My uncle Rui repairs accordions in a cellar in Porto.", {
      thread: "1",
      interlocutor: ben,
    });
    for (const thread of ["2", "3"])
      await person.ask("What does my uncle Rui repair in that cellar in Porto?", {
        thread,
        interlocutor: ben,
      });
    await person.consolidate();
    const trees = await sent();
    expect(trees.map(({ name }) => name)).toEqual([
      ...Array.from({ length: 3 }, () => "anna-berg-macm"),
      "anna-berg-consolidation",
    ]);
    for (const run of all(trees[3] as RunNode))
      expect(run.tags).toEqual(expect.arrayContaining(["kind:consolidation", "character:anna-berg"]));
    await person.close();
  });

  it("is shown to those who watch the same people's turns: consolidation", async () => {
    const person = await open();
    const [bens, carlas] = [new Listening(), new Listening()];
    const heard = { thread: "b", interlocutor: ben, callbacks: [bens] };
    await person.ask("My uncle Rui repairs accordions in a cellar in Porto.", heard);
    for (const thread of ["b2", "b3"])
      await person.ask("What does my uncle Rui repair in that cellar in Porto?", { ...heard, thread });
    bens.words = "";
    await person.ask("Hello.", { thread: "c", interlocutor: { id: "carla" }, callbacks: [carlas] });
    expect((await person.consolidate()).consolidated).toBe(1);
    expect(carlas.words).toContain("Hello.");
    expect(carlas.words + bens.words).not.toContain("accordions");

    const more = { ...heard, thread: "b4" };
    await person.ask("My aunt Ilse keeps eleven herons behind the sawmill in Lugo.", more);
    for (const thread of ["b5", "b6"])
      await person.ask("What does my aunt Ilse keep behind the sawmill in Lugo?", { ...more, thread });
    bens.words = "";
    expect((await person.consolidate()).consolidated).toBeGreaterThan(0);
    expect(bens.words).toContain("herons");
    await person.close();
  });

  it("is a trace of its own: each passage that becomes a memory", async () => {
    const person = await open();
    await constructMemories({ character: anna, model: scriptedAgents(), store: person.memory.store });
    const trees = await sent();
    expect(trees.map(({ name, tags }) => [name, tags?.includes("kind:construction")])).toEqual([
      ["anna-berg-memory-construction", true],
      ["anna-berg-memory-construction", true],
    ]);
    await person.close();
  });
});

it("keeps words out where LangSmith is told to hide inputs and outputs", async () => {
  vi.stubEnv("LANGSMITH_HIDE_INPUTS", "true");
  vi.stubEnv("LANGSMITH_HIDE_OUTPUTS", "true");
  const own = await TraceServer.start();
  const client = new Client({ apiUrl: own.url, apiKey: "none" });
  const person = await open({}, { think: () => "QUIET THOUGHT" });
  await person.ask("A secret about larch.", {
    thread: "t9",
    interlocutor: ben,
    callbacks: [new LangChainTracer({ client })],
  });
  await client.awaitPendingTraceBatches();
  expect(own.trees().map(({ name }) => name)).toEqual(["anna-berg-macm"]);
  for (const word of ["larch", "QUIET", "Sandholm", "at ease"]) expect(own.everything).not.toContain(word);
  await person.close();
  await own.close();
  vi.stubEnv("LANGSMITH_HIDE_INPUTS", "false");
  vi.stubEnv("LANGSMITH_HIDE_OUTPUTS", "false");
});
