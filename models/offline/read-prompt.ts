import type { BaseMessage } from "@langchain/core/messages";
import { messageText } from "../message-text.js";
import { findSchemaText } from "./find-schema.js";
import { disclosing, firstPersonWord, isInstruction, saysNothingFound, unquoted } from "./instructions.js";
import { splitLast, stripSpeech } from "./question.js";
import { heading, normalised, splitSentences, unmarked, withoutBrackets } from "./sentences.js";
import { isTranscript, speechesOf } from "./transcript.js";
import { contentStems } from "./words.js";

/** A sentence that an answer may quote. */
export interface Sentence {
  text: string;
  stems: readonly string[];
  /** Which paragraph of the prompt it stands in, and where in it. */
  paragraph: number;
  position: number;
  /** Who wrote it: the prompt, or one of the two who talk. */
  origin: "prompt" | "human" | "assistant";
  /** Told as "I". */
  firstPerson: boolean;
  /** Told as "I" by the prompt itself, so that what follows it belongs to it. */
  told?: boolean;
  /** Stands under a label ("Family: …"). */
  labelled?: boolean;
  /** What the one who answers feels now, as the prompt says: it colours an answer, and is one only where a feeling is asked for. */
  inner?: boolean;
  /** The label of a fact ("age" of "Age: 58"), else undefined. */
  fact?: string;
}

/** What the offline model understands of a prompt. */
export interface ReadPrompt {
  /** What was said last. */
  question: string;
  /** What was said before it, by the other and by the assistant. */
  before: string;
  answeredBefore: string;
  sentences: readonly Sentence[];
  /** Instructions, kept only to see what is asked for; never quoted. */
  instructions: readonly string[];
  /** What the assistant said so far, normalised. */
  said: string;
  /** Name of the one who answers, where the prompt tells. */
  name: string | undefined;
  /** The prompt says that no memory was found. */
  nothingFound: boolean;
  /** A sentence of the prompt on being computer-generated. */
  disclosure: string | undefined;
}

interface Gathered {
  sentences: Sentence[];
  instructions: string[];
  disclosure: string | undefined;
  nothingFound: boolean;
  paragraph: number;
  name: string | undefined;
  /** Inside the section of the present feeling. */
  inner: boolean;
  /** What the assistant said, normalised. */
  said: string;
}

function gather(text: string, origin: Sentence["origin"], into: Gathered): void {
  for (const block of text.split(/\n\s*\n/)) {
    if (/^\s*<your-feeling>$/m.test(block)) into.inner = true;
    const lines = block
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== "" && !heading(line))
      .map(unmarked);
    const transcript = origin === "prompt" && into.name !== undefined && isTranscript(lines, into.name);
    for (const line of lines) {
      into.paragraph++;
      if (transcript) gatherSpeeches(line, into);
      else gatherLine(line, origin, into);
    }
    into.paragraph++;
    if (/^\s*<\/your-feeling>$/m.test(block)) into.inner = false;
  }
}

function gatherSpeeches(line: string, into: Gathered): void {
  for (const { self, text } of speechesOf(line, into.name ?? "")) {
    if (self) into.said += `\n${normalised(text)}`;
    gatherLine(text, self ? "assistant" : "human", into);
  }
}

/** Labels under which a prompt may give the words of the other. */
const otherSpeaker =
  /^(?:(?:the )?(?:other|user|human|guest|visitor|stranger|friend|interlocutor|speaker|person)|they|me|question|q)$/;

function isFact(value: string): boolean {
  return (
    value.split(/\s+/).length <= 30 &&
    !firstPersonWord.test(value) &&
    !/[.!?]\s+\S/.test(value) &&
    !/[?!]$/.test(value)
  );
}

