import { terms, words } from "../../memory/ranking/terms.js";
import { stopWords } from "../../memory/ranking/word-lists.js";
import { runsInCircles, sentencesIn } from "./circles.js";
import { leadIn, metaPatterns } from "./meta-talk.js";
import { factsAdded, factsLeftOut } from "./source-facts.js";

/** The texts of a memory that a model makes. */
export type MadeText = "content" | "thinking" | "feeling" | "summary";

/** What a text was made of. */
export interface MadeOf {
  /** The passage, or, of a summary, the content. */
  passage: string;
  /** What else was shown: how the person sees themself. */
  known: string;
  /** Whose memory it is. */
  name: string;
}

/** The fault of a text that has nothing to do with what it was to be made of: whoever wrote it has not read that. */
export const SOMETHING_ELSE = "it tells something else";

/** Share of a content's telling words that stand in its passage, from which it may be a memory of it. */
const FAITHFUL_FROM = 0.4;
/** Share of a sentence's telling words, of so many, below which it was made up; and the share of such sentences that is too much. */
const SENTENCE_FROM = 0.3;
const SENTENCE_TERMS = 3;
const MADE_UP = 0.25;
/** Share of a content's pairs of neighbouring words that stand in its passage so: words shaken in a bag have none. */
const PAIRS_FROM = 0.05;
const PAIRS_COUNTED_FROM = 12;
/** A thought of so many telling words has something to do with what it is about. */
const ABOUT_IT_FROM = 12;
/** A summary of so many telling words shares one with what it sums up. */
const SUMMARY_FROM = 4;
/** Share of a thought's sentences that are copied, from which it is none. */
const MOSTLY = 0.5;
/** Of so many words of English prose at least this share are words like "of" and "was". */
const PROSE_WORDS = 12;
const PROSE_FROM = 0.2;
/** The longest sentence and the longest word of a person. */
const SENTENCE_WORDS = 80;
const WORD_LETTERS = 35;
/** The longest thought, feeling or summary, in words: two short sentences are asked for, and who goes on rambles. */
const LONGEST_WORDS = 80;

