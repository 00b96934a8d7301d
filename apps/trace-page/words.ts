import { builtInAgents } from "../../agents/agents.js";
import { methodOfCondition } from "../../graphs/conditions.js";

/** What the parts of the program are called on the page: for readers who do not know our vocabulary. */

/** A look-up that knows what stands in it and nothing else: names come from files, and "constructor" is one. */
const wordsOf = (words: Record<string, string>) => (name: string) =>
  Object.hasOwn(words, name) ? words[name] : undefined;

/** A way to play a character, as the trace names it. */
export function methodInWords(condition: string): string {
  const method = methodOfCondition(condition);
  return method === undefined ? condition : `${method.title} (${condition})`;
}

/** Whether a character played so has a mind that could be shown. */
export const hasMind = (condition: string | undefined): boolean =>
  methodOfCondition(condition ?? "")?.remembers ?? false;

/** What a node of the graph does. */
const stepsInWords = wordsOf({
  check_stimulus: "Checks what was said",
  check_answer: "Checks the answer",
  ...Object.fromEntries(builtInAgents.map(({ node, does }) => [node, does])),
  begin_turn: "Begins the turn",
  recall_again: "Searches memory again",
  retrieve: "Looks up story passages",
  respond: "Finds the words",
  remember: "Keeps the turn in memory",
  weigh: "Weighs whether to keep it",
  construct: "Makes a memory of it",
  construct_content: "Writes what happened",
  construct_feeling: "Writes how it felt",
  construct_reasoning: "Writes what was thought",
  summarise: "Sums it up",
  compare: "Compares with older memories",
  keep: "Stores it for good",
});
export const stepInWords = (name: string): string => stepsInWords(name) ?? name;

const rolesInWords = wordsOf({
  ...Object.fromEntries(builtInAgents.map(({ id, does }) => [id, does])),
  respond: "Answers",
  // Its only call: a summary of what becomes a memory.
  memory: "Sums up",
});
export const roleInWords = (role: string): string => rolesInWords(role) ?? role;

const sectionsInWords = wordsOf({
  instructions: "Instructions",
  facts: "Facts of the profile",
  "self-description": "How they describe themself",
  biography: "Biography",
  memories: "Memories recalled",
  "feelings-of-other-days": "Feelings from those memories",
  "life-story-passages": "Passages of the life story",
  scene: "The scene",
  conversation: "Conversation so far",
  "just-said": "What was just said",
  "answer-format": "Form of the reply",
});
export const sectionInWords = (name: string): string => sectionsInWords(name) ?? name.replaceAll("-", " ");

const failuresInWords = wordsOf(
  Object.fromEntries(builtInAgents.map(({ id, whenItFails }) => [id, whenItFails])),
);
export const failureInWords = (agent: string): string =>
  failuresInWords(agent) ?? `The agent “${agent}” failed: the answer was made without its part.`;

const refusalsInWords = wordsOf({
  duplicate: "It was not kept: the same memory is there already.",
  echo: "It was not kept: it only repeats what had been recalled.",
  empty: "It was not kept: nothing in it is worth remembering.",
  gone: "It was not kept: the episode is no longer there.",
});
export const refusalInWords = (refusal: string): string => refusalsInWords(refusal) ?? refusal;

/** What the words of the page mean. */
export const glossary: readonly (readonly [string, string])[] = [
  ["Turn", "One message and the answer to it, with all that went on in between."],
  [
    "Mood and feeling",
    "A feeling answers one message. The mood lasts: each feeling moves it a little, and it fades back to the person’s usual state.",
  ],
  ["Valence", "How pleasant a feeling or mood is, from −1 (very unpleasant) to +1 (very pleasant)."],
  [
    "Arousal",
    "How strongly it stirs, from 0 (calm) to 1 (very agitated). Both are after Russell’s circumplex of affect (1980).",
  ],
  ["Prompt", "The text that the language model was given. Every agent has its own."],
  ["Token", "The unit in which language models read and write; in English about three quarters of a word."],
  ["Consolidation", "Between turns, something that was said and has come up again becomes a lasting memory."],
];
