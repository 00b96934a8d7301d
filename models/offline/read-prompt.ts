import type { BaseMessage } from "@langchain/core/messages";
import { messageText } from "../message-text.js";
import { findSchemaText } from "./find-schema.js";
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

const imperative =
  /^(?:please\s+)?(?:answer|reply|respond|speak|stay|keep|be|use|write|give|return|do|don['’]t|never|always|avoid|remember|say|tell|act|play|think|consider|imagine|list|choose|pick|select|make|let|refer|follow|ignore|treat|mention|describe|explain|output|produce|include|provide|note|summari[sz]e|analy[sz]e|read|look|take|put|name|show|state|decide|judge|rate|score|complete|fill|start|begin|end|only|invent|draw|limit|base|talk|ask|continue|quote|find|extract|identify|review|assume|pretend|leave|match|set|see|add|report|weigh)\b(?!\s+(?:is|was|were|are)\b)/i;
const aboutTheTask =
  /\b(?:json|schema|prompt|the user|instructions?|in character|first person|second person|your (?:reply|answer|task|role)|chatbot|assistant|roleplay|role-play|sentences? (?:at most|long)|at most \w+ (?:words|sentences))\b/i;
const disclosing =
  /computer[- ]generated|artificial intelligence|\bAI\b|language model|not a (?:real )?(?:human|person)|simulat(?:ed|ion) (?:person|of)/i;
const findingNothing =
  /\b(?:no|nothing|not any|none)\b[^.]{0,60}\b(?:memor(?:y|ies)|remember|recall(?:ed)?|relevant|comes? to mind|comes? back)\b|\b(?:do(?:es)? not|don['’]t|doesn['’]t|cannot|can['’]t) (?:remember|recall)\b/i;
const firstPersonWord = /\b(?:I|I['’](?:m|ve|d|ll)|me|my|mine|myself|we|our|us)\b/;
const secondPersonWord = /\byou(?:r|rs|rself|['’](?:re|ve|ll|d))?\b/i;

/** Words in quotation marks do not say whom a sentence addresses. */
const unquoted = (text: string): string => text.replace(/["“][^"”]*["”]/g, "");

function isInstruction(text: string, origin: Sentence["origin"]): boolean {
  if (origin !== "prompt") return false;
  const bare = unquoted(text);
  return (
    imperative.test(text) ||
    aboutTheTask.test(bare) ||
    (secondPersonWord.test(bare) && !/^["“]/.test(text)) ||
    (/^(?:if|when|unless|where)\b/i.test(text) && /\b(?:say|answer|reply|write)\b/i.test(bare))
  );
}

let segmenter: Intl.Segmenter | undefined;

function split(text: string): string[] {
  segmenter ??= new Intl.Segmenter("en", { granularity: "sentence" });
  const parts: string[] = [];
  for (const { segment } of segmenter.segment(text)) {
    const last = parts.at(-1);
    // The segmenter breaks after "Mr." and initials.
    if (last !== undefined && /\b(?:Mr|Mrs|Ms|Dr|St|[A-Z])\.\s*$/.test(last))
      parts[parts.length - 1] = last + segment;
    else parts.push(segment);
  }
  return parts.map((part) => part.trim()).filter(Boolean);
}

const heading = (line: string): boolean =>
  /^#{1,6}\s/.test(line) ||
  /^[-=*_]{3,}$/.test(line) ||
  /^<\/?[\w\s="'-]+>$/.test(line) ||
  (/:$/.test(line) && line.split(/\s+/).length <= 12) ||
  /^\*\*[^*]+\*\*:?$/.test(line) ||
  /^\[[^\]]*\]$/.test(line);

/** Takes tags, list marks, bold marks and numbers off the beginning of a line. */
const unmarked = (line: string): string =>
  line
    .replace(/<\/?[a-z][\w-]*(?:\s[^<>]*)?>/gi, "")
    .replace(/^\s*(?:[-*•>]\s+|\(?\d{1,3}[.)\]]\s+|\[[^\]]{1,40}\]\s*)+/, "")
    .replace(/^\([^)]*\d[^)]*\)\s*/, "")
    .replace(/\*\*/g, "")
    .trim();

interface Gathered {
  sentences: Sentence[];
  instructions: string[];
  disclosure: string | undefined;
  nothingFound: boolean;
  paragraph: number;
}

function gather(text: string, origin: Sentence["origin"], into: Gathered): void {
  for (const line of text.split("\n").map((raw) => raw.trim())) {
    into.paragraph++;
    if (line === "" || heading(line)) continue;
    gatherLine(unmarked(line), origin, into);
  }
}

function gatherLine(line: string, origin: Sentence["origin"], into: Gathered): void {
  const labelled = /^([\p{L}][\p{L} _-]{1,28}):\s+(.+)$/u.exec(line);
  const label = labelled?.[1]?.toLowerCase();
  const value = labelled?.[2] ?? line;
  const isFact =
    label !== undefined &&
    origin === "prompt" &&
    value.split(/\s+/).length <= 14 &&
    !firstPersonWord.test(value) &&
    !/[.!?]\s+\S/.test(value);
  if (label !== undefined && isFact && !isInstruction(value, origin)) {
    if (findingNothing.test(value)) into.nothingFound = true;
    else push(value.replace(/\.$/, ""), origin, into, 0, label);
    return;
  }
  for (const [position, text] of split(value).entries()) {
    if (origin === "prompt" && disclosing.test(text)) into.disclosure ??= text;
    else if (origin === "prompt" && findingNothing.test(text) && !firstPersonWord.test(text))
      into.nothingFound = true;
    else if (isInstruction(text, origin)) into.instructions.push(text);
    else push(text, origin, into, position);
  }
}

function push(
  text: string,
  origin: Sentence["origin"],
  into: Gathered,
  position: number,
  fact?: string,
): void {
  if (!/[\p{L}\p{N}]/u.test(text) || text.length > 600) return;
  into.sentences.push({
    text,
    stems: contentStems(fact === undefined ? text : `${fact} ${text}`),
    paragraph: into.paragraph,
    position,
    origin,
    firstPerson: firstPersonWord.test(unquoted(text)),
    ...(fact !== undefined && { fact }),
  });
}

function findName(system: string, sentences: readonly Sentence[]): string | undefined {
  const name = "(\\p{Lu}[\\p{L}'’-]+(?:\\s+\\p{Lu}[\\p{L}'’-]+){0,3})";
  const fact = sentences.find((sentence) => sentence.fact === "name")?.text;
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

/** The part of a long last message that asks, and the rest of it. */
function splitLast(text: string): { question: string; rest: string } {
  const paragraphs = text
    .split(/\n\s*\n/)
    .map((part) => part.trim())
    .filter(Boolean);
  if (text.length < 400 || paragraphs.length < 2) return { question: text, rest: "" };
  let at = paragraphs.findLastIndex(
    (part) => /[?？]["”’']?(?:\s*<\/[\w-]+>)?$/.test(part) || /_{2,}/.test(part),
  );
  if (at < 0) at = paragraphs.findLastIndex((part) => !imperative.test(unmarked(part)) && !heading(part));
  if (at < 0) at = paragraphs.length - 1;
  return {
    question: paragraphs[at] ?? text,
    rest: paragraphs.filter((_, index) => index !== at).join("\n\n"),
  };
}

const stripSpeech = (text: string): string =>
  text
    .split("\n")
    .filter((line) => !heading(line.trim()))
    .map((line) => line.replace(/<\/?[a-z][\w-]*(?:\s[^<>]*)?>/gi, ""))
    .join("\n")
    .replace(/^"""|"""$/g, "")
    .trim();

/** Reads a conversation: the last human message is the question, all else gives passages. JSON Schemas are left out. */
export function readPrompt(messages: readonly BaseMessage[]): ReadPrompt {
  const into: Gathered = {
    sentences: [],
    instructions: [],
    disclosure: undefined,
    nothingFound: false,
    paragraph: 0,
  };
  const last = messages.findLastIndex((message) => message.getType() === "human");
  let system = "";
  let said = "";
  let before = "";
  let answeredBefore = "";
  let question = "";
  for (const [index, message] of messages.entries()) {
    const whole = messageText(message);
    const schema = findSchemaText(whole);
    const text = schema ? whole.replace(schema.text, "\n") : whole;
    const type = message.getType();
    if (index === last) {
      const parts = splitLast(text);
      question = stripSpeech(parts.question);
      gather(parts.rest, "prompt", into);
    } else if (type === "human") {
      before = text;
      gather(text, "human", into);
    } else if (type === "ai") {
      answeredBefore = text;
      said += `\n${normalised(text)}`;
      gather(text, "assistant", into);
    } else {
      system += `\n${text}`;
      gather(text, "prompt", into);
    }
  }
  const { sentences, instructions, disclosure, nothingFound } = into;
  return {
    question,
    before,
    answeredBefore,
    sentences,
    instructions,
    said,
    name: findName(system, sentences),
    nothingFound,
    disclosure,
  };
}

/** Lower case, words only: to see whether something was said already. */
export function normalised(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** The sentences of any text, without marks and headings. */
export function sentencesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !heading(line))
    .flatMap((line) => split(unmarked(line)))
    .filter((sentence) => !imperative.test(sentence));
}
