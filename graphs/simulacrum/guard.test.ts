import { inspect } from "node:util";
import { BaseCallbackHandler } from "@langchain/core/callbacks/base";
import { type BaseMessage, HumanMessage } from "@langchain/core/messages";
import { END, MemorySaver, MessagesAnnotation, START, StateGraph } from "@langchain/langgraph";
import { afterEach, describe, expect, it } from "vitest";
import type { Guard, GuardAbout, GuardCheck } from "../../agents/guard/guard.js";
import { STOPPED } from "../../agents/guard/guard.js";
import {
  callsOf,
  anna as character,
  type Script,
  scriptedAgents,
} from "../../dev/doubles/graphs/scripted-agents.js";
import { FaultyModelServer } from "../../dev/doubles/models/faulty-model-server.js";
import { openAIModeration } from "../../models/index.js";
import type { SimulacrumOptions } from "./options.js";
import { createSimulacrum, type Simulacrum } from "./simulacrum.js";

const opened: Simulacrum[] = [];
afterEach(async () => {
  for (const person of opened.splice(0)) await person.close();
});

async function open(guard: Guard, options: Partial<SimulacrumOptions> = {}, script: Script = {}) {
  const model = scriptedAgents({
    respond: ({ said }) => `Re: ${said.split("\n").at(-1)?.slice(0, 60)}`,
    ...script,
  });
  const person = await createSimulacrum({ character, model, embeddings: "lexical", guard, ...options });
  opened.push(person);
  return { person, model };
}

/** Takes a card number out, stops at a bomb, lets the rest pass. */
const rules: GuardCheck = (text) => {
  if (text.includes("bomb")) return { action: "stop", reason: "weapons" };
  if (text.includes("4111"))
    return { action: "replace", text: text.replace("4111", "[card]"), reason: "card number" };
  return { action: "allow" };
};
const replaced = (on: "stimulus" | "answer") => ({ on, action: "replace", reason: "card number" });
const stopped = (on: "stimulus" | "answer") => ({ on, action: "stop", reason: "weapons" });

const t = { configurable: { thread_id: "t" } };
const said = (text: string) => ({ messages: [new HumanMessage(text)] });
const texts = (messages: readonly BaseMessage[]) => messages.map(({ text }) => text);
const storedIn = async (person: Simulacrum) =>
  (await person.memory.transcript.turns("t")).map(({ stimulus, answer }) => [
    ...stimulus.map(({ text }) => text),
    answer.text,
  ]);
const everyWay = [
  { method: "macm", wiring: "drawn" },
  { method: "macm", wiring: "beside" },
  { method: "prompt" },
  { method: "rag" },
  { method: "blank" },
] as const;

describe.each(everyWay)("a guard on the stimulus ($method $wiring)", (way) => {
  it("puts other words in the place of what was said: nobody else knows the old ones", async () => {
    const checkpointer = new MemorySaver();
    const { person, model } = await open({ stimulus: rules }, { ...way, checkpointer });
    const turn = await person.ask("My card is 4111, Anna.", { thread: "t" });
    expect(turn.guard).toEqual([replaced("stimulus")]);
    expect(turn.answer).toBe("Re: My card is [card], Anna.");
    await person.graph.invoke(said("And once more: 4111."), t);
    const out = await person.graph.invoke(said("Good night."), t);
    expect(out.guard).toEqual([]);
    for (const call of model.calls) expect(texts(call.messages).join()).not.toContain("4111");
    expect(JSON.stringify(await storedIn(person))).not.toContain("4111");
    for await (const kept of checkpointer.list(t)) expect(JSON.stringify(kept)).not.toContain("4111");
    expect(await storedIn(person)).toHaveLength(3);
  });

  it("stops: no model is called, nothing is kept, and the conversation goes on", async () => {
    const { person, model } = await open({ stimulus: rules }, way);
    await person.ask("Good morning.", { thread: "t" });
    const mood = await person.memory.moods.now(["thread:t"]);
    const calls = model.calls.length;
    const events = [];
    for await (const event of person.stream("How do I build a bomb?", { thread: "t" })) events.push(event);
    expect(model.calls).toHaveLength(calls);
    expect(events.filter(({ type }) => type === "token")).toEqual([{ type: "token", text: STOPPED }]);
    expect(events.at(-1)).toMatchObject({
      result: {
        answer: STOPPED,
        mind: null,
        degraded: [],
        guard: [stopped("stimulus")],
        usage: { calls: 0 },
      },
    });
    expect(await storedIn(person)).toHaveLength(1);
    expect((await person.memory.moods.now(["thread:t"])).valence).toBeCloseTo(mood.valence, 3);
    const next = await person.ask("Never mind. How are you?", { thread: "t" });
    expect(next).toMatchObject({ answer: "Re: Never mind. How are you?" });
    expect(next.guard).toBeUndefined();
    for (const call of model.calls)
      expect(texts(call.messages).join()).not.toMatch(/bomb|rules of this service/u);
    expect(await storedIn(person)).toEqual([
      ["Good morning.", "Re: Good morning."],
      ["Never mind. How are you?", "Re: Never mind. How are you?"],
    ]);
  });
});

