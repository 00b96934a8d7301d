import type { BaseMessage } from "@langchain/core/messages";
import type { Guard, GuardCheck } from "../../../agents/guard/guard.js";
import type { SimulacrumOptions } from "../../../graphs/simulacrum/options.js";
import { createSimulacrum, type Simulacrum } from "../../../graphs/simulacrum/simulacrum.js";
import { anna as character, type Script, scriptedAgents } from "./scripted-agents.js";

const opened: Simulacrum[] = [];
/** After each test. */
export async function closeGuarded(): Promise<void> {
  for (const person of opened.splice(0)) await person.close();
}

/** A simulacrum behind a guard, and its model. */
export async function openGuarded(
  guard: Guard,
  options: Partial<SimulacrumOptions> = {},
  script: Script = {},
) {
  const model = scriptedAgents({
    respond: ({ said }) => `Re: ${said.split("\n").at(-1)?.slice(0, 60)}`,
    ...script,
  });
  const person = await createSimulacrum({ character, model, embeddings: "lexical", guard, ...options });
  opened.push(person);
  return { person, model };
}

/** Takes a card number out, stops at a bomb, lets the rest pass. */
export const rules: GuardCheck = (text) => {
  if (text.includes("bomb")) return { action: "stop", reason: "weapons" };
  if (text.includes("4111"))
    return { action: "replace", text: text.replace("4111", "[card]"), reason: "card number" };
  return { action: "allow" };
};
export const t = { configurable: { thread_id: "t" } };
export const texts = (messages: readonly BaseMessage[]) => messages.map(({ text }) => text);
export const storedIn = async (person: Simulacrum) =>
  (await person.memory.transcript.turns("t")).map(({ stimulus, answer }) => [
    ...stimulus.map(({ text }) => text),
    answer.text,
  ]);
