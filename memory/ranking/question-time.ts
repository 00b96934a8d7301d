import { type AskedTime, Calendar, type TimeSpan } from "./asked-time.js";
import { termOf, words } from "./terms.js";
import { type DayPart, type TimeLanguage, type TimeUnit, timeLanguages } from "./time-words.js";

/** A question's time, and the question without it. */
export interface ReadTime {
  time: AskedTime;
  rest: string;
  said: string;
  /** Nothing is left but words about talking: whatever was told then is the answer. */
  timeOnly: boolean;
}

/** Gives null for a day that no calendar has: no other time is meant by its parts. */
type Reader = (found: RegExpExecArray, calendar: Calendar) => AskedTime | null | undefined;
interface Pattern {
  pattern: RegExp;
  read: Reader;
  language: TimeLanguage;
}

const one = (span: TimeSpan | undefined): AskedTime | undefined => span && { spans: [span] };
const anyOf = (sources: Iterable<string>): string => `(?:${[...sources].join("|")})`;
/** The language's word with this meaning, by its place in the list; -1 for none. */
const placeIn = (sources: readonly string[], said = ""): number =>
  sources.findIndex((source) => new RegExp(`^(?:${source})$`, "iu").test(said));
const firstGroup = (found: RegExpExecArray): string | undefined =>
  found.slice(1).find((group) => group !== undefined);

/** English seasons of the northern half of the earth, by their first month. */
const seasons: Readonly<Record<string, number>> = { spring: 3, summer: 6, autumn: 9, fall: 9, winter: 12 };

/** Everything one language says of times, most precise first. */
function patternsOf(language: TimeLanguage): Pattern[] {
  const { parts, units, counts, months, weekdays } = language;
  const edge = language.unspaced ? ["", ""] : ["(?<![\\p{L}\\p{N}])", "(?![\\p{L}\\p{N}])"];
  const space = language.unspaced ? "" : " ";
  const partNames = Object.keys(parts) as DayPart[];
  const unitNames = Object.keys(units) as TimeUnit[];
  const partOf = (said?: string) => partNames[placeIn(Object.values(parts), said)];
  const unitOf = (said?: string) => unitNames[placeIn(Object.values(units), said)];
  const countOf = (said = "") => (/^\d+$/.test(said) ? Number(said) : counts[said.toLowerCase()]);
  const part = `(?:${space}(?<part>${Object.values(parts).join("|")}))?`;
  const fill = (source: string): string =>
    source
      .replaceAll("COUNT", `\\d{1,3}|${Object.keys(counts).join("|")}`)
      .replaceAll("UNIT", Object.values(units).join("|"))
      .replaceAll("WEEKDAY", weekdays.join("|"))
      .replaceAll("MONTH", anyOf(months))
      .replaceAll("DAY", "\\d{1,2}")
      .replaceAll("YEAR", "\\d{4}");
  const pattern = (source: string, read: Reader): Pattern => ({
    pattern: new RegExp(`${edge[0]}(?:${fill(source)})${edge[1]}`, "iu"),
    read,
    language,
  });
  const named: Reader = ({ groups = {} }, calendar) => {
    const month = placeIn(months, groups.month) + 1;
    const day = groups.day === undefined ? undefined : Number(groups.day);
    if (month === 0 || (day !== undefined && (day < 1 || day > 31))) return undefined;
    return calendar.named({
      month,
      ...(day !== undefined && { day }),
      ...(groups.year !== undefined && { year: Number(groups.year) }),
    });
  };
  const daysBack =
    (count: number): Reader =>
    (found, calendar) =>
      one(calendar.daysBack(count, partOf(found.groups?.part)));
  const unitBack =
    (count: number): Reader =>
    (found, calendar) => {
      const unit = unitOf(firstGroup(found));
      return unit && one(calendar.unitBack(count, unit));
    };
  return [
    ...language.dates.map((source) => pattern(source, named)),
    ...language.monthsAlone.map((source) => pattern(source, named)),
    pattern(`(?:${language.dayBeforeYesterday})${part}`, daysBack(2)),
    pattern(`(?:${language.yesterday})${part}`, daysBack(1)),
    ...language.fixed.map(([source, count, ofDay]) =>
      pattern(source, (_, calendar) => one(calendar.daysBack(count, ofDay))),
    ),
    pattern(language.ago, (found, calendar) => {
      const count = countOf(found[1]);
      const unit = unitOf(found[2]);
      return count === undefined || unit === undefined ? undefined : one(calendar.ago(count, unit));
    }),
    pattern(`(?:${language.pastWeekday})${part}`, (found, calendar) => {
      const weekday = placeIn(weekdays, firstGroup(found));
      return weekday < 0 ? undefined : { spans: calendar.lastWeekday(weekday, partOf(found.groups?.part)) };
    }),
    pattern(language.lastUnit, unitBack(1)),
    pattern(language.thisUnit, unitBack(0)),
    pattern(language.firstTalk, () => ({ spans: [], talk: "first" })),
    pattern(language.lastTalk, () => ({ spans: [], talk: "last" })),
    pattern(`(?:${language.today})${part}`, daysBack(0)),
  ];
}

