import { pronounOf, type Subject, subjectOf, toFirstPerson } from "./first-person.js";
import type { ReadPrompt, Sentence } from "./read-prompt.js";
import { contentStems } from "./words.js";

/** Sentences of the prompt as the one who answers would say them; those that cannot be said are left out. */
export function sayable(prompt: ReadPrompt, asksYou: boolean): Sentence[] {
  const { name } = prompt;
  const pronoun = pronounOf(prompt.sentences.filter((one) => one.origin === "prompt").map((one) => one.text));
  const given: Sentence[] = [];
  let subject: Subject = "self";
  let paragraph = -1;
  for (const sentence of prompt.sentences) {
    if (sentence.origin !== "prompt") continue;
    if (sentence.fact !== undefined) {
      given.push({ ...sentence, text: factAsSentence(sentence.fact, sentence.text), firstPerson: true });
      continue;
    }
    if (sentence.firstPerson || !asksYou || name === undefined) {
      given.push({ ...sentence, told: sentence.firstPerson });
      continue;
    }
    if (sentence.paragraph !== paragraph) subject = "self";
    paragraph = sentence.paragraph;
    subject = subjectOf(sentence.text, name, pronoun, subject);
    const mentions =
      /\b(?:she|he|her|his|him)\b/i.test(sentence.text) ||
      name.split(/\s+/).some((part) => sentence.text.includes(part));
    // What another says is not the person's to say.
    if (/^["“‘]/.test(sentence.text)) continue;
    if (!mentions) given.push(sentence);
    else if (subject === "self" || (subject === "theirs" && !/\b(?:she|he)\b/i.test(sentence.text))) {
      const told = toFirstPerson(sentence.text, name, pronoun);
      if (told !== undefined)
        given.push({ ...sentence, text: told, stems: contentStems(told), firstPerson: true });
    }
  }
  return given;
}

function factAsSentence(label: string, value: string): string {
  const plain = value.replace(/\.$/, "");
  if (label === "name") return `My name is ${plain}.`;
  if (label === "age") return `I am ${plain}${/^\d+$/.test(plain) ? " years old" : ""}.`;
  if (/^(?:job|occupation|profession|work)$/.test(label))
    return `I work as ${/^[aeiou]/i.test(plain) ? "an" : "a"} ${lowerFirst(plain)}.`;
  if (/^(?:residence|home|lives in|location|address)$/.test(label)) return `I live in ${plain}.`;
  if (/birth|born/.test(label)) return `I was born on ${plain}.`;
  if (/^(?:gender|sex)$/.test(label)) return `I am ${lowerFirst(plain)}.`;
  return `My ${label} ${/s$/.test(label) && !/ss$/.test(label) ? "are" : "is"} ${lowerFirst(plain)}.`;
}

/** A sentence to be put after others' words: its first letter small, unless it is a name. */
export const lowerFirst = (text: string): string =>
  /^\p{Lu}\p{Ll}+(?:\s|,|$)/u.test(text) && !/^\p{Lu}\S*\s\p{Lu}/u.test(text)
    ? text.charAt(0).toLowerCase() + text.slice(1)
    : text;
