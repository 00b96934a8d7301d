import { AIMessage, HumanMessage, RemoveMessage, SystemMessage } from "@langchain/core/messages";
import { describe, expect, it } from "vitest";
import {
  exchangesOf,
  lastExchanges,
  mergeConversation,
  replaceWindow,
  sceneOf,
  stimulusOf,
  textOf,
} from "./conversation.js";

const human = (text: string, id?: string) =>
  new HumanMessage({ content: text, ...(id !== undefined && { id }) });
const own = (text: string, id?: string) =>
  new AIMessage({ content: text, name: "ann", ...(id !== undefined && { id }) });
const texts = (messages: Parameters<typeof textOf>[0][]) => messages.map(textOf);

describe("mergeConversation", () => {
  it("appends what is new and gives it an id", () => {
    const merged = mergeConversation([human("hi", "1")], [own("hello")]);
    expect(texts(merged)).toEqual(["hi", "hello"]);
    expect(merged[1]?.id).toBeTypeOf("string");
  });

  it("knows a history that a host sends again without ids", () => {
    const window = [human("hi", "1"), own("hello", "2")];
    const merged = mergeConversation(window, [human("hi"), new AIMessage("hello"), human("how are you?")]);
    expect(texts(merged)).toEqual(["hi", "hello", "how are you?"]);
    expect(merged[0]?.id).toBe("1");
  });

  it("knows it by the ids of its messages", () => {
    const window = [human("hi", "1"), own("hello", "2")];
    expect(
      texts(mergeConversation(window, [human("hi", "1"), own("hello", "2"), human("next", "3")])),
    ).toEqual(["hi", "hello", "next"]);
  });

  it("knows a whole history of which the window holds only the end", () => {
    const window = [human("two", "3"), own("second", "4")];
    const history = [
      human("one"),
      new AIMessage("first"),
      human("two"),
      new AIMessage("second"),
      human("three"),
    ];
    expect(texts(mergeConversation(window, history))).toEqual(["two", "second", "three"]);
  });

  it("takes the same words said again later as new", () => {
    const window = [human("hi", "1"), own("hello", "2")];
    expect(texts(mergeConversation(window, [human("hi")]))).toEqual(["hi", "hello", "hi"]);
  });

  it("takes the same answer given again as new", () => {
    const window = [human("hi", "1"), own("hello", "2"), human("hi", "3")];
    expect(texts(mergeConversation(window, [own("hello")]))).toEqual(["hi", "hello", "hi", "hello"]);
  });

  it("removes and replaces on request", () => {
    const window = [human("hi", "1"), own("hello", "2")];
    expect(texts(mergeConversation(window, [new RemoveMessage({ id: "2" })]))).toEqual(["hi"]);
    expect(texts(mergeConversation(window, [own("good day", "2")]))).toEqual(["hi", "good day"]);
    expect(texts(mergeConversation(window, replaceWindow([human("only", "9")])))).toEqual(["only"]);
  });
});

describe("reading a conversation", () => {
  it("takes as stimulus all that came after the simulacrum's own last message, other speakers included", () => {
    const messages = [human("a"), own("b"), human("c"), new AIMessage({ content: "d", name: "bob" })];
    expect(texts(stimulusOf(messages, "ann"))).toEqual(["c", "d"]);
  });

  it("takes system messages as scene and never as stimulus", () => {
    const messages = [new SystemMessage("A café."), human("hi")];
    expect(sceneOf(messages)).toBe("A café.");
    expect(texts(stimulusOf(messages, "ann"))).toEqual(["hi"]);
  });

  it("keeps the newest whole exchanges that fit", () => {
    const exchanges = exchangesOf([human("one"), own("1"), human("two"), own("2"), human("open")], "ann");
    expect(exchanges).toHaveLength(2);
    expect(lastExchanges(exchanges, 20, () => 1).map(({ answer }) => textOf(answer))).toEqual(["2"]);
    expect(lastExchanges(exchanges, 0, () => 1)).toEqual([]);
  });
});
