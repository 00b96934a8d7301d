import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  answerTo,
  ben,
  ida,
  StudioServer,
  say,
  servedGraphs,
  talkSchema,
  tokenOf,
} from "../../dev/doubles/apps/studio-server.js";

// The graphs of langgraph.json on LangGraph's local server, in this process, driven through the SDK. More of it, which
// takes longer, is in threads.long.ts, runs.long.ts and restart.long.ts (npm run long-test).

const graphs = Object.keys(await servedGraphs());
let studio: StudioServer;
beforeAll(async () => {
  studio = await StudioServer.start();
}, 60_000);
afterAll(() => studio.close());

describe("what Studio is told of the graphs", () => {
  it.each(graphs)("%s has a filled input and configuration form", async (graph) => {
    const { input_schema, config_schema } = await studio.client.assistants.getSchemas(graph);
    const talks = !["memory-construction", "consolidation"].includes(graph);
    const input = input_schema?.properties ?? {};
    expect(Object.keys(input)).toEqual([talks ? "messages" : graph === "consolidation" ? "seconds" : "part"]);
    if (talks) expect(input.messages).toMatchObject({ langgraph_type: "messages" });
    const form = config_schema?.properties ?? {};
    expect(form).toMatchObject({
      character: { default: "hester-tranter", enum: expect.arrayContaining(["hester-tranter"]) },
      model: { default: "openai:scripted" },
      agentModel: { default: "" },
      embeddings: { default: "lexical" },
    });
    expect("interlocutor" in form && "memoryMode" in form).toBe(talks);
    expect("wiring" in form).toBe(graph === "macm");
  });

  it("draws the agents inside", async () => {
    const nodes = async (graph: string) =>
      (await studio.client.assistants.getGraph(graph, { xray: true })).nodes.map(({ id }) => id);
    const inside = ["reflect", "recall", "think", "feel", "respond", "remember"];
    expect(await nodes("macm")).toEqual(expect.arrayContaining(inside.map((node) => `simulacrum:${node}`)));
    expect(await nodes("rag")).toContain("simulacrum:retrieve");
    expect(await nodes("memory-construction")).toContain("construct:construct_feeling");
    expect(await nodes("consolidation")).toContain("consolidate:weigh");
  });
});

describe("a talk through the SDK", () => {
  it("streams the voice alone as tokens, the agents as updates, the mind as values", async () => {
    const thread = await studio.newThread();
    const tokens: string[] = [];
    const nodes = new Set<string>();
    let values: unknown;
    for await (const { event, data } of studio.client.runs.stream(thread, "macm", {
      input: say("Who was Caleb Foss?"),
      context: ben,
      streamMode: ["messages-tuple", "updates", "values"],
      streamSubgraphs: true,
    })) {
      if (event.startsWith("messages")) tokens.push(tokenOf(data));
      if (event.startsWith("updates")) for (const node of Object.keys(data as object)) nodes.add(node);
      if (event === "values") values = data;
    }
    expect(tokens.length).toBeGreaterThan(3);
    expect(tokens.join("")).toBe(answerTo("Who was Caleb Foss?"));
    expect([...nodes]).toEqual(
      expect.arrayContaining(["reflect", "recall", "think", "feel", "respond", "remember", "simulacrum"]),
    );
    expect(values).toMatchObject({
      mind: {
        reflection: { asksForMemory: true },
        memories: expect.arrayContaining([
          expect.objectContaining({ text: expect.stringContaining("Caleb") }),
        ]),
        thought: "I wonder what they want from me.",
      },
      degraded: [],
      usage: { calls: 4 },
      disclosure: expect.stringContaining("computer-generated"),
    });
    expect(talkSchema.parse(values).messages.at(-1)?.name).toBe("hester-tranter");
    expect(await studio.stored(thread)).toEqual([["Who was Caleb Foss?", answerTo("Who was Caleb Foss?")]]);
  });

  it("streams tokens to a chat that does not ask for what happens inside, and nothing said before", async () => {
    const thread = await studio.newThread();
    await studio.told(thread, "Good morning to you.");
    const parts: string[] = [];
    for await (const { event, data } of studio.client.runs.stream(thread, "macm", {
      input: say("And how is the dog today?"),
      context: ben,
      streamMode: "messages-tuple",
    }))
      if (event === "messages") parts.push(tokenOf(data));
    expect(parts.length).toBeGreaterThan(3);
    expect(parts.join("")).toBe(answerTo("And how is the dog today?"));
  });

  it("keeps what one says from another, and knows each again in a new thread", async () => {
    const [bens, idas] = [await studio.newThread(), await studio.newThread()];
    await studio.told(bens, "My boat is called the Kittiwake and it lies in Stoke Bruerne.");
    await studio.told(idas, "My parrot Zebedee died on Sunday in his cage.", ida);
    studio.shown();
    await studio.told(await studio.newThread(), "What is my boat called, that lies in Stoke Bruerne?");
    expect(studio.agents.prompts.map(({ prompt }) => prompt).join()).toContain("Kittiwake");
    expect(studio.agents.prompts.map(({ prompt }) => prompt).join()).not.toContain("Zebedee");
    studio.shown();
    await studio.told(await studio.newThread(), "What was my parrot called, that died in his cage?", ida);
    expect(studio.agents.prompts.map(({ prompt }) => prompt).join()).toContain("Zebedee");
    expect(studio.agents.prompts.map(({ prompt }) => prompt).join()).not.toContain("Kittiwake");
  });
});
