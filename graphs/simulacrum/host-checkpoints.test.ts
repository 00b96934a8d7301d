import { HumanMessage } from "@langchain/core/messages";
import { END, MemorySaver, MessagesAnnotation, START, StateGraph } from "@langchain/langgraph";
import { afterEach, describe, expect, it } from "vitest";
import { anna, promptsOf, scriptedAgents } from "../../dev/doubles/graphs/scripted-agents.js";
import { createSimulacrum, type Simulacrum } from "./simulacrum.js";

// A host's checkpoints and the store, when one of them is ahead of the other: the store is trusted.

const opened: Simulacrum[] = [];
afterEach(async () => {
  for (const person of opened.splice(0)) await person.close();
});

const turn = { thread: "t", interlocutor: { id: "ana", name: "Ana" } };
async function open(keepsOwn = true) {
  const checkpointer = new MemorySaver();
  const voice = { down: false };
  const model = scriptedAgents({
    respond: ({ said }) => (voice.down ? new Error("down") : `Re: ${said.split("\n").at(-1)}`),
  });
  const person = await createSimulacrum({
    character: anna,
    model,
    embeddings: "lexical",
    ...(keepsOwn && { checkpointer }),
  });
  opened.push(person);
  const { transcript } = person.memory;
  return {
    person,
    voice,
    checkpointer,
    transcript,
    lost: () => checkpointer.deleteThread("t"),
    spoken: () => promptsOf(model, "respond").at(-1) ?? "",
    stored: async () => (await transcript.turns("t")).map(({ stimulus }) => stimulus.map(({ text }) => text)),
  };
}

/** The next turn is answered and cannot be stored. */
async function unstored({ person, transcript }: Awaited<ReturnType<typeof open>>, said: string) {
  const { commitTurn } = transcript;
  transcript.commitTurn = () => Promise.reject(new Error("disk full"));
  await expect(person.ask(said, turn)).rejects.toThrow("disk full");
  transcript.commitTurn = commitTurn;
}

describe("an answer that could not be stored", () => {
  it.each([[], ["One."]])("leaves its words to the next turn (before it: %s)", async (...before) => {
    const talk = await open();
    for (const said of before) await talk.person.ask(said, turn);
    await unstored(talk, "I have a red kite.");
    await talk.person.ask("Two.", turn);
    expect(await talk.stored()).toEqual([...before.map((said) => [said]), ["I have a red kite.", "Two."]]);
    expect(talk.spoken()).not.toContain("Re: I have a red kite.");
  });

  it("is what is taken back, not the turn before it", async () => {
    const talk = await open();
    await talk.person.ask("One.", turn);
    await unstored(talk, "Two.");
    expect(await talk.person.withdraw("t")).toEqual({ stimulus: "Two.", answer: "" });
    expect(await talk.stored()).toEqual([["One."]]);
    await talk.person.ask("Three.", turn);
    expect(talk.spoken()).toContain("Re: One.");
    expect(talk.spoken()).not.toContain("Two.");
  });
});

describe("taking back", () => {
  it("that was cut short has changed nothing", async () => {
    const { person, transcript, stored, spoken } = await open();
    for (const said of ["One.", "Two."]) await person.ask(said, turn);
    const { withdrawTurn } = transcript;
    transcript.withdrawTurn = () => Promise.reject(new Error("killed here"));
    await expect(person.withdraw("t")).rejects.toThrow("killed here");
    Object.assign(transcript, { withdrawTurn });
    await person.ask("Three.", turn);
    expect(await stored()).toEqual([["One."], ["Two."], ["Three."]]);
    expect(spoken()).toMatch(/Re: One\.[\s\S]*Re: Two\.[\s\S]*Three\./u);
  });
});

describe("lost checkpoints", () => {
  it("of the only turn leave it before words that failed since", async () => {
    const { person, voice, lost, stored, spoken } = await open();
    await person.ask("One.", turn);
    await lost();
    voice.down = true;
    await expect(person.ask("Two.", turn)).rejects.toThrow();
    voice.down = false;
    await person.ask("Three.", turn);
    expect(await stored()).toEqual([["One."], ["Two.", "Three."]]);
    expect(spoken()).toMatch(/Re: One\.[\s\S]*Two\.[\s\S]*Three\./u);
  });

  it("leave the turns before them in mind when a later one is taken back", async () => {
    const { person, lost, spoken } = await open();
    for (const said of ["One.", "Two."]) await person.ask(said, turn);
    await lost();
    for (const said of ["Three.", "Four."]) await person.ask(said, turn);
    await person.withdraw("t");
    await person.ask("Five.", turn);
    expect(spoken()).toMatch(/Re: One\.[\s\S]*Re: Two\.[\s\S]*Re: Three\.[\s\S]*Five\./u);
    expect(spoken()).not.toContain("Four.");
  });
});

describe.each([true, false])(
  "a host that was stopped before it kept the answer (own checkpoints: %s)",
  (keepsOwn) => {
    const t = { configurable: { thread_id: "t" } };
    async function host() {
      const talk = await open(keepsOwn);
      const saver = new MemorySaver();
      const graph = new StateGraph(MessagesAnnotation)
        .addNode("anna", (state, config) => talk.person.graph.invoke(state, config))
        .addEdge(START, "anna")
        .addEdge("anna", END)
        .compile({ checkpointer: saver });
      return {
        ...talk,
        say: (text: string) => graph.invoke({ messages: [new HumanMessage(text)] }, t),
        goOn: () => graph.invoke(null, t),
        /** Its last checkpoint, with the answer, was not written. */
        stop: async () => {
          const [last = ""] = Object.keys(saver.storage.t?.[""] ?? {})
            .sort()
            .reverse();
          delete saver.storage.t?.[""]?.[last];
          saver.writes = {};
        },
      };
    }

    it("hears what was answered as past, not as said once more", async () => {
      const { say, stop, spoken, stored } = await host();
      for (const text of ["One.", "I have a red kite."]) await say(text);
      await stop();
      await say("Three.");
      expect(await stored()).toEqual([["One."], ["I have a red kite."], ["Three."]]);
      expect(spoken().match(/I have a red kite/gu)).toHaveLength(2);
    });

    it("is answered again where it goes on with those words, which are stored once", async () => {
      const { say, goOn, stop, stored } = await host();
      for (const text of ["One.", "I have a red kite."]) await say(text);
      await stop();
      await goOn();
      expect(await stored()).toEqual([["One."], ["I have a red kite."]]);
    });
  },
);

it("a host that goes back to a branch it had left keeps every turn that it takes there", async () => {
  const { person, stored, spoken } = await open(false);
  const graph = new StateGraph(MessagesAnnotation)
    .addNode("anna", (state, config) => person.graph.invoke(state, config))
    .addEdge(START, "anna")
    .addEdge("anna", END)
    .compile({ checkpointer: new MemorySaver() });
  const t = { configurable: { thread_id: "t" } };
  const say = (text: string, from: object = t) => graph.invoke({ messages: [new HumanMessage(text)] }, from);
  const end = async () => (await graph.getState(t)).config;
  await say("One.");
  const one = await end();
  for (const text of ["I have a red kite.", "Three."]) await say(text);
  const left = await end();
  await say("I have a blue boat.", one);
  expect(await stored()).toEqual([["One."], ["I have a blue boat."]]);
  await say("Four.", left);
  expect(["red kite", "blue boat"].map((words) => spoken().includes(words))).toEqual([true, false]);
  for (const text of ["Five.", "Six."]) await say(text);
  expect(await stored()).toEqual([["One."], ["Four."], ["Five."], ["Six."]]);
});
