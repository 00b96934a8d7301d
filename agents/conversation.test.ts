import { AIMessage, HumanMessage, SystemMessage, ToolMessage } from "@langchain/core/messages";
import { describe, expect, it } from "vitest";
import { exchangesOf, lastExchanges, sceneOf, stimulusOf, textOf } from "./conversation.js";

const human = (text: string, id?: string) =>
  new HumanMessage({ content: text, ...(id !== undefined && { id }) });
const own = (text: string, id?: string) =>
  new AIMessage({ content: text, name: "ann", ...(id !== undefined && { id }) });
const texts = (messages: Parameters<typeof textOf>[0][]) => messages.map(textOf);

describe("reading a conversation", () => {
  it("takes as stimulus all that came after the simulacrum's own last message, other speakers included", () => {
    const messages = [human("a"), own("b"), human("c"), new AIMessage({ content: "d", name: "bob" })];
    expect(texts(stimulusOf(messages, "ann"))).toEqual(["c", "d"]);
  });

  it("takes system messages as scene and never as stimulus", () => {
    const messages = [new SystemMessage("A café."), human("hi")];
    expect(sceneOf(messages)).toEqual(["A café."]);
    expect(texts(stimulusOf(messages, "ann"))).toEqual(["hi"]);
  });

  it("keeps the newest whole exchanges that fit", () => {
    const exchanges = exchangesOf([human("one"), own("1"), human("two"), own("2"), human("open")], "ann");
    expect(exchanges).toHaveLength(2);
    expect(lastExchanges(exchanges, 20, () => 1).map(({ answer }) => textOf(answer))).toEqual(["2"]);
  });

  it("keeps the newest exchange however long it is", () => {
    const exchanges = exchangesOf([human("one"), own("1"), human("two"), own("2")], "ann");
    expect(lastExchanges(exchanges, 0, () => 1).map(({ answer }) => textOf(answer))).toEqual(["2"]);
    expect(lastExchanges([], 0, () => 1)).toEqual([]);
  });

  it("takes nameless answers of a host's history for its own, until a name was said", () => {
    const history = [human("a"), new AIMessage("b"), human("c")];
    expect(texts(stimulusOf(history, "ann"))).toEqual(["c"]);
    const later = [...history, own("d"), new AIMessage("from the host's assistant")];
    expect(exchangesOf(later, "ann").map(({ said }) => texts(said))).toEqual([["a"], ["c"]]);
    expect(texts(stimulusOf(later, "ann"))).toEqual(["from the host's assistant"]);
  });

  it("takes no nameless answer for its own where others have names", () => {
    const bob = new AIMessage({ content: "d", name: "bob" });
    expect(texts(stimulusOf([human("a"), new AIMessage("b"), bob], "ann"))).toEqual(["a", "b", "d"]);
    const two = [
      new HumanMessage({ content: "a", name: "lena" }),
      new HumanMessage({ content: "b", name: "mo" }),
      new AIMessage("c"),
    ];
    expect(texts(stimulusOf(two, "ann"))).toEqual(["a", "b", "c"]);
  });

  it("takes calls and results of tools neither as stimulus nor as its own words", () => {
    const call = new AIMessage({
      content: "",
      name: "ann",
      tool_calls: [{ id: "1", name: "clock", args: {} }],
    });
    const result = new ToolMessage({ content: "noon", tool_call_id: "1" });
    const supervisor = new AIMessage({ content: "Ann, your turn.", name: "supervisor" });
    expect(texts(stimulusOf([human("a"), call, result, supervisor], "ann"))).toEqual([
      "a",
      "Ann, your turn.",
    ]);
    expect(exchangesOf([human("a"), call, result, own("b")], "ann").map(({ said }) => texts(said))).toEqual([
      ["a"],
    ]);
  });
});
