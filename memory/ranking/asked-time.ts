import { dayNumberOf, instantOf, type LocalTime, localTime } from "../local-time.js";
import type { DayPart, TimeUnit } from "./time-words.js";

/** From and up to (not including) moments in milliseconds; where it has a peak, times further from it fit less. */
export interface TimeSpan {
  from: number;
  to: number;
  peak?: number;
}

/** The time that a question asks for. */
export interface AskedTime {
  /** Any of them. Where a date was named without a year, one a year. */
  spans: readonly TimeSpan[];
  /** A day of the calendar was named: people tell late, and plan ahead, so the days around it fit a little. */
  named?: boolean;
  /** Asked for the first or the last talk: which span that is, only who knows the memories can tell. */
  talk?: "first" | "last";
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Hours of the day's parts; the night goes on into the next day. */
const hours: Record<DayPart, readonly [number, number]> = {
  morning: [4, 12.5],
  afternoon: [11.5, 18.5],
  evening: [16.5, 26],
  night: [18, 29],
};
/** Years back for which a date without a year is looked for, and on (of what was planned). */
const yearsBack = 12;
/** How far from the very moment "… ago" may lie, in halves of the unit. */
const halves: Record<TimeUnit, number> = {
  minute: 2 * 60_000,
  hour: HOUR_MS / 2,
  day: 0,
  week: 3.5 * DAY_MS,
  month: 15 * DAY_MS,
  year: 183 * DAY_MS,
};
const unitMs = { minute: 60_000, hour: HOUR_MS, day: DAY_MS, week: 7 * DAY_MS } as const;

/** A calendar at one moment in one time zone: it knows what "yesterday" is. */
export class Calendar {
  readonly today: LocalTime;

  constructor(
    readonly now: Date,
    readonly timeZone: string,
  ) {
    this.today = localTime(now, timeZone);
  }

  /** From one midnight to another. @param from day number, as `LocalTime` has it */
  days(from: number, to = from + 1): TimeSpan {
    return { from: instantOf(from, 0, this.timeZone), to: instantOf(to, 0, this.timeZone) };
  }

  /** So many days back, as a whole or a part of the day. */
  daysBack(count: number, part?: DayPart): TimeSpan {
    const day = this.today.dayNumber - count;
    if (!part) return this.days(day);
    const [from, to] = hours[part];
    return { from: instantOf(day, from, this.timeZone), to: instantOf(day, to, this.timeZone) };
  }

  /** "Three weeks ago" is a day, or not far from it; "three days ago" is a day. */
  ago(count: number, unit: TimeUnit): TimeSpan {
    if (unit === "day") return this.daysBack(count);
    const peak =
      unit === "month" || unit === "year"
        ? this.monthsAgo(unit === "year" ? 12 * count : count)
        : this.now.getTime() - count * unitMs[unit];
    // The more of them, the rounder the number.
    const around = halves[unit] * (unit === "hour" || unit === "minute" ? Math.max(1, count / 2) : 1);
    return { from: peak - around, to: peak + around + 1, peak };
  }

  /** This hour so many months ago; where that month is shorter, on its last day. */
  private monthsAgo(count: number): number {
    const { year, month, day, hour } = this.today;
    const there = Math.min(day, daysIn(year, month - count));
    return instantOf(dayNumberOf(year, month - count, there), hour, this.timeZone);
  }

  /** The calendar's week (from Monday), month or year, so many back. */
  unitBack(count: number, unit: TimeUnit): TimeSpan | undefined {
    const { year, month, weekday, dayNumber } = this.today;
    if (unit === "week") {
      const monday = dayNumber - ((weekday + 6) % 7) - 7 * count;
      return this.days(monday, monday + 7);
    }
    if (unit === "month") return this.month(year, month - count);
    if (unit === "year")
      return this.days(dayNumberOf(year - count, 1, 1), dayNumberOf(year - count + 1, 1, 1));
    return undefined;
  }

  /** So many months from the first of one. @param month from 1; below and above it counts on in other years */
  month(year: number, month: number, months = 1): TimeSpan {
    return this.days(dayNumberOf(year, month, 1), dayNumberOf(year, month + months, 1));
  }

  /** A named date; where no year was said, of every year in reach that has it; null where none has. */
  named({ year, month, day, months = 1 }: NamedDate): AskedTime | null {
    const years =
      year === undefined
        ? Array.from({ length: yearsBack + 2 }, (_, back) => this.today.year + 1 - back)
        : [year];
    if (day === undefined) return { spans: years.map((each) => this.month(each, month, months)) };
    const having = years.filter((each) => isDate(each, month, day));
    if (having.length === 0) return null;
    return { spans: having.map((each) => this.days(dayNumberOf(each, month, day))), named: true };
  }

  /** The last day with this number in its month, today included; null where no month has it. */
  lastDay(day: number): AskedTime | null {
    const { year, month, day: today } = this.today;
    // Of two months that follow each other, one has 31 days, but for July and August, which both have.
    const back = [0, 1, 2].find((each) => (each > 0 || day <= today) && day <= daysIn(year, month - each));
    if (back === undefined || day < 1) return null;
    return { spans: [this.days(dayNumberOf(year, month - back, day))], named: true };
  }

  /** The last day that was a weekday, today left out, and, where that was only just, the one a week before. */
  lastWeekday(weekday: number, part?: DayPart): TimeSpan[] {
    const back = ((this.today.weekday - weekday + 6) % 7) + 1;
    const nearest = this.daysBack(back, part);
    if (back > 3) return [nearest];
    const before = this.daysBack(back + 7, part);
    // Fits, but less: its middle lies outside.
    return [nearest, { ...before, peak: before.from - (before.to - before.from) / 2 }];
  }
}

/** @param month from 1; below and above it counts on in other years */
const daysIn = (year: number, month: number): number =>
  dayNumberOf(year, month + 1, 1) - dayNumberOf(year, month, 1);

const isDate = (year: number, month: number, day: number): boolean =>
  month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);

/** A date by its month, or so many months from it, and perhaps day and year. */
export interface NamedDate {
  year?: number;
  /** From 1. */
  month: number;
  day?: number;
  months?: number;
}

/**
 * How well a telling time fits an asked one, in [0, 1]: 1 within it, less the further from its peak. Around a named day
 * it fits less the further it is: told within two days after .9, within nine days .6, within a month .2.
 */
export function timeFit(asked: AskedTime, told: Date): number {
  const at = told.getTime();
  return asked.spans.reduce((best, span) => Math.max(best, fitOf(span, at, asked.named === true)), 0);
}

function fitOf({ from, to, peak }: TimeSpan, at: number, named: boolean): number {
  if (at >= from && at < to) return peak === undefined ? 1 : 1 - (0.5 * Math.abs(at - peak)) / (to - from);
  if (!named) return 0;
  const days = at < from ? (from - at) / DAY_MS : (at - to) / DAY_MS;
  if (at >= to && days < 2) return 0.9;
  if (days < 9) return 0.6;
  return days < 30 ? 0.2 : 0;
}
