import { composed as composedForm, foldLetters } from "../../data/spelling/fold-spelling.js";
import type { AskedTime } from "./asked-time.js";
import type { KnownPerson } from "./contract.js";
import { namePattern } from "./people.js";
import { readTime } from "./question-time.js";
import { termOf, terms, words } from "./terms.js";

/** What a question asks for, as far as its form tells. */
export type QuestionForm = "when" | "how-long" | "other";

/** A question as the ranking reads it. */
export interface ReadQuestion {
  /** Known people it is about: those it names, or the character when it is put to "you". */
  people: readonly KnownPerson[];
  /** The one person it is about: the only one, or the one named first; undefined for none or several on a par. */
  asked?: KnownPerson;
  form: QuestionForm;
  /** The time that it asks for. */
  time?: AskedTime;
  /** Apart from the time only words about talking are left: whatever was told then is the answer. */
  timeOnly: boolean;
  /** Distinct terms without people's names and without the time, in order; none where it asks for a time only. */
  terms: readonly string[];
  /** Terms of the time alone: they count for memories that do not know when they were told. */
  dateTerms: readonly string[];
  /** For each of `terms` that one word gave: the word as written, in which a typing error is looked for. */
  written: ReadonlyMap<string, string>;
  /** The question in the first person, as the memory would say it: what is embedded. */
  dense: string;
}

/** At most so many words are looked for: a page is no question. */
const mostTerms = 48;
/** Words of questions that say what kind of answer is wanted, not what it is about. */
const askingWords = new Set(
  ["kind", "type", "sort", "happen", "tell", "remember", "recall", "describe", "share", "please"].flatMap(
    (word) => termOf(word) ?? [],
  ),
);

/**
 * Reads a question put to `self`, in which `others` may be named. Other languages fall back to plain terms.
 * @param timeZone IANA name: "yesterday" is a day there
 */
export function readQuestion(
  text: string,
  self: KnownPerson,
  others: readonly KnownPerson[],
  now: Date,
  timeZone = "UTC",
): ReadQuestion {
  const composed = withoutRequest(composedForm(text));
  const plain = foldLetters(composed);
  const named = namedPeople(plain, [self, ...others]);
  const toSelf = /\b(?:you|your|yours|yourself)\b/i.test(plain);
  const ofAsker = /\b(?:I|me|my|mine|myself)\b/.test(plain);
  const people = toSelf && !named.includes(self) ? [self, ...named] : named;
  const dated = readTime(withoutPeople(plain, people), now, timeZone);
  const timeOnly = dated?.timeOnly === true;
  const lexical = distinct(terms(dated?.rest ?? withoutPeople(plain, people))).slice(-mostTerms);
  const telling = lexical.filter((term) => !askingWords.has(term));
  const kept = timeOnly ? [] : telling.length > 0 ? telling : lexical;
  const sole = ofAsker ? undefined : subjectOf(plain, people, self);
  return {
    people,
    ...(sole ? { asked: sole } : {}),
    form: formOf(plain),
    ...(dated ? { time: dated.time } : {}),
    timeOnly,
    terms: kept,
    dateTerms: dated ? distinct(terms(dated.said)).filter((term) => !kept.includes(term)) : [],
    written: writtenWords(plain, kept),
    // As it was written, unless a name can only be found in the folded spelling.
    dense: firstPerson(named.every((person) => isNamed(composed, person)) ? composed : plain, people, toSelf),
  };
}

const distinct = (list: readonly string[]): string[] => [...new Set(list)];

const requests = [
  /^(?:(?:could|can|would|will) you )?(?:please )?(?:tell|share|describe|talk|remind|explain)\b(?: (?:to|with))?(?: (?:me|us))?(?: (?:a (?:bit|little)|more|something))?(?: (?:about|of))?\b/i,
  /^(?:may|can|could|might) (?:I|we) (?:ask|know)(?: you)?(?: (?:about|for))?\b/i,
  /^(?:do|can|could) you (?:still )?(?:remember|recall)\b/i,
];

/** A question without the courtesy before it ("Could you tell me about ..."), which is not what is asked for. */
function withoutRequest(text: string): string {
  const rest = requests.reduce((left, pattern) => left.replace(pattern, "").trim(), text.trim());
  return terms(rest).length > 0 ? rest : text;
}

/** Whom a question is about: the one it names first, unless it puts several on a par ("Ann and Bob", "both"). */
function subjectOf(text: string, people: readonly KnownPerson[], self: KnownPerson): KnownPerson | undefined {
  if (people.length < 2) return people[0];
  if (/\b(?:and|or|both|each other)\b/i.test(text)) return undefined;
  const place = (person: KnownPerson) => {
    const named = text.search(namePattern(person) ?? /$^/);
    return named < 0 && person === self ? text.search(/\byou/i) : named;
  };
  return [...people].sort((a, b) => place(a) - place(b))[0];
}

const isNamed = (text: string, person: KnownPerson): boolean => namePattern(person)?.test(text) === true;

const namedPeople = (text: string, known: readonly KnownPerson[]): KnownPerson[] =>
  known.filter((person) => isNamed(text, person));

function withoutPeople(text: string, people: readonly KnownPerson[]): string {
  return people.reduce((rest, person) => {
    const pattern = namePattern(person);
    return pattern ? rest.replace(pattern, " ") : rest;
  }, text);
}

function writtenWords(text: string, kept: readonly string[]): Map<string, string> {
  const written = words(text).map((word): [string | undefined, string] => [termOf(word), word]);
  return new Map(
    written.filter((entry): entry is [string, string] => entry[0] !== undefined && kept.includes(entry[0])),
  );
}

function formOf(text: string): QuestionForm {
  if (/\bhow long\b/i.test(text)) return "how-long";
  return /^\W*when\b|\bwhen (?:did|do|does|was|were|is|are|has|have|had|will)\b|\b(?:what|which) (?:time|date|day|month|year)\b/i.test(
    text,
  )
    ? "when"
    : "other";
}

/** "What is Mary's job?" and "What is your job?" both become "What is my job?": memories are told in the first person. */
function firstPerson(text: string, people: readonly KnownPerson[], toSelf: boolean): string {
  let turned = text;
  for (const person of people) {
    const pattern = namePattern(person);
    if (pattern) turned = turned.replace(pattern, (_, possessive?: string) => (possessive ? "my" : "I"));
  }
  if (!toSelf) return turned;
  return turned
    .replace(/\byourself\b/gi, "myself")
    .replace(/\byours\b/gi, "mine")
    .replace(/\byour\b/gi, "my")
    .replace(/\bare you\b/gi, "am I")
    .replace(/\byou are\b/gi, "I am")
    .replace(/\byou\b/gi, "I");
}
