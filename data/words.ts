// Numbers and times as people read them.

/** A whole number: "12,000". */
export const whole = (value: number): string => value.toLocaleString("en");

/** How many there are, in words: "1 turn", "12 turns". */
export const several = (count: number, one: string, many = `${one}s`): string =>
  `${whole(count)} ${count === 1 ? one : many}`;

/** A share in [0, 1] as a percentage; one that is small, not as 0. */
export const percent = (share: number): string =>
  `${(100 * share).toFixed(share > 0 && share < 0.01 ? 1 : 0)} %`;

/** Milliseconds as a time: milliseconds up to a second, then seconds, then minutes. */
export function duration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(ms < 10_000 ? 1 : 0)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1_000)} s`;
}

/** A day and time, in UTC as the ledger has it. */
export const moment = (iso: string): string =>
  `${new Date(iso).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" })}, ${iso.slice(11, 16)} UTC`;

const small =
  `zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen`.split(/\s+/);
const tens = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split(" ");

/** A whole number as it is spoken, up to ninety-nine; above, in digits. */
export function inWords(count: number): string {
  if (count < 20) return small[count] ?? whole(count);
  if (count > 99) return whole(count);
  const ones = count % 10;
  return `${tens[(count - ones) / 10]}${ones === 0 ? "" : `-${small[ones]}`}`;
}

/** With a capital letter at its beginning. */
export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
/** A day and time in the zone of this machine. */
export const localMoment = (iso: string): string =>
  new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "short" }).format(new Date(iso));
