/** A moment as clock and calendar on the wall show it. */
export interface LocalTime {
  year: number;
  /** From 1. */
  month: number;
  day: number;
  /** 0 is Sunday. */
  weekday: number;
  hour: number;
  minute: number;
  /** Days since 1 January 1970 on this calendar: the difference of two is the number of midnights between them. */
  dayNumber: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  });
  formats.set(timeZone, format);
  return format;
}

/** The time zone of this machine, as an IANA name. */
export const machineTimeZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Whether there is a time zone of this (IANA) name. */
export function isTimeZone(name: string): boolean {
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
}

/** What clock and calendar show in a time zone. @param timeZone IANA name */
export function localTime(at: Date, timeZone: string): LocalTime {
  const shown: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of formatOf(timeZone).formatToParts(at)) shown[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = shown;
  const dayNumber = dayNumberOf(year, month, day);
  return { year, month, day, weekday: weekdayOf(dayNumber), hour, minute, dayNumber };
}

/** Days since 1 January 1970. Days past the end of a month go on into the next. @param month from 1 */
export const dayNumberOf = (year: number, month: number, day: number): number =>
  Date.UTC(year, month - 1, day) / DAY_MS;

/** Day of the week, 0 for Sunday: 1 January 1970 was a Thursday. */
export const weekdayOf = (dayNumber: number): number => (((dayNumber + 4) % 7) + 7) % 7;

/** Parts of a day as people speak of them. */
export type PartOfDay = "night" | "morning" | "afternoon" | "evening";

export function partOfDay(hour: number): PartOfDay {
  if (hour < 5 || hour >= 22) return "night";
  if (hour < 12) return "morning";
  return hour < 17 ? "afternoon" : "evening";
}

/**
 * The moment at which the clock there shows an hour of a day; hours beyond 24 go on into the next day. An hour that the
 * change of clocks leaves out is the one after.
 */
export function instantOf(dayNumber: number, hour: number, timeZone: string): number {
  const wanted = dayNumber * DAY_MS + hour * HOUR_MS;
  let at = wanted;
  for (let step = 0; step < 2; step++) {
    const shown = localTime(new Date(at), timeZone);
    at += wanted - (shown.dayNumber * DAY_MS + shown.hour * HOUR_MS + shown.minute * MINUTE_MS);
  }
  return at;
}
