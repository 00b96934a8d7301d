import { monthNames } from "../../data/month-names.js";
import type { KnownPerson } from "./contract.js";
import { terms } from "./terms.js";

const monthName = new RegExp(`^(?:${monthNames.join("|")})$`, "i");
const spacedLetter = "[\\p{Script=Latin}\\p{Script=Cyrillic}\\p{Script=Greek}\\p{N}]";

/** Everything one person is called: full name, first name, aliases; longest first. */
export function callNames(person: KnownPerson): string[] {
  const first = person.name.trim().split(/\s+/)[0] ?? "";
  const names = [person.name, first, ...(person.aliases ?? [])].map((name) => name.trim());
  return [...new Set(names)].filter((name) => name.length > 1).sort((a, b) => b.length - a.length);
}

/** Does `name` (a record's speaker) mean this person? Compared without case. */
export function isCalled(person: KnownPerson, name: string): boolean {
  const asked = name.trim().toLowerCase();
  return callNames(person).some((known) => known.toLowerCase() === asked);
}

/**
 * A name in running text, its possessive ending in group 1. A name that is also an everyday word ("Will", "May")
 * is only recognised with its capital letter.
 */
export function namePattern(person: KnownPerson): RegExp | undefined {
  const names = callNames(person);
  if (names.length === 0) return undefined;
  const ordinary = names.some((name) => terms(name).length === 0 || monthName.test(name));
  const choice = names
    .map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/\s+/g, "\\s+"))
    .join("|");
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
