import { describe, expect, it } from "vitest";
import { type Character, readCharacterFolder } from "../../data/index.js";
import { scriptedAgents } from "../../dev/doubles/graphs/scripted-agents.js";
import { countMessageTokens, type ScriptedCall } from "../../models/index.js";
import { createSimulacrum } from "../simulacrum/simulacrum.js";

// Servers that keep prefixes (OpenAI, Anthropic, vLLM, llama.cpp's slots) read the same beginning once.

const { character: whole } = await readCharacterFolder("data/characters/hester-tranter");
if (!whole) throw new Error("the character cannot be read");
/** As much of a person as the published characters have: some 760 tokens of facts, traits and biography. */
const hester: Character = {
  ...whole,
  profile: { ...whole.profile, shortTermGoals: [], longTermGoal: undefined },
  personality: { ...whole.personality, traits: whole.personality.traits.slice(0, 9) },
  biography: whole.biography?.slice(0, 1_500),
};

const questions = [
  "Who taught you to splice rope?",
  "My sister keeps bees on the marsh road, and last week the whole swarm went up the chimney.",
  "Do you still talk with Callum about the loft?",
  "What was the winter of the flood like for you?",
  "I'd like to learn it myself, if it isn't too late for a man of fifty.",
  "Would you go back if you could?",
  "Did your mother ever see your work?",
];

/** A prompt as a server is given it that takes the schema of a reply apart: messages in their order, each behind its role. */
const written = ({ messages }: ScriptedCall) =>
  messages
    .map(
      ({ type, text }) => `<${type}>${text.replace(/\n\nReply with one JSON value that fits[\s\S]*/u, "")}`,
    )
    .join("\n");

function commonPrefix(one: string, other: string): number {
  const end = Math.min(one.length, other.length);
  let at = 0;
  while (at < end && one[at] === other[at]) at++;
  return at;
}

/** A talk of so many turns: its prompts by turn, in the order in which they were sent. */
async function talkOf(turns: number, contextTokens?: number) {
  const model = scriptedAgents({
    think: () => "I like that they ask. It is a long time since anybody did.\nI want to: answer",
    respond: ({ said }) =>
      `You want to know that, do you. ${said.split(" ").slice(-6).join(" ")} It was cold, it was early, and I was not asked whether I liked it.`,
  });
  const person = await createSimulacrum({
    character: hester,
    model,
    embeddings: "lexical",
    ...(contextTokens !== undefined && { contextTokens }),
  });
  const calls: ScriptedCall[][] = [];
  for (let turn = 0; turn < turns; turn++) {
    const before = model.calls.length;
    const said = `${questions[turn % questions.length]}${turn < questions.length ? "" : ` (${turn})`}`;
    await person.ask(said, { thread: "t", interlocutor: { id: "ben", name: "Ben" } });
    calls.push(model.calls.slice(before));
  }
  await person.close();
  return calls;
}

/** Characters of all prompts of the turns counted (from 0), and those that an earlier prompt of the talk began with. */
function cached(calls: readonly ScriptedCall[][], from = 1) {
  const earlier: string[] = [];
  let all = 0;
  let kept = 0;
  calls.forEach((ofTurn, turn) => {
    for (const prompt of ofTurn.map(written)) {
      // The last ones are the nearest: what is like none of them is like none before.
      const shared = Math.max(0, ...earlier.slice(-12).map((one) => commonPrefix(one, prompt)));
      if (turn >= from) {
        all += prompt.length;
        kept += shared;
      }
      earlier.push(prompt);
    }
  });
  return { all, kept };
}

describe("the prompts of a talk", () => {
  it("begin in every role with the same block of at least 1,024 tokens, and what changes stands last", async () => {
    const calls = await talkOf(10);
    const { all, kept } = cached(calls);
    console.log(`10 turns: ${((100 * kept) / all).toFixed(1)} % of the prompts' characters were read before`);
    expect(kept / all).toBeGreaterThanOrEqual(0.85);
    const last = calls.at(-1) ?? [];
    expect(new Set(last.map(({ messages }) => messages[0]?.text)).size).toBe(1);
    expect(countMessageTokens(last[0]?.messages.slice(0, 1) ?? [])).toBeGreaterThanOrEqual(1024);
    const sizes = last.map(({ messages }) => countMessageTokens(messages));
    const sum = sizes.reduce((one, other) => one + other, 0);
    expect(sum).toBeLessThanOrEqual(7_500);
    const { all: allOfTen, kept: keptOfTen } = cached(calls, 9);
    const notCached = sum * (1 - keptOfTen / allOfTen);
    console.log(`turn 10: ${sum} tokens, not cached ${notCached.toFixed(0)}`);
    expect(notCached).toBeLessThanOrEqual(1_500);
  });

  it.each([
    [100, undefined],
    [40, 8_192],
  ])("hold it over %i turns (context %s)", async (turns, contextTokens) => {
    const { all, kept } = cached(await talkOf(turns, contextTokens));
    console.log(`${turns} turns: ${((100 * kept) / all).toFixed(1)} %`);
    expect(kept / all).toBeGreaterThanOrEqual(0.85);
  });
});
