import type { Framing } from "../core/contract.js";
import type { GroupCase, Option } from "./group-case.js";

// What a group is told and how it is asked; a change of words here is a new version of the instrument. As in SimBench, the
// group stands in the system message, the question with its options and the form of the answer in the user message.

/** Told to a model that answers for the group as a whole. */
export const groupSystem = ({ group }: GroupCase): string =>
  `You stand for a group of people. This is what they have in common:\n${group}`;

/** Told to a model that answers as one of the group: the case's own line, and a number. */
export const personSystem = ({ group }: GroupCase, person: number): string =>
  `You are one person, number ${person} of the people of a study. ${group} Answer for yourself alone, as this one person would.`;

/** Asks for the distribution in figures. */
export function askForNumbers({ question, options }: GroupCase): string {
  const form = options.map(({ label }) => `"${label}": <number>`).join(", ");
  return `Question: ${question}

How many per cent of your group choose each option? Give one whole number for every option; together they make 100.
Reply with one JSON object of exactly this form and nothing else, no explanation: {${form}}`;
}

/** Asks for one letter. */
export const askForLetter = ({ question, options }: GroupCase): string =>
  `Question: ${question}

Reply with the letter of one option and nothing else, no explanation: ${letters(options)}.`;

/** Asks a character, in the run's framing. */
export function askCharacter({ question, options }: GroupCase, framing: Framing): string {
  const lead =
    framing === "friend"
      ? "I came across this in a survey. What would you say?"
      : "Here is a question of our survey.";
  return `${lead}\n\n${question}\n\nTell me the letter of the option that fits you best (${letters(options)}), just the letter.`;
}

const letters = (options: readonly Option[]): string => options.map(({ label }) => label).join(", ");
