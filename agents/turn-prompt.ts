import { AIMessage, type BaseMessage, HumanMessage, SystemMessage } from "@langchain/core/messages";
import { countMessageTokens } from "../models/index.js";
import { textOf } from "./conversation.js";
import { paragraphs } from "./section.js";
import { shownExchanges } from "./shown-exchanges.js";
import type { AgentDependencies } from "./turn.js";
import { saidWithin, spoken, type TurnView } from "./turn-view.js";

/** What is new in a turn: notes that nobody says, and the words last of all, given what was just said. */
export interface TurnEnd {
  notes: string;
  words(said: string): string;
}

/**
 * One prompt of a turn, the same in its build for every agent: who the person is, then the conversation, message by
 * message, and last what is new in this turn, with the agent's task. All before the notes is byte for byte the same for all
 * agents, and from turn to turn but for the exchange that was added: servers that keep prefixes read it once.
 * @param reserve tokens that the model client may add, as the schema of a structured reply
 */
export function turnPrompt(
  view: TurnView,
  { instructions, budget, countTokens }: AgentDependencies,
  { notes, words }: TurnEnd,
  reserve = 16,
): BaseMessage[] {
  const system = new SystemMessage(instructions);
  const noted = notes === "" ? [] : [new SystemMessage(notes)];
  const frame = countMessageTokens([system, ...noted, new HumanMessage(words(""))]);
  const left = budget.context - budget.answer - frame - reserve;
  const said = saidWithin(view, Math.min(budget.stimulus, left), countTokens);
  const room = Math.min(budget.history, left - countTokens(said));
  const exchanges = shownExchanges(view, room, countTokens, ({ said: heard, answer }) => ({
    heard: heard.map((message) => spoken(message, view)),
    answered: textOf(answer),
  }));
  return [
    system,
    ...exchanges.flatMap(({ heard, answered }) => [
      ...(heard === "" ? [] : [new HumanMessage(heard)]),
      new AIMessage(answered),
    ]),
    ...noted,
    new HumanMessage(words(said)),
  ];
}

/** The system message of every prompt: who the person is, and the rules. */
export const instructionsFor = (name: string, persona: string, rules: string): string =>
  paragraphs(`You are ${name}, in a conversation.`, persona, rules);