describe.each(everyWay)("a guard on the answer ($method $wiring)", (way) => {
  it("releases nothing before its check, whoever listens and however", async () => {
    const order: string[] = [];
    const hear = (how: string, what: unknown) => {
      if (JSON.stringify(what)?.includes("4111")) order.push(`${how} leaked`);
      if (JSON.stringify(what)?.includes("[card]")) order.push(how);
    };
    const check: GuardCheck = (text, about) => {
      order.push("checked");
      return rules(text, about);
    };
    const { person } = await open({ answer: check }, way, {
      respond: () => "Anna Berg: It is 4111 I think.",
    });
    class Ear extends BaseCallbackHandler {
      name = "ear";
      lc_prefer_streaming = true;
      override handleLLMNewToken = (token: string) => hear("token", token);
      override handleLLMEnd = (output: unknown) => hear("end", output);
      override handleChainEnd = (output: unknown) => hear("chain", output);
    }
    const first = () => order.splice(0)[0];
    const turn = await person.ask("What is it?", { callbacks: [new Ear()] });
    expect(turn).toMatchObject({ answer: "It is [card] I think.", guard: [replaced("answer")] });
    expect(order.join()).not.toContain("leaked");
    expect(first()).toBe("checked");

    const heard: string[] = [];
    for await (const event of person.stream("What is it?", { thread: "t" })) {
      hear(event.type, event);
      if (event.type === "token") heard.push(event.text);
    }
    expect(heard).toEqual(["It is [card] I think."]);
    expect(order.join()).not.toContain("leaked");
    expect(first()).toBe("checked");

    for (const streamMode of ["messages", "updates", "values"] as const) {
      for await (const part of await person.graph.stream(said("What is it?"), {
        configurable: { thread_id: streamMode },
        streamMode,
      }))
        hear(streamMode, part);
      expect(order.join()).not.toContain("leaked");
      expect(order).toContain(streamMode);
      expect(first()).toBe("checked");
    }
    for await (const event of person.graph.streamEvents(said("What is it?"), {
      configurable: { thread_id: "events" },
      version: "v2",
    }))
      hear(event.event, event.data);
    expect(order.join()).not.toContain("leaked");
    expect(order).toContain("on_chat_model_end");
    expect(first()).toBe("checked");
    expect(JSON.stringify(await storedIn(person))).not.toContain("4111");
  });

  it("stops: the words are kept, the answer is not", async () => {
    const { person } = await open({ answer: rules }, way, { respond: () => "First you take a bomb." });
    const turn = await person.ask("What is it?", { thread: "t" });
    expect(turn).toMatchObject({ answer: STOPPED, guard: [stopped("answer")] });
    expect(await storedIn(person)).toEqual([["What is it?", STOPPED]]);
  });
});

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
  for (let turn = 0; turn < 22; turn++) {
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
  expect(texts(model.calls.at(-1)?.messages ?? []).slice(1)).toEqual([
    "Who is Ben?",
    "I don't know.",
    "Well then.",
  ]);
});

describe("a guard that fails", () => {
  const cases: [string, GuardCheck][] = [
    [
      "throws",
      () => {
        throw new Error("What a secret!");
      },
    ],
    ["hangs", () => new Promise(() => undefined)],
    ["says nothing", (() => undefined) as unknown as GuardCheck],
    ["replaces with nothing", () => ({ action: "replace", text: " ", reason: "x" })],
    ["says something else", (() => ({ action: "maybe" })) as unknown as GuardCheck],
  ];
  it.each(cases)("lets nothing through and keeps what was said: it %s", async (_, check) => {
    for (const on of ["stimulus", "answer"] as const) {
      let broken = true;
      const guard = {
        [on]: (...given: Parameters<GuardCheck>) => (broken ? check(...given) : rules(...given)),
        timeoutMs: 60,
      };
      const { person, model } = await open(guard, { method: "prompt" });
      const failure: unknown = await person.ask("Hello.", { thread: "t" }).catch((error: unknown) => error);
      expect(failure).toMatchObject({ code: "guard_failed", details: { on } });
      expect((failure as Error).message).not.toContain("secret");
      expect(model.calls).toHaveLength(on === "stimulus" ? 0 : 1);
      expect(await storedIn(person)).toEqual([]);
      broken = false;
      await person.ask("Hello.", { thread: "t" });
      expect(await storedIn(person)).toEqual([["Hello.", "Re: Hello."]]);
    }
  });

  it("ends with the turn's time limit and is told so", async () => {
    const signals: AbortSignal[] = [];
    const check = (_: string, { signal }: GuardAbout) => {
      signals.push(signal);
      return new Promise<never>(() => undefined);
    };
    const { person } = await open({ stimulus: check }, { method: "prompt" });
    const start = performance.now();
    await expect(person.ask("Hello.", { thread: "t", timeoutMs: 60 })).rejects.toThrow();
    expect(performance.now() - start).toBeLessThan(1_000);
    await expect.poll(() => signals[0]?.aborted).toBe(true);
  });

  it("is refused as an option where it is none", async () => {
    for (const guard of [
      {},
      { answer: "no" },
      { answer: rules, timeoutMs: 0 },
      { answer: rules, message: rules },
    ]) {
      await expect(
        createSimulacrum({
          character,
          model: scriptedAgents(),
          embeddings: "lexical",
          guard: guard as Guard,
        }),
      ).rejects.toMatchObject({ code: "invalid_option" });
    }
  });
});

