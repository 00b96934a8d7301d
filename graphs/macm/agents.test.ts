import { HumanMessage } from "@langchain/core/messages";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { type AgentDescriptor, defineAgent, partOf } from "../../agents/agent.js";
import type { AgentId } from "../../agents/agents.js";
import type { AgentChoice } from "../../agents/chosen-agents.js";
import {
  anna,
  callsOf,
  promptsOf,
  type Script,
  scriptedAgents,
} from "../../dev/doubles/graphs/scripted-agents.js";
import type { SimulacrumOptions, TurnResult } from "../simulacrum/options.js";
import { createSimulacrum } from "../simulacrum/simulacrum.js";

const wants = defineAgent({
  id: "wants",
  does: "Asks what the other one wants",
  node: "read_wants",
  writes: { key: "wants", schema: z.string() },
  act: (turn) =>
    turn.callText([new HumanMessage(`You only watch.\n<just-said>\n${turn.said}\n</just-said>`)]),
  voice: { section: "what-they-want", decides: "how far you go along", text: (part) => part },
  shown: { title: "What they want", text: (part) => part },
  whenItFails: "It was not asked what the other one wants.",
});

const wirings = ["drawn", "beside"] as const;
const open = (agents: AgentChoice, script: Script = {}, more: Partial<SimulacrumOptions> = {}) => {
  const model = scriptedAgents(script);
  return {
    model,
    opened: createSimulacrum({ character: anna, embeddings: "lexical", model, agents, ...more }),
  };
};
const nodesOf = async (person: Awaited<ReturnType<typeof createSimulacrum>>) =>
  Object.keys((await person.graph.getGraphAsync()).nodes).sort();

describe.each(wirings)("an agent that a host adds (%s)", (wiring) => {
  it("works beside Thinking and Emotion; its part enters the mind and the voice's prompt", async () => {
    // Told apart by its prompt, it counts as thinking.
    const think = ({ prompt }: { prompt: string }) =>
      prompt.includes("You only watch") ? "He wants a story." : "I wonder.";
    const { model, opened } = open({ add: [wants] }, { think }, { wiring });
    const person = await opened;
    const turn = await person.ask("Tell me of your father.", { thread: "t" });
    expect(partOf(wants, turn.mind)).toBe("He wants a story.");
    expect(turn.mind?.thought).toBe("I wonder.");
    expect(turn.usage.byRole.wants?.calls).toBe(1);
    const [prompt] = promptsOf(model, "respond");
    expect(prompt).toMatch(/<\/your-feeling>\n\n<what-they-want>\nHe wants a story\.\n<\/what-they-want>/u);
    expect(prompt).toContain(
      "Let your thought decide what you say and do, your feeling how you say it, and what they want how far you go along. Do not",
    );
    const [first, second] = callsOf(model, "think");
    expect(Math.abs((first?.start ?? 0) - (second?.start ?? 1e9))).toBeLessThan(50);
    await person.close();
  });

  it("degrades the turn in which it fails, and not the next", async () => {
    let down = true;
    const body = defineAgent({
      ...wants,
      act: async () => {
        if (down) throw new Error("down");
        return "peace";
      },
    });
    const { model, opened } = open({ add: [body] }, {}, { wiring });
    const person = await opened;
    const first = await person.ask("Hello, Anna.", { thread: "t" });
    expect([first.degraded, partOf(body, first.mind)]).toEqual([["wants"], null]);
    expect(promptsOf(model, "respond")[0]).not.toContain("<what-they-want>");
    down = false;
    const second = await person.ask("And now?", { thread: "t" });
    expect([second.degraded, partOf(body, second.mind)]).toEqual([[], "peace"]);
    await person.close();
  });
});