/** A made text without what stands around it: lead-in, label, quotation marks, fence, and an end that was cut off. */
export function tidied(text: string): string {
  let bare = text.trim().replace(/^```\w*\n?|\n?```$/gu, "");
  for (let again = 0; again < 2; again++) bare = bare.replace(leadIn, "").trim();
  bare = bare.replace(/^["“„«*_]+(?=[\s\S]*["”“»*_]+$)|["”“»*_]+$/gu, (marks, at: number) =>
    at > 0 && /["“„«*_]/u.test(bare.slice(1, -1)) ? marks : "",
  );
  const whole = sentencesIn(bare);
  const last = whole.at(-1) ?? "";
  const isCut = whole.length > 1 && !/[.!?…。！？]["”’»)』」]*$/u.test(last);
  return (isCut ? bare.slice(0, bare.lastIndexOf(last)) : bare).trim();
}

/**
 * What makes a text unusable as this part of a memory, said so that who made it can mend it; null where nothing does.
 * A weak model answers, refuses, praises the passage, changes the language or runs in circles: nothing of it may become
 * what somebody remembers, thinks or feels.
 */
export function faultOf(text: string, kind: MadeText, of: MadeOf): string | null {
  if (words(text).length === 0) return "it says nothing";
  if (isMarkedUp(text, of.passage)) return "it holds tags, labels or marks; write plain sentences only";
  const meta = metaTalkIn(text, of.passage);
  if (meta !== null) return `it speaks about the task (“${meta}”) and not as ${of.name}`;
  if (runsInCircles(text) && !runsInCircles(of.passage)) return "it says the same thing over and over";
  if (isSalad(text, of.passage)) return "it is no sentence that anybody would say";
  if (scriptOf(text) !== scriptOf(of.passage)) return "it is in another language";
  return ofItsKind[kind](text, of);
}

const ofItsKind: Record<MadeText, (text: string, of: MadeOf) => string | null> = {
  content(text, { passage, name }) {
    // The original words may stand as they are.
    if (isWithin(text, passage) && words(text).length === words(passage).length) return null;
    if (!faithfulTo(passage, text)) return SOMETHING_ELSE;
    const missing = factsLeftOut(passage, text, name);
    if (missing.length > 0) return `it leaves out ${missing.slice(0, 8).join(", ")}`;
    if (words(text).length > 1.5 * words(passage).length + 40) return "it is longer than what it was made of";
    if (isEnglish(text) && !/\b(?:I|me|my|mine|we|us|our)\b/u.test(text)) return notAs(name);
    return added(text, `${passage} ${name}`);
  },
  thinking: (text, of) => ownWords(text, of),
  feeling: (text, of) => ownWords(text, of),
  summary(text, { passage, name }) {
    if (words(text).length > LONGEST_WORDS) return "it is too long";
    const told = new Set([...terms(passage), ...terms(name)]);
    const own = terms(text);
    if (own.length >= SUMMARY_FROM && !own.some((term) => told.has(term))) return SOMETHING_ELSE;
    return added(text, `${passage} ${name}`);
  },
};

const notAs = (name: string) => `it does not speak as ${name}, as “I”`;

/** What a person makes of a memory in their own words, which need not be the memory's. */
function ownWords(text: string, { passage, known, name }: MadeOf): string | null {
  if (words(text).length > LONGEST_WORDS) return "it is too long";
  const sentences = sentencesIn(text);
  const copied = (from: string) =>
    sentences.filter((sentence) => isWithin(sentence, from)).length / sentences.length;
  if (copied(passage) >= MOSTLY) return "it only repeats what happened";
  if (copied(known) >= MOSTLY) return "it only repeats who you are";
  const isOwn = /\b(?:I|me|my|mine|myself)\b/u.test(text);
  const ofOthers = new RegExp(`^you(?:'re|’re|r)?\\b|\\b(?:${words(name).map(escaped).join("|")})\\b`, "iu");
  if (isEnglish(text) && !isOwn && ofOthers.test(text)) return notAs(name);
  if (isEnglish(text) && !isOwn && /^(?:she|he|they|people|life)\b/iu.test(text)) return notAs(name);
  if (/^[\p{Lu}][\p{L} .'-]{0,30}:\s/u.test(text)) return "it is what somebody else says";
  if (sentences.every((sentence) => /[?？]["”’»]?$/u.test(sentence))) return "it only asks";
  const told = new Set(terms(`${passage} ${known} ${name}`));
  const own = new Set(terms(text));
  if (own.size >= ABOUT_IT_FROM && ![...own].some((term) => told.has(term)))
    return "it has nothing to do with the memory";
  return added(text, `${passage} ${known} ${name}`);
}

const added = (text: string, known: string): string | null => {
  const facts = factsAdded(known, text);
  return facts.length === 0 ? null : `it adds ${facts.slice(0, 5).join(", ")}, of which nothing was said`;
};

/** Whether a text can be a memory of the passage: all of it shares words with it, and the way they stand together. */
export function faithfulTo(passage: string, text: string): boolean {
  const told = new Set(terms(passage));
  const remembered = [...new Set(terms(text))];
  const shared = remembered.filter((term) => told.has(term)).length;
  if (shared < Math.min(2, told.size) || shared / remembered.length < FAITHFUL_FROM) return false;
  const sentences = sentencesIn(text).map((sentence) => [...new Set(terms(sentence))]);
  const madeUp = sentences.filter(
    (own) =>
      own.length >= SENTENCE_TERMS &&
      own.filter((term) => told.has(term)).length / own.length < SENTENCE_FROM,
  );
  if (madeUp.length / sentences.length > MADE_UP) return false;
  const pairs = pairsOf(text);
  const toldPairs = new Set(pairsOf(passage));
  const together = pairs.filter((pair) => toldPairs.has(pair)).length;
  return pairs.length < PAIRS_COUNTED_FROM || together / pairs.length >= PAIRS_FROM;
}

const pairsOf = (text: string): string[] => {
  const all = words(text);
  return all.slice(1).map((word, at) => `${all[at]} ${word}`);
};

/** The words with which a text speaks about the task; null where it does not, or where the passage says them too. */
function metaTalkIn(text: string, passage: string): string | null {
  const said = new Set(terms(passage));
  for (const pattern of metaPatterns) {
    const [match] = pattern.exec(text) ?? [];
    if (match === undefined) continue;
    const telling = terms(match);
    if (telling.length === 0 || !telling.every((term) => said.has(term))) return match;
  }
  return null;
}

function isMarkedUp(text: string, passage: string): boolean {
  const marks = [
    /<[/|]?[a-z][^<>]{0,40}>|‹[/a-z][^‹›]{0,40}›|<\||\|>|\[\/?INST\]|<<|```/iu,
    /^\s*#{1,6}\s|^\s*(?:[-*_]\s?){3,}$|\*\*/mu,
    /^\s*[{[]\s*["'[{]|"\s*:\s*["\d[{]|["\d]\s*[}\]]\s*$/u,
    /(?:^|\n)\s*[*_]*(?:system|user|assistant|human|AI|content|thinking|valence|arousal|importance|emotion|summary)[*_]*\s*:/iu,
    /�|\b(?:undefined|null|NaN)\b/u,
  ];
  return marks.some((mark) => mark.test(text) && !mark.test(passage));
}

/** Whether these are words without a sentence. */
function isSalad(text: string, passage: string): boolean {
  const all = words(text);
  if (all.some((word) => word.length > WORD_LETTERS && /^[\p{Script=Latin}]+$/u.test(word))) return true;
  if (
    sentencesIn(text).some((sentence) => sentence.split(/\s+/u).length > SENTENCE_WORDS) &&
    longest(passage) <= SENTENCE_WORDS
  )
    return true;
  return all.length >= PROSE_WORDS && !isEnglish(text) && smallWords(passage) >= 1.5 * PROSE_FROM;
}

/** The share of words like "of" and "was", of which only the English ones are known. */
function smallWords(text: string): number {
  const all = words(text);
  return all.filter((word) => stopWords.has(word.replaceAll("'", ""))).length / all.length;
}

const isEnglish = (text: string): boolean => scriptOf(text) === "Latin" && smallWords(text) >= PROSE_FROM;

const longest = (text: string) =>
  Math.max(...sentencesIn(text).map((sentence) => sentence.split(/\s+/u).length));

/** Whether a text stands in another one word for word. */
const isWithin = (text: string, other: string): boolean =>
  ` ${words(other).join(" ")} `.includes(` ${words(text).join(" ")} `);

const scripts = [
  "Latin",
  "Han",
  "Hiragana",
  "Cyrillic",
  "Greek",
  "Arabic",
  "Hebrew",
  "Hangul",
  "Thai",
  "Devanagari",
];

/** The script of most letters; Chinese and Japanese, which share one, count as one. */
function scriptOf(text: string): string | undefined {
  const counted = scripts.map((script) => ({
    script: script === "Hiragana" ? "Han" : script,
    count: (text.match(new RegExp(`\\p{Script=${script}}`, "gu")) ?? []).length,
  }));
  return counted.reduce((most, one) => (one.count > most.count ? one : most)).script;
}

const escaped = (word: string) => word.replace(/[.*+?^${}()|[\]\\]/gu, "\\$&");
