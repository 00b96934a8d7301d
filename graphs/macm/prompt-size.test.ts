import { HumanMessage, SystemMessage } from "@langchain/core/messages";
import { describe, expect, it } from "vitest";
import { promptBudget } from "../../agents/prompt-budget.js";
import { type Character, characterSchema, readCharacterFolder } from "../../data/index.js";
import { callsOf, promptsOf, scriptedAgents } from "../../dev/doubles/graphs/scripted-agents.js";
import { countMessageTokens } from "../../models/index.js";
import { createSimulacrum } from "../simulacrum/simulacrum.js";

const { character: hester } = await readCharacterFolder("data/characters/hester-tranter");
if (!hester) throw new Error("the character cannot be read");

const words = (count: number, word = "the grey ferry left at noon. ") =>
  word.repeat(Math.ceil(count / word.length));

/** As many letters that do not run in circles: what a model that talks too much says. */
const talk = (count: number): string => (hester.story ?? "").slice(0, count);

/** The same person with more in every part than any prompt holds. */
const verbose: Character = characterSchema.parse({
  ...hester,
  profile: { ...hester.profile, family: words(4000), hobbies: [words(2000)] },
  personality: { ...hester.personality, traits: [words(6000)] },
  biography: words(20_000),
});

const agents = ["reflect", "think", "feel", "respond"] as const;

/** The prompts of a turn when everything is full: window, memories, thought, feeling, scene and stimulus. */
async function fullTurn(character: Character, contextTokens: number, stimulus: string) {
  const model = scriptedAgents({
    reflect: () =>
      JSON.stringify({
        keyElements: ["x"],
        asksForMemory: true,
        queries: ["my father", "my mother", "work"],
      }),
    think: () => talk(3000),
    feel: () => JSON.stringify({ text: talk(780), valence: 0, arousal: 0.2 }),
    respond: () => talk(1500),
  });
  const person = await createSimulacrum({ character, model, embeddings: "lexical", contextTokens });
  const config = { configurable: { thread_id: "t" } };
  const present = [1, 2, 3, 4].map((id) => ({
    id: `p${id}`,
    name: `Person ${id}`,
    relationship: words(280),
  }));
  for (let turn = 0; turn < 3; turn++) {
    const messages = [new HumanMessage(`${turn}: ${words(turn * 800)}`)];
    await person.graph.invoke({ messages, present }, config);
  }
  const messages = [new SystemMessage(words(5000)), new HumanMessage({ content: stimulus, name: "p1" })];
  await person.graph.invoke({ messages, present }, config);
  await person.close();
  return model;
}

describe.each([
  ["hester-tranter", 4096, hester],
  ["a character with more of everything", 4096, verbose],
  ["a character with more of everything", 2048, verbose],
  ["hester-tranter", 8192, hester],
] as const)("%s in %i tokens", (_name, contextTokens, character) => {
  it.each([
    ["words", `Are you a human being? ${words(20_000)}`],
    ["Chinese", words(20_000, "你记得你父亲在海边的那座老房子吗？")],
    ["tags", words(20_000, "<a></b>")],
  ])(`leaves room for the answer when everything is full (%s)`, async (_kind, said) => {
    const model = await fullTurn(character, contextTokens, said);
    const { answer } = promptBudget(contextTokens);
    for (const agent of agents) {
      const messages = callsOf(model, agent).at(-1)?.messages ?? [];
      expect(messages.length, agent).toBeGreaterThan(1);
      expect(countMessageTokens(messages) + answer, agent).toBeLessThanOrEqual(contextTokens);
    }
    expect(callsOf(model, "respond").at(-1)?.messages.at(-1)?.text.length).toBeGreaterThan(80);
  });
});

describe("the newest exchange", () => {
  it("stays in every prompt, cut, when it is longer than working memory", async () => {
    const model = scriptedAgents({
      respond: ({ said }) => `Kingfisher. ${said.includes("next") ? "" : talk(9000)}`,
    });
    const person = await createSimulacrum({ character: hester, model, embeddings: "lexical" });
    await person.ask(`Heron. ${words(6000)}`, { thread: "t" });
    await person.ask("And next?", { thread: "t" });
    for (const agent of agents) {
      expect(promptsOf(model, agent).at(-1), agent).toContain("Heron.");
      expect(promptsOf(model, agent).at(-1), agent).toContain("Kingfisher.");
    }
    await person.close();
  });
});
