import { monthNames } from "../../data/month-names.js";

const month = `(${monthNames.join("|")}|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\\.?`;
const day = "(\\d{1,2})(?:st|nd|rd|th)?";
const year = "(\\d{4})";
const dayMs = 86_400_000;

/** A date named in a question, as precisely as it was said. Without a year every year fits. */
export interface QuestionDate {
  year?: number;
  /** From 1. */
  month: number;
  day?: number;
}

type Reader = (found: RegExpExecArray, now: Date) => QuestionDate | undefined;

const monthNumber = (name = ""): number =>
  monthNames.findIndex((full) => full.startsWith(name.toLowerCase().slice(0, 3))) + 1;

const dateOf = (named: string | undefined, dayText?: string, yearText?: string): QuestionDate | undefined => {
  const asDay = dayText === undefined ? undefined : Number(dayText);
  if (asDay !== undefined && (asDay < 1 || asDay > 31)) return undefined;
  return {
    month: monthNumber(named),
    ...(asDay === undefined ? {} : { day: asDay }),
    ...(yearText === undefined ? {} : { year: Number(yearText) }),
  };
};

const daysBefore = (now: Date, days: number): QuestionDate => {
  const then = new Date(now.getTime() - days * dayMs);
  return { year: then.getUTCFullYear(), month: then.getUTCMonth() + 1, day: then.getUTCDate() };
};

const monthsBefore = (now: Date, months: number): QuestionDate => {
  const then = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 1));
  return { year: then.getUTCFullYear(), month: then.getUTCMonth() + 1 };
};

/** Most precise first; a bare month needs a preposition or a year, so that "may" and "march" stay words. */
const readers: readonly (readonly [RegExp, Reader])[] = [
  [
    /\b(\d{4})-(\d{2})-(\d{2})\b/,
    (found) => ({ year: Number(found[1]), month: Number(found[2]), day: Number(found[3]) }),
  ],
  [
    /(\d{4})年(\d{1,2})月(?:(\d{1,2})[日号])?/,
    (found) => ({
      year: Number(found[1]),
      month: Number(found[2]),
      ...(found[3] === undefined ? {} : { day: Number(found[3]) }),
    }),
  ],
  [
    new RegExp(`\\b${month}\\s+${day}(?:,?\\s+${year})?\\b`, "i"),
    (found) => dateOf(found[1], found[2], found[3]),
  ],
  [
    new RegExp(`\\b${day}\\s+(?:of\\s+)?${month}(?:,?\\s+${year})?\\b`, "i"),
    (found) => dateOf(found[2], found[1], found[3]),
  ],
  [
    new RegExp(`\\b${month},?\\s+(?:of\\s+)?${year}\\b`, "i"),
    (found) => dateOf(found[1], undefined, found[2]),
  ],
  [
    new RegExp(
      `\\b(?:in|during|since|until|by|around|early|late|mid|last|this|of)[\\s-]+${month}(?![\\w'])`,
      "i",
    ),
    (found) => dateOf(found[1]),
  ],
  [/\byesterday\b/i, (_, now) => daysBefore(now, 1)],
  [/\b(\d{1,3}) days ago\b/i, (found, now) => daysBefore(now, Number(found[1]))],
  [/\blast month\b/i, (_, now) => monthsBefore(now, 1)],
];

/** The first date in a question, and the question without it; undefined when it names none. */
export function readDate(
  text: string,
  now: Date,
): { date: QuestionDate; rest: string; said: string } | undefined {
  for (const [pattern, read] of readers) {
    const found = pattern.exec(text);
    const date = found ? read(found, now) : undefined;
    if (found && date) {
      const rest = `${text.slice(0, found.index)} ${text.slice(found.index + found[0].length)}`;
      return { date, rest, said: found[0] };
    }
  }
  return undefined;
}

/**
 * How well a telling time fits an asked date, in [0, 1]. A month: told in that month. A day: told on it or within two
 * days after 1, within nine days .6, within a month .2 (people tell late, and plan ahead).
 */
export function dateFit(date: QuestionDate, told: Date): number {
  if (date.day === undefined) {
    const sameYear = date.year === undefined || date.year === told.getUTCFullYear();
    return sameYear && date.month === told.getUTCMonth() + 1 ? 1 : 0;
  }
  const asked = Date.UTC(date.year ?? told.getUTCFullYear(), date.month - 1, date.day);
  const days = Math.floor(told.getTime() / dayMs) - asked / dayMs;
  if (days >= 0 && days <= 2) return 1;
  if (Math.abs(days) <= 9) return 0.6;
  return Math.abs(days) <= 30 ? 0.2 : 0;
}
