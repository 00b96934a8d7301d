import { AIMessage, HumanMessage, RemoveMessage, SystemMessage } from "@langchain/core/messages";
import { REMOVE_ALL_MESSAGES } from "@langchain/langgraph";
import { describe, expect, it } from "vitest";
import { textOf } from "./conversation.js";
import { mergeConversation } from "./merge-conversation.js";

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

  it("knows the words answered last by their id, where they alone are delivered again", () => {
    const window = [human("h1", "1"), own("a1", "2"), human("h2", "3"), own("a2", "4")];
    expect(texts(mergeConversation(window, [human("h2", "3")]))).toEqual(["h1", "a1", "h2"]);
    expect(texts(mergeConversation(window, [human("h1", "1")]))).toEqual(["h1", "a1", "h2", "a2"]);
    expect(texts(mergeConversation(window, [human("edited", "3")]))).toEqual(["h1", "a1", "edited", "a2"]);
  });

  it("takes the same answer given again as new", () => {
    const window = [human("hi", "1"), own("hello", "2"), human("hi", "3")];
    expect(texts(mergeConversation(window, [own("hello")]))).toEqual(["hi", "hello", "hi", "hello"]);
  });

  it("removes and replaces on request", () => {
    const window = [human("hi", "1"), own("hello", "2")];
    expect(texts(mergeConversation(window, [new RemoveMessage({ id: "2" })]))).toEqual(["hi"]);
    expect(texts(mergeConversation(window, [own("good day", "2")]))).toEqual(["hi", "good day"]);
    expect(
      texts(mergeConversation(window, [new RemoveMessage({ id: REMOVE_ALL_MESSAGES }), human("only", "9")])),
    ).toEqual(["only"]);
  });

  const talk = () => [human("h1", "1"), own("a1", "2"), human("h2", "3"), own("a2", "4")];
  const sent = (...words: string[]) =>
    words.map((word) => (word.startsWith("a") ? new AIMessage(word) : human(word)));

  it("does not take what got no answer twice", () => {
    const window = [human("h1", "1"), own("a1", "2"), human("h2", "3")];
    expect(texts(mergeConversation(window, sent("h1", "a1", "h2")))).toEqual(["h1", "a1", "h2"]);
    expect(texts(mergeConversation(window, sent("h1", "a1", "h3")))).toEqual(["h1", "a1", "h3"]);
  });

  it("gives up the answer that a host left out, by words and by ids", () => {
    expect(texts(mergeConversation(talk(), sent("h1", "a1", "h2")))).toEqual(["h1", "a1", "h2"]);
    expect(texts(mergeConversation(talk(), sent("h1", "a1", "other")))).toEqual(["h1", "a1", "other"]);
    expect(texts(mergeConversation(talk(), talk().slice(0, 3)))).toEqual(["h1", "a1", "h2"]);
    expect(texts(mergeConversation(talk(), sent("h0", "a0", "h1", "a1", "h2")))).toEqual(["h1", "a1", "h2"]);
  });

  it("knows the end of a conversation, where a host sends no more than that", () => {
    expect(texts(mergeConversation(talk(), sent("h2", "a2", "h3")))).toEqual(["h1", "a1", "h2", "a2", "h3"]);
    expect(texts(mergeConversation(talk(), sent("h1", "a1")))).toEqual(["h1", "a1", "h2", "a2"]);
  });

  it("takes several new messages as new, even if they were said before in the midst", () => {
    const bob = (text: string) => new AIMessage({ content: text, name: "bob" });
    const window = [human("hi", "1"), own("hello", "2"), bob("Yes."), human("You?"), own("Yes.")];
    expect(texts(mergeConversation(window, [bob("Yes."), human("You?")]))).toHaveLength(7);
    expect(texts(mergeConversation(window, [human("hi"), human("hi")]))).toHaveLength(7);
  });

  it("keeps each scene once, the newest last, and not too many", () => {
    const scene = (text: string) => new SystemMessage(text);
    let window = mergeConversation([], [scene("ferry"), human("h1")]);
    window = mergeConversation(window, [own("a1")]);
    window = mergeConversation(window, [scene("ferry"), human("h1"), own("a1"), human("h2")]);
    expect(texts(window)).toEqual(["ferry", "h1", "a1", "h2"]);
    window = mergeConversation(window, [scene("pier"), human("h3")]);
    window = mergeConversation(window, [scene("ferry"), human("h4")]);
    expect(texts(window).slice(0, 2)).toEqual(["pier", "ferry"]);
    for (let place = 0; place < 20; place++) window = mergeConversation(window, [scene(`place ${place}`)]);
    expect(window.filter(({ type }) => type === "system").map(textOf)).toEqual([
      "place 16",
      "place 17",
      "place 18",
      "place 19",
    ]);
  });
});
