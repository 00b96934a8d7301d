/** What the parts of the program are called on the page: for readers who do not know our vocabulary. */

/** A look-up that knows what stands in it and nothing else: names come from files, and "constructor" is one. */
const wordsOf = (words: Record<string, string>) => (name: string) =>
  Object.hasOwn(words, name) ? words[name] : undefined;

const methodsInWords = wordsOf({
  macm: "with a mind: remembers, thinks and feels before answering (macm)",
  rag: "from a profile and passages of the life story (rag)",
  prompt: "from a profile alone (prompt)",
  blank: "without a character (blank)",
});

export const methodInWords = (method: string): string => methodsInWords(method) ?? method;

/** What a node of the graph does. */
const stepsInWords = wordsOf({
  check_stimulus: "Checks what was said",
  check_answer: "Checks the answer",
  reflect: "Takes in what was said",
  recall: "Searches memory",
  recall_again: "Searches memory again",
  retrieve: "Looks up story passages",
  think: "Thinks",
  feel: "Feels",
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
  top: "Taking in what was said",
  thinking: "Thinking",
  emotion: "Feeling",
  respond: "Answering",
  memory: "Summing up",
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
  "your-thought": "The thought",
  "your-feeling": "The feeling",
  scene: "The scene",
  conversation: "Conversation so far",
  "just-said": "What was just said",
  "answer-format": "Form of the reply",
});
export const sectionInWords = (name: string): string => sectionsInWords(name) ?? name.replaceAll("-", " ");

const failuresInWords = wordsOf({
  top: "Taking in what was said failed: memory was searched with the words of the message alone.",
  thinking: "Thinking failed: the answer was made without a thought.",
  emotion: "Feeling failed: the answer was made without a feeling, and the mood only faded.",
  memory: "Memory failed: the answer was made without memories, or could not be kept.",
});
export const failureInWords = (agent: string): string => failuresInWords(agent) ?? agent;

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
