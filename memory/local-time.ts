import { SimulacraError } from "../data/errors.js";

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

const DAY_MS = 86_400_000;
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

/**
 * The name of a time zone as it was given, if there is such a zone.
 * @throws SimulacraError `invalid_option`
 */
export function checkedTimeZone(name: string): string {
  try {
    formatOf(name);
    return name;
  } catch (cause) {
    throw new SimulacraError(
      "invalid_option",
      `There is no time zone "${name}": give an IANA name such as "Europe/Vienna", "America/New_York" or "UTC".`,
      "user",
      { timeZone: name },
      { cause },
    );
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