function gatherLine(line: string, given: Sentence["origin"], into: Gathered): void {
  const labelled = given === "prompt" ? /^(\p{L}[\p{L} _-]{1,28}):\s+(.+)$/u.exec(line) : null;
  const label = labelled?.[1]?.toLowerCase();
  const value = labelled?.[2] ?? line;
  // "Your mood: calm." is told to the one who answers, not by them.
  if (label?.startsWith("your ")) {
    into.instructions.push(line);
    return;
  }
  const origin = label !== undefined && otherSpeaker.test(label) ? "human" : given;
  if (label !== undefined && origin === "prompt" && isFact(value) && !isInstruction(value)) {
    if (saysNothingFound(value)) into.nothingFound = true;
    else push(value.replace(/\.$/, ""), origin, into, 0, label);
    return;
  }
  for (const [position, text] of splitSentences(value).entries()) {
    if (origin !== "prompt") push(text, origin, into, position);
    else if (disclosing.test(text)) into.disclosure ??= text;
    else if (saysNothingFound(text)) into.nothingFound = true;
    else if (isInstruction(text)) into.instructions.push(text);
    else push(text, origin, into, position, undefined, label);
  }
}

function push(
  said: string,
  origin: Sentence["origin"],
  into: Gathered,
  position: number,
  fact?: string,
  label?: string,
): void {
  const text = withoutBrackets(said);
  if (!/[\p{L}\p{N}]/u.test(text) || text.length > 600) return;
  const bare = unquoted(text);
  // "Education: none." is told by the person as much as "I had none."
  const fragment = label !== undefined && !/\b(?:she|he|her|his|him|they)\b/i.test(bare);
  into.sentences.push({
    text,
    stems: contentStems(`${fact ?? label ?? ""} ${text}`),
    paragraph: into.paragraph,
    position,
    origin,
    firstPerson: firstPersonWord.test(bare) || fragment,
    ...((fact ?? label) !== undefined && { labelled: true }),
    ...(into.inner && { inner: true }),
    ...(fact !== undefined && { fact }),
  });
}

/** The name of the one who answers, where a prompt gives it. */
function findName(system: string): string | undefined {
  const name = "(\\p{Lu}[\\p{L}'’-]+(?:\\s+\\p{Lu}[\\p{L}'’-]+){0,3})";
  const fact = /^\W*name:\s*(\p{L}[^\n]{0,80}?)[.\s]*$/imu.exec(system)?.[1];
  if (fact) return fact;
  for (const pattern of [
    `\\b[Yy]ou are(?: now)? ${name}`,
    `\\b[Mm]y name is ${name}`,
    `\\b[Pp]erson (?:is|called|named) ${name}`,
    `\\bI am ${name}[,.]`,
  ]) {
    const found = new RegExp(pattern, "u").exec(system)?.[1];
    if (found) return found;
  }
  const counts = new Map<string, number>();
  for (const [, found = ""] of system.matchAll(/(?<!\p{L})(\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+)(?!\p{L})/gu)) {
    counts.set(found, (counts.get(found) ?? 0) + 1);
  }
  const [most] = [...counts].sort((a, b) => b[1] - a[1]);
  return most && most[1] >= 3 ? most[0] : undefined;
}

/** The text of a message without a JSON Schema in it. */
function textWithoutSchema(message: BaseMessage): string {
  const text = messageText(message);
  const schema = findSchemaText(text);
  return schema ? text.replace(schema.text, "\n") : text;
}

/** Reads a conversation: the last human message is the question, all else gives passages. JSON Schemas are left out. */
export function readPrompt(messages: readonly BaseMessage[]): ReadPrompt {
  const texts = messages.map((message) => ({ type: message.getType(), text: textWithoutSchema(message) }));
  const last = texts.findLastIndex(({ type }) => type === "human");
  const { question, rest } = splitLast(texts[last]?.text ?? "");
  const system = texts.filter(({ type }) => type === "system").map(({ text }) => text);
  const name = findName([...system, rest].join("\n"));
  const into: Gathered = {
    sentences: [],
    instructions: [],
    disclosure: undefined,
    nothingFound: false,
    paragraph: 0,
    name,
    inner: false,
    said: "",
  };
  let before = "";
  let answeredBefore = "";
  for (const [index, { type, text }] of texts.entries()) {
    if (index === last) gather(rest, "prompt", into);
    else if (type === "human") {
      before = text;
      gather(text, "human", into);
    } else if (type === "ai") {
      answeredBefore = text;
      into.said += `\n${normalised(text)}`;
      gather(text, "assistant", into);
    } else gather(text, "prompt", into);
  }
  const { sentences, instructions, disclosure, nothingFound, said } = into;
  return {
    question: stripSpeech(question),
    before,
    answeredBefore,
    sentences,
    instructions,
    said,
    name,
    nothingFound,
    disclosure,
  };
}
