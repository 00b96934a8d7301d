import { AIMessage, HumanMessage, SystemMessage, ToolMessage } from "@langchain/core/messages";
import { expect, it } from "vitest";
import { inTurns, OPENING, withNotesInTurn, withoutSystemRole } from "./message-roles.js";
import { SAID_NOW } from "./prompt-sections.js";

const shape = (messages: readonly { type: string; text: string }[]) =>
  messages.map(({ type, text }) => `${type}: ${text}`);

it("both sides speak by turns, the user first, whatever was there", () => {
  const talk = [
    new SystemMessage("s"),
    new AIMessage("a"),
    new AIMessage("b"),
    new HumanMessage("c"),
    new HumanMessage("d"),
  ];
  expect(shape(inTurns(talk))).toEqual(["system: s", `human: ${OPENING}`, "ai: a\n\nb", "human: c\n\nd"]);
  const parts = new HumanMessage([{ type: "text", text: "e" }]);
  expect(inTurns([new HumanMessage("d"), parts])[0]?.content).toHaveLength(2);
});

it("a conversation with tools is left alone", () => {
  const called = new AIMessage({ content: "", tool_calls: [{ id: "1", name: "look", args: {} }] });
  const talk = [new HumanMessage("a"), called, new ToolMessage({ content: "b", tool_call_id: "1" })];
  expect(inTurns(talk)).toEqual(talk);
});

it("without a system role the user says what the system would", () => {
  const talk = [new SystemMessage("rules"), new HumanMessage("a"), new AIMessage("b"), new HumanMessage("c")];
  expect(shape(withoutSystemRole(talk))).toEqual(["human: rules\n\na", "ai: b", "human: c"]);
  const greeted = [new SystemMessage("rules"), new AIMessage("b"), new HumanMessage("c")];
  expect(shape(withoutSystemRole(greeted))).toEqual(["human: rules", "ai: b", "human: c"]);
});

it("notes stand before the words that they announce, and nothing is lost of either", () => {
  const talk = [new SystemMessage("rules"), new HumanMessage("a"), new AIMessage("b")];
  const notes = new SystemMessage("notes");
  expect(shape(withNotesInTurn([...talk, notes, new HumanMessage("c")]))).toEqual([
    "system: rules",
    "human: a",
    "ai: b",
    `human: notes\n\n${SAID_NOW}\nc`,
  ]);
  expect(shape(withNotesInTurn([...talk, new HumanMessage("c"), notes])).at(-1)).toBe("human: c\n\nnotes");
  expect(shape(withNotesInTurn([new SystemMessage("rules"), notes, new HumanMessage("c")]))).toHaveLength(3);
  const picture = { type: "image_url", image_url: { url: "data:image/png;base64,AA==" } };
  const [, , , shown] = withNotesInTurn([...talk, notes, new HumanMessage({ content: [picture] })]);
  expect(shown?.content).toEqual([{ type: "text", text: `notes\n\n${SAID_NOW}` }, picture]);
  const called = new AIMessage({ content: "", tool_calls: [{ id: "1", name: "look", args: {} }] });
  const withTools = [
    new HumanMessage("a"),
    called,
    notes,
    new ToolMessage({ content: "b", tool_call_id: "1" }),
  ];
  expect(withNotesInTurn(withTools)).toEqual(withTools);
});
