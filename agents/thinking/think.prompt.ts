export const THINK_VERSION = 2;

/** What a person may want to do when something was said to them. */
export const intentions = [
  "answer",
  "ask back",
  "tell something",
  "say little",
  "change the subject",
  "decline",
  "leave",
] as const;

/** The silent reasoning of the person (paper, section 3.2.1, Thinking Agent). */
export const thinkTask = (): string =>
  [
    "Do not speak yet: nobody hears you think. What do they want, and how far do you trust them? Do you honestly know the answer from what is written above? What will you say, what do you keep to yourself, and is something left open between you?",
    `Write only the thought, as “I”, in one to three short, plain sentences; then a line “I want to:” with one of: ${intentions.join(", ")}.`,
  ].join("\n");