describe.each(wirings)("an agent that is left out (%s)", (wiring) => {
  const asked = "What did your father Olaf build?";
  const turnWithout = async (...without: AgentId[]) => {
    const { model, opened } = open({ without }, {}, { wiring });
    const person = await opened;
    const turn = await person.ask(asked, { thread: "t", interlocutor: { id: "ben" } });
    const stored = await person.memory.transcript.turns("t");
    const nodes = await nodesOf(person);
    const again = await person.ask("And who was Petter?", { thread: "t", interlocutor: { id: "ben" } });
    await person.close();
    expect(stored).toHaveLength(1);
    expect([turn.degraded, again.degraded]).toEqual([[], []]);
    expect([turn.method, person.method]).toEqual([`macm:without=${without.sort().join("+")}`, "macm"]);
    return { turn, nodes, calls: turn.usage.calls, spoken: promptsOf(model, "respond")[0] ?? "", again };
  };
  const parts = ({ mind }: TurnResult) =>
    [mind?.reflection, mind?.memories[0], mind?.thought, mind?.feeling].map((part) => Boolean(part));

  it("top: memories are looked up by what was said", async () => {
    const { turn, calls, nodes } = await turnWithout("top");
    expect([calls, parts(turn)]).toEqual([3, [false, true, true, true]]);
    expect(nodes).not.toContain("reflect");
  });

  it("memory: nothing is recalled, and the turn is kept", async () => {
    const { turn, calls, spoken, nodes } = await turnWithout("memory");
    expect([calls, parts(turn)]).toEqual([4, [true, false, true, true]]);
    expect(spoken).not.toContain("larch");
    expect(spoken).not.toContain("You cannot call up your memories");
    expect(nodes.filter((node) => node.startsWith("recall"))).toEqual([]);
  });

  it("thinking: no thought, and nothing is said of one", async () => {
    const { turn, calls, spoken } = await turnWithout("thinking");
    expect([calls, parts(turn)]).toEqual([3, [true, true, false, true]]);
    expect(spoken).toContain("Let your feeling decide how you say it. Do not recite");
  });

  it("emotion: the mood only fades", async () => {
    const { turn, calls, spoken, again } = await turnWithout("emotion");
    expect([calls, parts(turn)]).toEqual([3, [true, true, true, false]]);
    expect(spoken).toContain("Let your thought decide what you say and do. Do not recite");
    expect(again.mind?.mood).toEqual(anna.personality.baseline);
  });

  it("all of them: the voice alone", async () => {
    const { turn, calls, nodes } = await turnWithout("emotion", "memory", "thinking", "top");
    expect([calls, parts(turn)]).toEqual([1, [false, false, false, false]]);
    expect(nodes).toEqual(["__end__", "__start__", "begin_turn", "remember", "respond"]);
  });
});

describe("what is no choice of agents", () => {
  const like = (over: object) => ({ add: [{ ...wants, ...over } as AgentDescriptor] });
  it.each([
    [
      { without: ["body"] },
      'Option agents.without: expected "top" or "thinking" or "emotion" or "memory", but got',
    ],
    [{ without: ["respond"] }, /but got "respond"/u],
    [like({ id: "top" }), "Option agents.add: “top” of the agent “top” is taken already."],
    [like({ id: "respond" }), /“respond” of the agent “respond” is taken/u],
    [like({ id: "Wants!" }), /“Wants!” of the agent “Wants!” is no name/u],
    [like({ node: "think" }), /“think” of the agent “wants” is taken/u],
    [like({ node: "messages" }), /“messages” of the agent “wants” is taken/u],
    [like({ node: "wants" }), /“wants” of the agent “wants” is taken/u],
    [like({ writes: { key: "mood", schema: wants.writes.schema } }), /“mood” of the agent “wants” is taken/u],
    [like({ writes: { key: "memories", schema: wants.writes.schema } }), /“memories” of the agent/u],
    [like({ voice: { section: "scene", text: String } }), /“scene” of the agent “wants” is taken/u],
    [like({ act: undefined }), /Option agents.add: expected agents as defineAgent takes them/u],
    [{ add: [wants, wants] }, /“wants” of the agent “wants” is taken already/u],
  ] as [AgentChoice, string | RegExp][])("%o", async (agents, message) => {
    const { opened } = open(agents);
    await expect(opened).rejects.toThrow(message);
    await expect(opened).rejects.toMatchObject({ code: "invalid_option" });
  });

  it("is a choice where the method has no mind", async () => {
    const { opened } = open({ without: ["emotion"] }, {}, { method: "prompt" });
    await expect(opened).rejects.toThrow('the method "prompt" has no mind');
  });

  it("is a descriptor with a part missing: that does not compile", () => {
    const { whenItFails: _, ...most } = wants;
    // @ts-expect-error whenItFails is missing
    defineAgent(most);
    // @ts-expect-error a part that does not fit the schema
    defineAgent({ ...wants, act: async () => 5 });
    expect(most.id).toBe("wants");
  });
});
