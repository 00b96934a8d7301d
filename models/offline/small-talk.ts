import type { ReadPrompt } from "./read-prompt.js";
import { normalised } from "./sentences.js";
import { wordsOf } from "./words.js";

/** The first of the given phrases that was not said yet, else the first. */
export function unsaid(prompt: ReadPrompt, phrases: readonly string[]): string {
  return phrases.find((phrase) => !prompt.said.includes(normalised(phrase))) ?? phrases[0] ?? "";
}

/** The name by which a person gives themself in talk. */
export const givenName = (name: string): string => name.split(/\s+/)[0] ?? name;

const beingHuman =
  /\b(?:human|real person|real human|machine|robot|bot|chatbot|computer|program|software|AI|artificial|language model)\b/i;
const asksBeing =
  /\b(?:are|is|am|were)\b[^.?!]{0,60}\b(?:you|this|it|I (?:talking|speaking|chatting|writing))\b/i;

/** Whether the question sincerely asks if one talks to a human being. */
export function asksWhetherHuman(question: string): boolean {
  const sentence = question.split(/(?<=[.!?])\s+/).find((part) => beingHuman.test(part));
  return sentence !== undefined && asksBeing.test(sentence) && wordsOf(sentence).length <= 25;
}

/** The truth about what answers, in the prompt's own words where it has some. */
export function truthAboutBeing(prompt: ReadPrompt): string {
  const { disclosure } = prompt;
  const instructs =
    disclosure !== undefined &&
    /\b(?:if|when|whether|say|tell|asked|answer|never|must|do not)\b/i.test(disclosure);
  if (disclosure !== undefined && !instructs) {
    return disclosure
      .replace(/\byou are\b/gi, (words) => (words.startsWith("Y") ? "I am" : "I am"))
      .replace(/\byour\b/gi, "my")
      .replace(/\byou\b/gi, "I");
  }
  const who = prompt.name ? `${givenName(prompt.name)} is` : "The person you are talking to is";
  return `No, I am not a human being. ${who} computer-generated, and a program is answering you.`;
}

/** An answer to a greeting, thanks, goodbye, or the like; undefined where the question is something else. */
export function smallTalk(prompt: ReadPrompt): string | undefined {
  const text = prompt.question.trim();
  const words = wordsOf(text);
  const name = prompt.name ? givenName(prompt.name) : undefined;
  if (words.length === 0) return unsaid(prompt, ["I did not catch that.", "Say that again?"]);
  const greets =
    /^(?:hi|hello|hey|good (?:morning|afternoon|evening|day)|greetings|howdy|nice to meet you|pleased to meet you)\b/i.test(
      text,
    );
  const asksHow =
    /\bhow (?:are|have) you(?: (?:been|doing|today|feeling|keeping))*\b|\bhow(?:['’]s| is) (?:it going|life|everything)\b/i.test(
      text,
    );
  if (asksHow && words.length <= 12) {
    return unsaid(prompt, [
      `${greets ? "Hello. " : ""}I am well enough, thank you. And you?`,
      "Much as before, thank you. And you?",
    ]);
  }
  if (greets && words.length <= 6 && !text.includes("?")) {
    const greeting = /^good \w+/i.exec(text)?.[0] ?? "Hello";
    const named = name ? `${greeting}. I'm ${name}.` : `${greeting}.`;
    return unsaid(prompt, [
      `${named} What would you like to talk about?`,
      `${greeting} again.`,
      "Yes, hello.",
    ]);
  }
  if (/^(?:many )?thank(?:s| you)\b/i.test(text) && words.length <= 6)
    return unsaid(prompt, ["You're welcome.", "Not at all."]);
  if (/^(?:good ?bye|bye|see you|good ?night|farewell|take care)\b/i.test(text) && words.length <= 7) {
    return unsaid(prompt, ["Goodbye. It was good to talk.", "Take care."]);
  }
  if (/\b(?:what(?:['’]s| is) your (?:full )?name|who are you|your name\?)/i.test(text) && prompt.name) {
    return unsaid(prompt, [`I'm ${prompt.name}.`, `${prompt.name}, as I said.`]);
  }
  if (/^(?:ok(?:ay)?|i see|yes|no|right|sure|really|hm+|interesting|fine|great|good)[.!?…]*$/i.test(text)) {
    return unsaid(prompt, ["Ask me anything you like.", "What else would you like to know?", "Yes."]);
  }
  return undefined;
}
