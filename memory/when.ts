import { monthNames } from "../data/month-names.js";
import { capitalised, inWords } from "../data/words.js";
import { type LocalTime, localTime, partOfDay } from "./local-time.js";

const MINUTE_MS = 60_000;
const weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
/** Days from which a memory is no longer placed by the week but by the month. */
const MONTHS_FROM_DAYS = 63;

/**
 * How long ago something was, and when, as it is said in talk: "a minute ago", "this morning", "yesterday evening",
 * "four days ago, on Thursday", "three weeks ago, on Tuesday, 9 November", "in March 2024 (two years ago)".
 * @param timeZone IANA name: days begin and end there
 */
export function ageInWords(at: Date, now: Date, timeZone: string): string {
  const then = localTime(at, timeZone);
  const today = localTime(now, timeZone);
  const days = today.dayNumber - then.dayNumber;
  const minutes = Math.floor((now.getTime() - at.getTime()) / MINUTE_MS);
  if (days < 0) return `on ${weekday(then)}, ${date(then)}, still to come`;
  if (minutes < 1) return "just now";
  if (minutes < 60) return `${several(minutes, "minute")} ago`;
  if (days === 0) return partToday(then, today, minutes);
  if (days === 1) return partYesterday(then);
  if (days < 7) return `${several(days, "day")} ago, on ${weekday(then)}`;
  const thisYear = then.year === today.year;
  if (days < MONTHS_FROM_DAYS)
    return `${daysInWords(days)} ago, on ${weekday(then)}, ${thisYear ? dayAndMonth(then) : date(then)}`;
  return `in ${month(then)} ${then.year} (${monthsInWords(monthsBetween(then, today))} ago)`;
}

/** The moment as one knows it without looking at a watch twice: "Monday, 30 November 2026, in the evening (half past five)". */
export function momentInWords(now: Date, timeZone: string): string {
  const today = localTime(now, timeZone);
  const part = partOfDay(today.hour);
  const when = part === "night" ? "at night" : `in the ${part}`;
  return `${weekday(today)}, ${date(today)}, ${when} (${clockInWords(today)})`;
}

/** How long it has been: "a few moments", "twenty minutes", "five hours", "three weeks", "two and a half years". */
export function sinceInWords(last: Date, now: Date, timeZone: string): string {
  const then = localTime(last, timeZone);
  const today = localTime(now, timeZone);
  const minutes = Math.floor((now.getTime() - last.getTime()) / MINUTE_MS);
  if (minutes < 1) return "a few moments";
  if (minutes < 60) return several(minutes, "minute");
  if (minutes < 24 * 60) return several(Math.round(minutes / 60), "hour");
  const days = today.dayNumber - then.dayNumber;
  return days < MONTHS_FROM_DAYS ? daysInWords(days) : monthsInWords(monthsBetween(then, today));
}

const weekday = ({ weekday }: LocalTime): string => weekdays[weekday] ?? "";
const month = ({ month }: LocalTime): string => capitalised(monthNames[month - 1] ?? "");
const dayAndMonth = (time: LocalTime): string => `${time.day} ${month(time)}`;
const date = (time: LocalTime): string => `${dayAndMonth(time)} ${time.year}`;

const several = (count: number, unit: string): string =>
  count === 1 ? `${unit === "hour" ? "an" : "a"} ${unit}` : `${inWords(count)} ${unit}s`;

function partToday(then: LocalTime, today: LocalTime, minutes: number): string {
  const part = partOfDay(then.hour);
  if (part === "night" && then.hour < 5 && today.hour >= 5) return "early this morning, before dawn";
  return part === partOfDay(today.hour) ? `${several(Math.floor(minutes / 60), "hour")} ago` : `this ${part}`;
}

function partYesterday(then: LocalTime): string {
  const part = partOfDay(then.hour);
  if (part !== "night") return `yesterday ${part}`;
  return then.hour < 5 ? "yesterday, before dawn" : "late yesterday evening";
}

/** Up to two weeks by the day, then by the week: "ten days", "two weeks", "about three weeks". */
function daysInWords(days: number): string {
  const weeks = Math.round(days / 7);
  if (days % 7 === 0) return several(weeks, "week");
  return days < 14 ? several(days, "day") : `about ${several(weeks, "week")}`;
}

function monthsBetween(then: LocalTime, today: LocalTime): number {
  return (today.year - then.year) * 12 + today.month - then.month - (today.day < then.day ? 1 : 0);
}

/** Up to a year and a half by the month, then in years and halves of years; a decade and more in whole years. */
function monthsInWords(months: number): string {
  if (months < 12) return several(Math.max(2, months), "month");
  if (months < 18) return months === 12 ? "a year" : "over a year";
  const years = Math.floor(months / 12);
  const half = months % 12 >= 6 && years < 10;
  if (!half) return several(years, "year");
  return years === 1 ? "a year and a half" : `${inWords(years)} and a half years`;
}

/** The time to the last full five minutes, twelve hours round: "half past five", "ten to six", "noon". */
function clockInWords({ hour, minute }: LocalTime): string {
  const five = minute - (minute % 5);
  if (five === 0) {
    if (hour % 12 === 0) return hour === 0 ? "midnight" : "noon";
    return `${hourInWords(hour)} o'clock`;
  }
  const past = five <= 30;
  const amount = past ? five : 60 - five;
  const named = amount === 15 ? "quarter" : amount === 30 ? "half" : inWords(amount);
  return past ? `${named} past ${hourInWords(hour)}` : `${named} to ${hourInWords(hour + 1)}`;
}

const hourInWords = (hour: number): string => inWords(hour % 12 === 0 ? 12 : hour % 12);
