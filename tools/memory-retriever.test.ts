import { RunnablePassthrough, RunnableSequence } from "@langchain/core/runnables";
import { describe, expect, it } from "vitest";
import { memoryWithConfidences } from "../dev/doubles/tools/memory-with-confidences.js";
import { MemoryRetriever } from "./memory-retriever.js";

const memory = await memoryWithConfidences();
const compass = "Where did I bury the brass compass?";

describe("a memory as a retriever", () => {
  it("says of every document why it was found and where it comes from", async () => {
    const [first] = await new MemoryRetriever(memory, { k: 1 }).invoke(
      "Who kept the lamp of the lighthouse?",
    );
    expect(first?.pageContent).toContain("My father kept the lamp");
    expect(first?.metadata).toMatchObject({
      id: "life/001",
      kind: "life",
      relevant: true,
      source: { kind: "import", key: "001", paragraphs: [1, 2] },
      emotion: "I was proud of him.",
    });
    expect(first?.metadata.parts.support).toBeGreaterThan(0.4);
    expect(first?.metadata.score).toBeGreaterThan(0);
  });

  it("reads the life story only, unless it was made for an owner", async () => {
    const found = async (owner?: string | string[]) =>
      (await new MemoryRetriever(memory, owner ? { owner } : {}).invoke(compass)).map(({ id }) => id).join();
    expect(await found()).not.toContain("with/");
    expect(await found("ben")).toContain("with/ben/short");
    expect(await found("carla")).not.toContain("with/ben/");
    expect(await found(["ben", "carla"])).not.toContain("with/ben/");
  });

  it("gives nothing where nothing relevant is remembered, or marks what comes nearest", async () => {
    const question = "Which orchestra played at the wedding in Vienna?";
    expect(await new MemoryRetriever(memory).invoke(question)).toEqual([]);
    const nearest = await new MemoryRetriever(memory, { includeIrrelevant: true }).invoke(
      "Which lighthouse orchestra played at the wedding in Vienna on the 3rd of May?",
    );
    expect(nearest.length).toBeGreaterThan(0);
    expect(nearest.every(({ metadata }) => metadata.relevant === false)).toBe(true);
  });

  it("is a step of a chain", async () => {
    const chain = RunnableSequence.from([
      new RunnablePassthrough<string>(),
      new MemoryRetriever(memory, { k: 1 }),
      (documents: { pageContent: string }[]) => documents.map(({ pageContent }) => pageContent).join("\n"),
    ]);
    expect(await chain.invoke("Who kept the lamp?")).toContain("until the winter of 1981");
  });

  it("refuses an empty owner", () => {
    expect(() => new MemoryRetriever(memory, { owner: "" })).toThrow(/empty id/u);
  });
});
