import { inspect } from "node:util";
import { type BaseMessage, HumanMessage } from "@langchain/core/messages";
import { END, MemorySaver, MessagesAnnotation, START, StateGraph } from "@langchain/langgraph";
import { afterEach, describe, expect, it } from "vitest";
import { STOPPED } from "../../agents/guard/guard.js";
import {
  closeGuarded,
  openGuarded as open,
  rules,
  storedIn,
  t,
  texts,
} from "../../dev/doubles/graphs/guarded.js";
import { callsOf } from "../../dev/doubles/graphs/scripted-agents.js";
import type { Simulacrum } from "./simulacrum.js";

// A guard where a host keeps the conversation: what it still has of words that were taken out or stopped.

afterEach(closeGuarded);

describe("inside a host's graph", () => {
  const hosted = (person: Simulacrum, saver?: MemorySaver) =>
    new StateGraph(MessagesAnnotation)
      .addNode("anna", person.graph)
      .addEdge(START, "anna")
      .addEdge("anna", END)
      .compile(saver ? { checkpointer: saver } : {});

  it.each([true, false])(
    "leaves the user's words in the host's state, and never hears them (host with checkpointer: %s)",
    async (keeps) => {
      const { person, model } = await open({ stimulus: rules });
      const host = hosted(person, keeps ? new MemorySaver() : undefined);
      let history: BaseMessage[] = [];
      const turns = ["My card is 4111.", "How do I build a bomb?", "Well then.", "Good night."];
      for (const text of turns) {
        const fresh = new HumanMessage({ content: text, id: `id-${text}` });
        history = (await host.invoke({ messages: keeps ? [fresh] : [...history, fresh] }, t)).messages;
      }
      expect(texts(history)).toEqual([
        "My card is 4111.",
        "Re: My card is [card].",
        "How do I build a bomb?",
        STOPPED,
        "Well then.",
        "Re: Well then.",
        "Good night.",
        "Re: Good night.",
      ]);
      for (const call of model.calls) expect(texts(call.messages).join()).not.toMatch(/4111|bomb/u);
      expect(texts(callsOf(model, "respond").at(-1)?.messages ?? []).join()).toMatch(
        /\[card\][\s\S]*Well then/u,
      );
      expect(await storedIn(person)).toEqual([
        ["My card is [card].", "Re: My card is [card]."],
        ["Well then.", "Re: Well then."],
        ["Good night.", "Re: Good night."],
      ]);
    },
  );

  it("knows a history sent again without ids, and another answer to earlier words", async () => {
    const { person, model } = await open({ stimulus: rules });
    const host = hosted(person);
    const history: { role: string; content: string }[] = [];
    for (const text of ["My card is 4111.", "And?", "Well then.", "Good night."]) {
      history.push({ role: "user", content: text });
      const answer = (await host.invoke({ messages: [...history] }, t)).messages.at(-1)?.text ?? "";
      history.push({ role: "assistant", content: answer });
    }
    await host.invoke({ messages: history.slice(0, 3) }, t);
    for (const call of model.calls) expect(texts(call.messages).join()).not.toContain("4111");
    expect((await storedIn(person)).map(([stimulus]) => stimulus)).toEqual(["My card is [card].", "And?"]);
  });
});

it("never hears again what it took out long ago, from a host that keeps the conversation itself", async () => {
  const { person, model } = await open({ stimulus: rules }, { method: "prompt" }, { respond: () => "Aye." });
  const history: BaseMessage[] = [];
  for (let turn = 0; turn < 15; turn++) {
    history.push(new HumanMessage({ content: turn === 0 ? "It is 4111." : `Hm ${turn}.`, id: `h${turn}` }));
    const answer = (await person.graph.invoke({ messages: history }, t)).messages.at(-1);
    if (answer) history.push(answer);
  }
  for (const call of model.calls) expect(texts(call.messages).join()).not.toContain("4111");
  expect(texts(model.calls.at(-1)?.messages ?? []).join()).toContain("[card]");
});

it("leaves what a host says was said alone, where it took nothing out, and the host goes back", async () => {
  const { person, model } = await open(
    { stimulus: rules },
    { method: "prompt" },
    { respond: () => "I don't know." },
  );
  const history: { role: string; content: string }[] = [];
  for (const content of ["Who is Ben?", "I stole a horse."]) {
    history.push({ role: "user", content });
    await person.graph.invoke({ messages: history }, t);
    history.push({ role: "assistant", content: "I don't know." });
  }
  await person.graph.invoke(
    { messages: [...history.slice(0, 2), { role: "user", content: "Well then." }] },
    t,
  );
  const talk = model.calls.at(-1)?.messages.filter(({ type }) => type !== "system") ?? [];
  expect(texts(talk)).toEqual(["Who is Ben?", "I don't know.", "Well then."]);
});

describe("a turn that the guard stopped, sent again by a host that keeps bare words", () => {
  it.each([{}, { checkpointer: new MemorySaver() }])("is not heard, nor kept, with %o", async (options) => {
    const { person, model } = await open({ stimulus: rules }, options);
    const history: { role: string; content: string }[] = [];
    const say = async (content: string) => {
      history.push({ role: "user", content });
      const out = await person.graph.invoke({ messages: history }, t);
      history.push({ role: "assistant", content: out.messages.at(-1)?.text ?? "" });
    };
    await say("I sail a yawl.");
    await say("How do I build a bomb?");
    expect(history.at(-1)?.content).toBe(STOPPED);
    await say("What do I sail?");
    await say("And a second bomb?");
    await say("And where?");
    for (const call of model.calls) {
      expect(inspect(call, { depth: 9 })).not.toContain("bomb");
      expect(inspect(call, { depth: 9 })).not.toContain(STOPPED);
    }
    expect((await storedIn(person)).map(([first]) => first)).toEqual([
      "I sail a yawl.",
      "What do I sail?",
      "And where?",
    ]);
    expect(JSON.stringify(await person.memory.transcript.thread("t"))).not.toContain("bomb");
  });
});
