import { namePattern } from "../../../memory/ranking/people.js";
import { terms } from "../../../memory/ranking/terms.js";
import type { Conversation } from "./locomo.js";

/** Questions about what was said (categories 1-4) whose evidence exists. */
export const answerable = (conversation: Conversation) =>
  conversation.questions.filter(
    ({ category, evidence }) => category >= 1 && category <= 4 && evidence.length > 0,
  );

/** Questions that ask one speaker for a fact of the other (category 5). */
export const misattributed = (conversation: Conversation) =>
  conversation.questions.filter(({ category }) => category === 5);

/** As many questions of the other conversations as this one answers, evenly drawn, put to this one's speakers. */
export function foreignQuestions(conversation: Conversation, all: readonly Conversation[]): string[] {
  const others = all.flatMap((other) =>
    other === conversation
      ? []
      : answerable(other).map(({ question }) => renamed(question, other, conversation)),
  );
  const wanted = Math.min(others.length, answerable(conversation).length);
  return Array.from(
    { length: wanted },
    (_, index) => others[Math.floor((index * others.length) / wanted)] ?? "",
  );
}

function renamed(question: string, from: Conversation, to: Conversation): string {
  return from.speakers.reduce((text, name, index) => {
    const pattern = namePattern({ name });
    return pattern
      ? text.replace(pattern, (_, ending?: string) => `${to.speakers[index]}${ending ?? ""}`)
      : text;
  }, question);
}

/** The question with two neighbouring letters of its longest content word swapped, from the middle of the word on. */
export function withTypo(question: string, speakers: readonly string[]): string {
  const names = new Set(speakers.flatMap((name) => name.toLowerCase().split(/\s+/)));
  const content = (question.match(/[\p{L}\p{M}]+/gu) ?? []).filter(
    (word) => !names.has(word.toLowerCase()) && terms(word).length > 0,
  );
  const longest = content.reduce((best, word) => (word.length > best.length ? word : best), "");
  const mistyped = swapped(longest);
  return longest === "" ? question : question.replace(longest, () => mistyped);
}

function swapped(word: string): string {
  const letters = [...word];
  const middle = Math.max(1, Math.floor(letters.length / 2) - 1);
  for (let at = middle; at + 1 < letters.length; at++) {
    const [one = "", other = ""] = [letters[at], letters[at + 1]];
    if (one !== other) return [...letters.slice(0, at), other, one, ...letters.slice(at + 2)].join("");
  }
  return word;
}