/** What only English has here: seasons, weekends, spans of vague length. */
function moreOfEnglish(language: TimeLanguage): Pattern[] {
  const season = Object.keys(seasons).join("|");
  const more: [RegExp, Reader][] = [
    [
      /\b(\d{4})-(\d{2})-(\d{2})\b/,
      (found, calendar) =>
        calendar.named({ year: Number(found[1]), month: Number(found[2]), day: Number(found[3]) }),
    ],
    [
      new RegExp(`\\b(last|this)(?: past)? (${season})\\b`, "i"),
      (found, calendar) => {
        const first = seasons[found[2]?.toLowerCase() ?? ""] ?? 1;
        const { year, month } = calendar.today;
        const begun = month >= first ? year : year - 1;
        const isNow = (year - begun) * 12 + month - first < 3;
        const before = isNow && found[1]?.toLowerCase() === "last";
        return one(calendar.month(before ? begun - 1 : begun, first, 3));
      },
    ],
    [
      new RegExp(`\\b(?:in|during|over) (?:the )?(${season})\\b(?: of (\\d{4}))?`, "i"),
      (found, calendar) =>
        calendar.named({
          month: seasons[found[1]?.toLowerCase() ?? ""] ?? 1,
          months: 3,
          ...(found[2] !== undefined && { year: Number(found[2]) }),
        }),
    ],
    [
      /\b(?:last|at the|over the|this|this past) weekend\b/i,
      (_, calendar) => {
        const { weekday, dayNumber } = calendar.today;
        const saturday = dayNumber - ((weekday + 1) % 7 || 7);
        return one(calendar.days(saturday, saturday + 2));
      },
    ],
    [
      /\b(?:a few|several|some) days ago\b/i,
      (_, calendar) => one(calendar.days(calendar.today.dayNumber - 6, calendar.today.dayNumber - 1)),
    ],
    [
      new RegExp(
        `\\bon the (\\d{1,2})(?:st|nd|rd|th)\\b(?!,? (?:(?:day )?of )?${anyOf(language.months)}\\b)`,
        "i",
      ),
      (found, calendar) => calendar.lastDay(Number(found[1])),
    ],
    [
      /\bthe other (?:day|night|evening|week)\b/i,
      (_, calendar) => one(calendar.days(calendar.today.dayNumber - 10, calendar.today.dayNumber)),
    ],
    [/\ba fortnight ago\b/i, (_, calendar) => one(calendar.ago(2, "week"))],
  ];
  return more.map(([pattern, read]) => ({ pattern, read, language }));
}

let known: readonly Pattern[] | undefined;

/** Built when first asked for. */
function patterns(): readonly Pattern[] {
  known ??= timeLanguages.flatMap((language, place) => [
    ...(place === 0 ? moreOfEnglish(language) : []),
    ...patternsOf(language),
  ]);
  return known;
}

const talkingWords = new Map<TimeLanguage, ReadonlySet<string>>();

/** Words about talking as terms, and as written: stop words of one language are words of another. */
function isTalking(word: string, language: TimeLanguage): boolean {
  let talking = talkingWords.get(language);
  if (!talking) {
    const listed = words(language.talking);
    talking = new Set([...listed, ...listed.flatMap((each) => termOf(each) ?? [])]);
    talkingWords.set(language, talking);
  }
  const term = termOf(word);
  return term === undefined || talking.has(word) || talking.has(term);
}

/** The first time that a question names, in any of the languages known here; undefined when it names none. */
export function readTime(text: string, now: Date, timeZone: string): ReadTime | undefined {
  const calendar = new Calendar(now, timeZone);
  for (const { pattern, read, language } of patterns()) {
    const found = pattern.exec(text);
    const time = found ? read(found, calendar) : undefined;
    if (!found || time === undefined) continue;
    const rest = `${text.slice(0, found.index)} ${text.slice(found.index + found[0].length)}`;
    if (time === null) return readTime(rest, now, timeZone);
    const timeOnly = words(rest).every((word) => isTalking(word, language));
    return { time, rest, said: found[0], timeOnly };
  }
  return undefined;
}
