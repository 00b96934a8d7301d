import { inspect } from "node:util";
import { BaseCallbackHandler } from "@langchain/core/callbacks/base";
import { HumanMessage } from "@langchain/core/messages";
import { MemorySaver } from "@langchain/langgraph";
import { afterEach, describe, expect, it } from "vitest";
import type { Guard, GuardAbout, GuardCheck } from "../../agents/guard/guard.js";
import { STOPPED } from "../../agents/guard/guard.js";
import {
  closeGuarded,
  openGuarded as open,
  rules,
  storedIn,
  t,
  texts,
} from "../../dev/doubles/graphs/guarded.js";
import { anna as character, scriptedAgents } from "../../dev/doubles/graphs/scripted-agents.js";
import { FaultyModelServer } from "../../dev/doubles/models/faulty-model-server.js";
import { openAIModeration } from "../../models/index.js";
import { createSimulacrum } from "./simulacrum.js";

afterEach(closeGuarded);

const replaced = (on: "stimulus" | "answer") => ({ on, action: "replace", reason: "card number" });
const stopped = (on: "stimulus" | "answer") => ({ on, action: "stop", reason: "weapons" });

const said = (text: string) => ({ messages: [new HumanMessage(text)] });
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