describe("around a turn", () => {
  it("tells the checks who speaks, to whom, and what is answered", async () => {
    const abouts: Omit<GuardAbout, "signal">[] = [];
    const check: GuardCheck = (_, { signal, ...about }) => {
      abouts.push(about);
      return { action: "allow" };
    };
    const { person } = await open({ stimulus: check, answer: check }, { method: "prompt" });
    const ben = { id: "ben", name: "Ben" };
    await person.ask("Hello.", { thread: "t", interlocutor: ben });
    const both = {
      character: { id: "anna-berg", name: "Anna Berg" },
      method: "prompt",
      thread: "t",
      people: [ben],
    };
    expect(abouts).toEqual([
      { ...both, on: "stimulus", speaker: "ben" },
      { ...both, on: "answer", stimulus: "Hello." },
    ]);
  });

  it("hears replaced words once, when they are said again after the voice had failed", async () => {
    let down = true;
    const { person } = await open(
      { stimulus: rules },
      { method: "prompt" },
      { respond: () => (down ? new Error("down") : "Aye.") },
    );
    await expect(person.ask("It is 4111.", { thread: "t" })).rejects.toThrow();
    down = false;
    await person.ask("It is 4111.", { thread: "t" });
    expect(await storedIn(person)).toEqual([["It is [card].", "Aye."]]);
  });

  it("lets nothing through where the moderation endpoint is down, and shows no key", async () => {
    const apiKey = "sk-test-0123456789";
    const guard: Guard = openAIModeration({ apiKey, baseURL: "http://127.0.0.1:9/v1" });
    const { person, model } = await open(guard, { method: "prompt" });
    const failure: unknown = await person.ask("Hello.", { thread: "t" }).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: "guard_failed",
      message: expect.stringContaining("could not be reached"),
    });
    expect(inspect(failure, { depth: 9 })).not.toContain(apiKey);
    expect(model.calls).toEqual([]);
  });

  it("is given the whole of a stream that was cut once", async () => {
    const server = await FaultyModelServer.start(
      { reply: ["It", " is", " four"], fault: "drop" },
      { reply: ["It", " is", " 4111", " now."] },
    );
    const { ChatOpenAI } = await import("@langchain/openai");
    const model = new ChatOpenAI({ model: "m", apiKey: "k", configuration: { baseURL: server.baseURL } });
    const { person } = await open({ answer: rules }, { method: "prompt", model });
    const heard: unknown[] = [];
    for await (const event of person.stream("What is it?", { thread: "t" }))
      if (event.type !== "update" && event.type !== "result") heard.push(event);
    expect(heard).toEqual([{ type: "token", text: "It is [card] now." }]);
    expect(server.requests).toHaveLength(2);
    await server.close();
  });

  it("takes back the last real turn after a stopped one", async () => {
    const { person } = await open({ stimulus: rules }, { method: "prompt" });
    await person.ask("One.", { thread: "t" });
    await person.ask("Two.", { thread: "t" });
    await person.ask("A bomb!", { thread: "t" });
    expect(await person.withdraw("t")).toEqual({ stimulus: "Two.", answer: "Re: Two." });
    await person.ask("Three.", { thread: "t" });
    expect(await storedIn(person)).toEqual([
      ["One.", "Re: One."],
      ["Three.", "Re: Three."],
    ]);
  });

  it("holds without a thread and without memory", async () => {
    for (const memoryMode of ["persist", "off"] as const) {
      const { person, model } = await open({ stimulus: rules, answer: rules }, { memoryMode });
      expect(await person.ask("It is 4111.")).toMatchObject({
        answer: "Re: It is [card].",
        guard: [replaced("stimulus")],
      });
      expect(await person.ask("A bomb.", { thread: "t" })).toMatchObject({ answer: STOPPED });
      await person.ask("Hello.", { thread: "t" });
      for (const call of model.calls) expect(texts(call.messages).join()).not.toMatch(/4111|bomb/u);
    }
  });

  it("adds no node where there is no guard, and one where there is", async () => {
    const drawn = async (guard?: Guard) => {
      const { person } = await open(guard as Guard, { guard: guard as Guard });
      return (await person.graph.getGraphAsync()).drawMermaid();
    };
    expect(await drawn()).not.toContain("check_stimulus");
    expect(await drawn({ answer: rules })).toBe(await drawn());
    expect(await drawn({ stimulus: rules })).toMatch(/check_stimulus -\.[^;]*-> respond/u);
  });
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
