import { monthNames } from "../../data/month-names.js";
import { foldLetters, foldSpelling } from "../../data/spelling/fold-spelling.js";
import type { KnownPerson } from "./contract.js";
import { terms } from "./terms.js";
import { nameWords } from "./word-lists.js";

const spacedLetter = "[\\p{Script=Latin}\\p{Script=Cyrillic}\\p{Script=Greek}\\p{N}]";

/** Everything one person is called: full name, first name, aliases; longest first. */
export function callNames(person: KnownPerson): string[] {
  const first = person.name.trim().split(/\s+/)[0] ?? "";
  const names = [person.name, first, ...(person.aliases ?? [])].map((name) => name.trim());
  return [...new Set(names)].filter((name) => name.length > 1).sort((a, b) => b.length - a.length);
}

/** Does `name` (a record's speaker) mean this person? Compared in one spelling, without case. */
export function isCalled(person: KnownPerson, name: string): boolean {
  const asked = foldSpelling(name.trim());
  return callNames(person).some((known) => foldSpelling(known) === asked);
}

const isEverydayWord = (name: string): boolean =>
  terms(name).length === 0 || nameWords.has(foldSpelling(name));

// White space is bounded: a look behind of any length takes time in the square of a run of spaces.
/** What stands before a thing and never before a person's bare name: "the rose", "your bill". */
const ofThings = "(?<!\\b(?:the|an?|my|your|his|her|its|our|their|some|any|no|every|which)\\s{1,4})";
/** What makes a name of a month the month: "in June", "June 1961". */
const ofMonths = `(?<!\\b(?:in|during|since|until|by|around|early|late|mid|last|of)[\\s-]{1,4}|\\d(?:st|nd|rd|th)?\\s{1,4})`;
const isMonth = (name: string): boolean => monthNames.some((month) => month === foldSpelling(name));

function asPattern(name: string): string {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/\s+/g, "\\s+");
  if (/\s/.test(name)) return escaped;
  return isMonth(name) ? `${ofThings}${ofMonths}${escaped}(?!,?\\s+\\d)` : `${ofThings}${escaped}`;
}

/**
 * A name in running text, as it is spelt and folded (`foldLetters`), its possessive ending in group 1. A name that is also
 * an everyday word ("Will", "May", "Rose") is only recognised with its capital letter, and no bare name after an article.
 */
export function namePattern(person: KnownPerson): RegExp | undefined {
  const names = callNames(person);
  if (names.length === 0) return undefined;
  const ordinary = names.some(isEverydayWord);
  const choice = [...new Set(names.flatMap((name) => [name, foldLetters(name)]))].map(asPattern).join("|");
  return new RegExp(`(?<!${spacedLetter})(?:${choice})(['’]s)?(?!${spacedLetter})`, ordinary ? "gu" : "giu");
}

/**
 * The text of a dialogue turn as it is embedded: without the listeners' names, which say nothing about the turn
 * but draw it towards every question in which they are named.
 */
export function withoutNames(text: string, listeners: readonly KnownPerson[]): string {
  let bare = text;
  for (const person of listeners) {
    const pattern = namePattern(person);
    if (pattern) bare = bare.replace(pattern, (_, possessive?: string) => (possessive ? "your" : ""));
  }
  bare = bare
    .replace(/\s+([,.!?;:])/g, "$1")
    .replace(/,(?=[.!?])/g, "")
    .replace(/\s{2,}/g, " ")
    .trim();
  return /[\p{L}\p{N}]/u.test(bare) ? bare : text;
}
